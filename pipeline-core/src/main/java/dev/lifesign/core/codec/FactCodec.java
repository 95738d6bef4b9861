package dev.lifesign.core.codec;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.NextReview;
import java.time.Instant;

/** Converts facts of the domain to records of the wire format. */
public final class FactCodec {

  private FactCodec() {}

  /** Converts a status change. */
  public static dev.lifesign.schema.StatusChange encode(StatusChange change) {
    return new dev.lifesign.schema.StatusChange(
        change.customerId(),
        change.sequence(),
        change.from().map(Enum::name).orElse(null),
        change.to().status().name(),
        change.to().reason().label(),
        change.late(),
        Instant.ofEpochMilli(change.effectiveAt()),
        Instant.ofEpochMilli(change.detectedAt()),
        change.policyVersion(),
        evidence(change.evidence()),
        change
            .nextReview()
            .map(
                next ->
                    new NextReview(
                        Instant.ofEpochMilli(next.at()),
                        next.assessment().status().name(),
                        next.assessment().reason().label()))
            .orElse(null));
  }

  /** Converts what happened to an alert. */
  public static ChurnAlert encode(AlertFact fact) {
    return AlertFactCodec.encode(fact);
  }

  /** Converts a segment change. */
  public static dev.lifesign.schema.SegmentChange encode(SegmentChange change) {
    return new dev.lifesign.schema.SegmentChange(
        change.customerId(),
        change.from(),
        change.to(),
        change.score().map(RfmScore::recency).orElse(null),
        change.score().map(RfmScore::frequency).orElse(null),
        change.score().map(RfmScore::monetary).orElse(null),
        change.late(),
        Instant.ofEpochMilli(change.effectiveAt()),
        Instant.ofEpochMilli(change.detectedAt()),
        change.policyVersion());
  }

  /** Converts a profile. */
  public static CustomerProfile encode(Profile profile) {
    Customer customer = profile.customer();
    return new CustomerProfile(
        customer.id(),
        Instant.ofEpochMilli(profile.at()),
        customer.statusState().status().name(),
        customer.statusState().reason().label(),
        Instant.ofEpochMilli(customer.statusState().since()),
        customer.statusState().sequence(),
        nullable(customer.milestones().firstCommercial()),
        nullable(customer.milestones().lastQualifying()),
        nullable(customer.milestones().lastTransaction()),
        customer.commerce().orders(),
        customer.commerce().net(),
        profile.ordersInWindow(),
        profile.netInWindow(),
        profile.policy().currency().base(),
        profile.activityScore(),
        profile.rfm().map(RfmScore::recency).orElse(null),
        profile.rfm().map(RfmScore::frequency).orElse(null),
        profile.rfm().map(RfmScore::monetary).orElse(null),
        profile.rfm().map(RfmScore::segment).orElse(""),
        profile.types().stream().map(Enum::name).toList(),
        profile.policy().version(),
        profile.prediction().map(Prediction::alive).orElse(null),
        profile.prediction().map(Prediction::within30Days).orElse(null),
        profile.prediction().map(Prediction::within90Days).orElse(null),
        profile.prediction().map(Prediction::purchases).orElse(null),
        profile.prediction().map(prediction -> Math.round(prediction.spend())).orElse(null),
        profile.prediction().map(prediction -> Math.round(prediction.value())).orElse(null),
        profile.prediction().map(prediction -> nullable(prediction.nextPurchaseAt())).orElse(null),
        nullable(profile.riskAt()),
        customer.segment().previous(),
        nullable(customer.segment().since()));
  }

  private static dev.lifesign.schema.Evidence evidence(Evidence evidence) {
    boolean silent = evidence.silence().since() != Instants.NEVER;
    return new dev.lifesign.schema.Evidence(
        nullable(evidence.silence().since()),
        nullable(evidence.silence().riskAt()),
        nullable(evidence.silence().dormantAt()),
        nullable(evidence.silence().churnAt()),
        silent ? evidence.silence().threshold() : null,
        evidence.orders(),
        nullable(evidence.entitledSince()),
        nullable(evidence.subscriptionEnd()),
        evidence.alive().isPresent() ? evidence.alive().getAsDouble() : null,
        evidence.returning().map(Evidence.Returning::probability).orElse(null),
        evidence.returning().map(Evidence.Returning::within).orElse(null),
        evidence.returning().map(Evidence.Returning::threshold).orElse(null));
  }

  private static Instant nullable(long instant) {
    return Instants.isFinite(instant) ? Instant.ofEpochMilli(instant) : null;
  }
}
