package dev.lifesign.core.scoring;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.MoneyPanes;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.time.Instants;
import java.util.Optional;

/**
 * What the population counts of a customer with a transaction in the window.
 *
 * @param lastTransaction when its last transaction occurred
 * @param orders transactions in the window, 1 or more
 * @param net net money in the window, minor units of the base currency; may be 0 or negative
 */
public record PopulationMember(long lastTransaction, long orders, long net) {

  /** Whether nothing has changed of a customer that its count depends on. */
  public static boolean isSame(Customer before, Customer after) {
    return isSame(before, after, after.clock());
  }

  /** Whether nothing has changed of it up to an instant to which the second has not come yet. */
  static boolean isSame(Customer before, Customer after, long at) {
    return before.commerce().panes().equals(after.commerce().panes())
        && before.milestones().lastTransaction() == after.milestones().lastTransaction()
        && Instants.dayOf(before.clock()) == Instants.dayOf(at)
        && before.policyVersion() == after.policyVersion();
  }

  /** A customer as of its clock. */
  public static Optional<PopulationMember> of(Customer customer, Policy.Rfm rfm) {
    return of(customer, rfm, customer.clock());
  }

  /**
   * A customer as of an instant; empty if it has no transaction in the window, or if the policy
   * does not score by the population.
   */
  public static Optional<PopulationMember> of(Customer customer, Policy.Rfm rfm, long at) {
    if (rfm.cutsEvery().isEmpty()) {
      return Optional.empty();
    }
    MoneyPanes panes = customer.commerce().panes();
    long orders = panes.orders(rfm.windowDays(), at);
    return orders == 0
        ? Optional.empty()
        : Optional.of(
            new PopulationMember(
                customer.milestones().lastTransaction(), orders, panes.net(rfm.windowDays(), at)));
  }
}
