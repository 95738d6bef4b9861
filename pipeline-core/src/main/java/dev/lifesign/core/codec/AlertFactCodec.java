package dev.lifesign.core.codec;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.alert.Finding;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.text.Explanation;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.AlertEvidence;
import dev.lifesign.schema.ChurnAlert;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** Converts facts about alerts to records of the wire format. */
final class AlertFactCodec {

  private AlertFactCodec() {}

  static ChurnAlert encode(AlertFact fact) {
    AlertState alert = fact.alert();
    Moments moments = alert.moments();
    Policy policy = fact.background().policy();
    CaseAction action = fact.definition().map(Case::action).orElse(CaseAction.NONE);
    return ChurnAlert.newBuilder()
        .setAlertId(fact.alertId())
        .setCustomerId(fact.customerId())
        .setRule(fact.caseId())
        .setCase$(fact.caseId())
        .setOccurrence(alert.number())
        .setNumber(alert.number())
        .setVersion(alert.version().current())
        .setChange(fact.change().name())
        .setClearedBy(fact.clearedBy())
        .setState(alert.state().name())
        .setRung(alert.place().rung())
        .setSeverity(alert.place().severity().name())
        .setOwner(alert.owner().name())
        .setAction(action.play().isEmpty() ? action.note() : action.play())
        .setPlay(action.play())
        .setChannel(action.channel())
        .setOffer(action.offer())
        .setActionNote(action.note())
        .setStatus(fact.background().status().status().name())
        .setReason(fact.background().status().reason().label())
        .setValueAtStake(fact.background().valueAtStake())
        .setRaisedAt(Instant.ofEpochMilli(alert.origin().raisedAt()))
        .setDueAt(nullable(moments.dueAt()))
        .setExpiresAt(Instant.ofEpochMilli(moments.expiresAt()))
        .setSnoozedUntil(nullable(moments.snoozedUntil()))
        .setResolvedAt(nullable(alert.endedAt()))
        .setResolution(alert.ending() == Ending.NONE ? null : alert.ending().name())
        .setCount(alert.count())
        .setPrevious(fact.previous().orElse(null))
        .setMuted(alert.origin().muted())
        .setNotify(fact.notifies())
        .setLate(fact.detection().late())
        .setBy(fact.order().by())
        .setOutcome(fact.order().outcome() == Outcome.NONE ? "" : fact.order().outcome().name())
        .setNote(fact.order().note())
        .setEvidence(fact.evidence().stream().map(AlertFactCodec::evidence).toList())
        .setLanguage(policy.locale().language().name().toLowerCase(Locale.ROOT))
        .setExplanation(Explanation.of(fact))
        .setEffectiveAt(Instant.ofEpochMilli(fact.detection().effectiveAt()))
        .setDetectedAt(Instant.ofEpochMilli(fact.detection().detectedAt()))
        .setPolicyVersion(policy.version())
        .build();
  }

  private static AlertEvidence evidence(Finding finding) {
    Finding.Value value = finding.value();
    if (value instanceof Finding.Moment moment) {
      return evidence(finding, "INSTANT", Instants.format(moment.at()));
    }
    if (value instanceof Finding.Span span) {
      return evidence(finding, "DURATION", String.valueOf(span.millis()));
    }
    if (value instanceof Finding.Count count) {
      return evidence(finding, "COUNT", String.valueOf(count.count()));
    }
    if (value instanceof Finding.Amount amount) {
      return evidence(finding, "MONEY", String.valueOf(amount.minor()));
    }
    if (value instanceof Finding.Measure measure) {
      return evidence(finding, "NUMBER", decimal(measure.number()));
    }
    if (value instanceof Finding.Share share) {
      return evidence(finding, "PROBABILITY", decimal(share.share()));
    }
    return evidence(finding, "WORD", ((Finding.Word) value).word());
  }

  private static AlertEvidence evidence(Finding finding, String kind, String value) {
    return new AlertEvidence(finding.name(), kind, value);
  }

  /** The shortest decimal number that reads as the same double, without an exponent. */
  private static String decimal(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  private static Instant nullable(long instant) {
    return Instants.isFinite(instant) ? Instant.ofEpochMilli(instant) : null;
  }
}
