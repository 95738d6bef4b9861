package dev.lifesign.domain.timeline;

import dev.lifesign.domain.alert.AlertDesk;
import dev.lifesign.domain.customer.AlertBook;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Cause;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.lifecycle.StatusTable;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.scoring.Scoring;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/**
 * Judges a customer at an instant under a policy: first its status, then its alerts, then its
 * segment. Computes when the next judgement is due.
 */
final class Judgement {

  private static final RfmScore UNSCORED = new RfmScore(0, 0, 0, "");

  private final Scoring scoring;

  /** A judgement with the cut points that the scoring knows. */
  Judgement(Scoring scoring) {
    this.scoring = scoring;
  }

  /**
   * The customer after the judgement; its changes are added to the decision.
   *
   * @param last the customer as last judged
   * @param customer the customer with everything that has happened since
   * @param policy the policy that decides
   * @param at the instant, milliseconds since 1970
   */
  Customer judge(
      Customer last,
      Customer customer,
      Policy policy,
      long at,
      Cause cause,
      DecisionBuilder decision) {
    Situation situation = Situation.of(customer, policy, at);
    Assessment now = StatusTable.assess(customer, policy, situation);
    StatusState before = customer.statusState();
    Optional<StatusChange> change = Optional.empty();
    StatusState status = before;
    if (before.isUnset() || before.status() != now.status() || before.reason() != now.reason()) {
      status = changed(before, now, at);
      change =
          Optional.of(
              new StatusChange(
                  customer.id(),
                  status.sequence(),
                  before.isUnset() ? Optional.empty() : Optional.of(before.status()),
                  now,
                  cause.late(),
                  at,
                  cause.detectedAt(),
                  policy.version(),
                  Evidence.of(customer, policy, situation),
                  Outlook.next(customer, policy, situation, now)));
      decision.add(change.get());
    }
    AlertBook alerts = customer.alerts();
    if (AlertDesk.isNeeded(alerts, change, at)) {
      alerts =
          new AlertDesk(customer.id(), policy, at, cause, decision::add)
              .review(alerts, now, change);
    }
    SegmentState segment = segment(last, customer, policy, at, cause, decision);
    long due = Deadlines.next(customer, alerts, policy, situation);
    return customer.judged(at, due, status, alerts, segment);
  }

  private SegmentState segment(
      Customer last,
      Customer customer,
      Policy policy,
      long at,
      Cause cause,
      DecisionBuilder decision) {
    if (scoring.areHeld(last, customer, policy, at)) {
      return customer.segment();
    }
    Optional<RfmScore> score = scoring.score(last, customer, policy, at);
    RfmScore now = score.orElse(UNSCORED);
    SegmentState before = customer.segment().scored(now.recency(), now.frequency(), now.monetary());
    if (now.segment().equals(before.current())) {
      return before;
    }
    decision.add(
        new SegmentChange(
            customer.id(),
            before.current(),
            now.segment(),
            score,
            cause.late(),
            at,
            cause.detectedAt(),
            policy.version()));
    return before.changed(now.segment(), at);
  }

  private static StatusState changed(StatusState before, Assessment now, long at) {
    boolean sameStatus = !before.isUnset() && before.status() == now.status();
    long inactiveSince = Instants.NEVER;
    if (now.status().isInactive()) {
      inactiveSince =
          !before.isUnset() && before.status().isInactive() ? before.inactiveSince() : at;
    }
    return new StatusState(
        now.status(),
        now.reason(),
        sameStatus ? before.since() : at,
        before.sequence() + 1,
        inactiveSince,
        before.returnedAt());
  }
}
