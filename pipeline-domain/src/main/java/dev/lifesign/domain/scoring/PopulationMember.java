package dev.lifesign.domain.scoring;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.LocalDays;
import java.util.Optional;

/**
 * A customer with a transaction in the window, as counted by the population.
 *
 * @param lastTransaction when its last transaction occurred
 * @param orders transactions in the window, 1 or more
 * @param net net money in the window, minor units of the base currency; may be 0 or negative
 */
public record PopulationMember(long lastTransaction, long orders, long net) {

  /** Whether a customer is still counted as before; both by the same calendar. */
  public static boolean isSame(Customer before, Customer after, LocalDays calendar) {
    return isSame(before, after, after.clock(), calendar);
  }

  /** The same as of an instant after the clock of the second. */
  static boolean isSame(Customer before, Customer after, long at, LocalDays calendar) {
    return before.commerce().panes().equals(after.commerce().panes())
        && before.milestones().lastTransaction() == after.milestones().lastTransaction()
        && calendar.dayOf(before.clock()) == calendar.dayOf(at)
        && before.policyVersion() == after.policyVersion();
  }

  /** The member for a customer as of its clock. */
  public static Optional<PopulationMember> of(Customer customer, Policy policy) {
    return of(customer, policy, customer.clock());
  }

  /**
   * The member for a customer as of an instant; empty without a transaction in the window, or if
   * the policy does not score by the population.
   */
  public static Optional<PopulationMember> of(Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    if (rfm.cutsEvery().isEmpty()) {
      return Optional.empty();
    }
    MoneyPanes panes = customer.commerce().panes();
    int today = policy.days().dayOf(at);
    long orders = panes.orders(rfm.windowDays(), today);
    return orders == 0
        ? Optional.empty()
        : Optional.of(
            new PopulationMember(
                customer.milestones().lastTransaction(),
                orders,
                panes.net(rfm.windowDays(), today)));
  }
}
