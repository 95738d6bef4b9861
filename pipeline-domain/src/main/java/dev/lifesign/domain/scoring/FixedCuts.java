package dev.lifesign.domain.scoring;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Money;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.List;
import java.util.Optional;

/** RFM scores from the policy's fixed cut points (semantics, RFM). */
public final class FixedCuts {

  private FixedCuts() {}

  /** The scores at the instant; empty for a customer without a transaction in the window. */
  public static Optional<RfmScore> score(Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    if (rfm.cuts().isEmpty()) {
      return Optional.empty();
    }
    MoneyPanes panes = customer.commerce().panes();
    int today = policy.days().dayOf(at);
    long orders = panes.orders(rfm.windowDays(), today);
    if (orders == 0) {
      return Optional.empty();
    }
    Policy.Cuts cuts = rfm.cuts().get();
    int recency = 5 - below(cuts.recency(), at - customer.milestones().lastTransaction());
    int frequency = 1 + below(cuts.orders(), orders);
    int monetary = 1 + below(cuts.money(), panes.net(rfm.windowDays(), today));
    return Optional.of(Scoring.scored(rfm, recency, frequency, monetary));
  }

  /** The first instant after {@code at} at which a score changes without a further event. */
  public static long nextChange(Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    MoneyPanes panes = customer.commerce().panes();
    int today = policy.days().dayOf(at);
    long expiry = panes.nextExpiry(rfm.windowDays(), today, policy.days());
    if (expiry == Instants.FOREVER || rfm.cuts().isEmpty()) {
      return Instants.FOREVER;
    }
    return Math.min(
        recencyChange(customer, rfm.cuts().get(), at),
        paneChange(panes, rfm, today, policy.days()));
  }

  private static long recencyChange(Customer customer, Policy.Cuts cuts, long at) {
    for (long cut : cuts.recency()) {
      long change = Instants.plus(customer.milestones().lastTransaction(), cut + 1);
      if (change > at) {
        return change;
      }
    }
    return Instants.FOREVER;
  }

  private static long paneChange(MoneyPanes panes, Policy.Rfm rfm, int today, LocalDays calendar) {
    Policy.Cuts cuts = rfm.cuts().get();
    int window = rfm.windowDays();
    long orders = panes.orders(window, today);
    long net = panes.net(window, today);
    int frequency = below(cuts.orders(), orders);
    int monetary = below(cuts.money(), net);
    boolean scored = orders > 0;
    int lastExpired = today - window;
    for (int i = 0; i < panes.size(); i++) {
      if (panes.day(i) > lastExpired) {
        orders -= panes.orders(i);
        net = Money.plus(net, -panes.net(i));
        if (below(cuts.orders(), orders) != frequency
            || below(cuts.money(), net) != monetary
            || orders > 0 != scored) {
          return calendar.startOf((long) panes.day(i) + window);
        }
      }
    }
    return Instants.FOREVER;
  }

  /** The number of cut points below a value. */
  static int below(List<Long> cuts, long value) {
    int count = 0;
    while (count < cuts.size() && cuts.get(count) < value) {
      count++;
    }
    return count;
  }
}
