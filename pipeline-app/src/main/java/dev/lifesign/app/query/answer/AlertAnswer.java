package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An open alert.
 *
 * @param alertId a function of customer, case and number
 * @param place where it is
 * @param work who should do what, and until when
 * @param raisedAt when it was raised
 * @param count how many times events triggered it
 * @param muted whether the customer is held out of the case, so that nobody should act
 * @param ends what would end it without anybody's doing, as a clause
 */
record AlertAnswer(
    String alertId,
    @JsonUnwrapped Place place,
    @JsonUnwrapped Work work,
    Instant raisedAt,
    int count,
    boolean muted,
    String ends) {

  /**
   * Where an alert is.
   *
   * @param caseId its case
   * @param number 1, 2, 3 … for the case and the customer
   * @param version its version, which a command can name as the one seen
   * @param rung its rung; empty for an event case
   * @param severity how much it matters
   */
  record Place(
      @JsonProperty("case") String caseId, int number, int version, String rung, String severity) {}

  /**
   * Who should do what.
   *
   * @param state OPEN, ACKNOWLEDGED or SNOOZED
   * @param owner who should act; may be empty
   * @param play what to do; may be empty
   * @param dueAt by when; null for no limit
   * @param snoozedUntil until when it is put aside; null if it is not
   * @param expiresAt when it ends by itself, while its state is OPEN
   */
  record Work(
      String state,
      String owner,
      String play,
      Instant dueAt,
      Instant snoozedUntil,
      Instant expiresAt) {}

  /** The customer's open alerts, in the order of its cases. */
  static List<AlertAnswer> of(String customerId, List<CaseState> cases, Policy policy) {
    return cases.stream()
        .filter(each -> each.open().isPresent())
        .map(each -> of(customerId, each, each.open().get(), policy.caseOf(each.caseId())))
        .toList();
  }

  private static AlertAnswer of(
      String customerId, CaseState kept, AlertState alert, Optional<Case> definition) {
    AlertState.Moments moments = alert.moments();
    return new AlertAnswer(
        AlertId.of(customerId, kept.caseId(), alert.number()),
        new Place(
            kept.caseId(),
            alert.number(),
            alert.version().current(),
            alert.place().rung(),
            alert.place().severity().name()),
        new Work(
            alert.state().name(),
            alert.owner().name(),
            definition.map(Case::action).map(CaseAction::play).orElse(""),
            Rounding.instant(moments.dueAt()),
            Rounding.instant(moments.snoozedUntil()),
            Rounding.instant(moments.expiresAt())),
        Rounding.instant(alert.origin().raisedAt()),
        alert.count(),
        alert.origin().muted(),
        definition.map(each -> AlertEnd.of(each, kept)).orElse("when the policy takes effect"));
  }
}
