package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusTable;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/** Explains a status: the evidence for it, and what it becomes if no further event arrives. */
final class Outlook {

  /** More than any chain of deadlines between two statuses; guards against an endless loop. */
  private static final int MAX_STEPS = 10_000;

  private Outlook() {}

  /**
   * Why a customer has its status at an instant.
   *
   * @param customer with every deadline before the instant taken
   * @param at not before the customer's clock, milliseconds since 1970
   */
  static StatusExplanation explain(Customer customer, Policy policy, long at) {
    Situation situation = Situation.of(customer, policy, at);
    Assessment now =
        new Assessment(customer.statusState().status(), customer.statusState().reason());
    return new StatusExplanation(
        Evidence.of(customer, policy, situation), next(customer, policy, situation, now));
  }

  /** What the status becomes, and when; empty if it stays the same. */
  static Optional<NextReview> next(
      Customer customer, Policy policy, Situation situation, Assessment now) {
    Situation later = situation;
    for (int i = 0; i < MAX_STEPS; i++) {
      long next = Deadlines.nextOfStatus(customer, policy, later);
      if (next == Instants.FOREVER) {
        return Optional.empty();
      }
      later = Situation.of(customer, policy, next);
      Assessment then = StatusTable.assess(customer, policy, later);
      if (!then.equals(now)) {
        return Optional.of(new NextReview(next, then));
      }
    }
    return Optional.empty();
  }
}
