package dev.lifesign.core.scoring;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.MoneyPanes;
import dev.lifesign.core.customer.SegmentStanding;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.Policy.SegmentRule;
import dev.lifesign.core.time.Instants;
import java.util.Optional;

/** Scores a customer by the cut points of its policy, fixed or the population's. */
public final class Scoring {

  /** Differs from every member in every value. */
  private static final PopulationMember NOBODY =
      new PopulationMember(Instants.NEVER, 0, Long.MIN_VALUE);

  private final CutHistory cuts;

  /** With the population's cut points known. */
  public Scoring(CutHistory cuts) {
    this.cuts = cuts;
  }

  /**
   * The scores at an instant; empty for a customer without a transaction in the window, and before
   * the population's first cut points.
   *
   * @param last the customer as it was last judged: if it was by the same policy, what has not
   *     changed since keeps its score while only others have moved
   */
  public Optional<RfmScore> score(Customer last, Customer customer, Policy.Rfm rfm, long at) {
    if (rfm.cutsEvery().isEmpty()) {
      return FixedCuts.score(customer, rfm, at);
    }
    Optional<PopulationMember> now = PopulationMember.of(customer, rfm, at);
    Optional<PopulationCuts> inForce = cuts.at(at);
    if (now.isEmpty() || inForce.isEmpty()) {
      return Optional.empty();
    }
    PopulationMember then =
        customer.segment().isScored() && last.policyVersion() == customer.policyVersion()
            ? PopulationMember.of(last, rfm).orElse(NOBODY)
            : NOBODY;
    return Optional.of(score(then, now.get(), customer.segment(), inForce.get(), rfm));
  }

  /**
   * Whether the scores that a customer was last given hold at an instant, so that nothing is to be
   * looked up: nothing has changed of what is counted of it, and the population's cut points have
   * not gone past it.
   */
  public boolean areHeld(Customer last, Customer customer, Policy.Rfm rfm, long at) {
    SegmentStanding kept = customer.segment();
    if (rfm.cutsEvery().isEmpty()
        || !kept.isScored()
        || !PopulationMember.isSame(last, customer, at)) {
      return false;
    }
    Optional<PopulationCuts> inForce = cuts.at(at);
    if (inForce.isEmpty()) {
      return false;
    }
    MoneyPanes panes = customer.commerce().panes();
    return inForce.get().recency().holds(customer.milestones().lastTransaction(), kept.recency())
        && inForce.get().orders().holds(panes.orders(rfm.windowDays(), at), kept.frequency())
        && inForce.get().money().holds(panes.net(rfm.windowDays(), at), kept.monetary());
  }

  private static RfmScore score(
      PopulationMember then,
      PopulationMember now,
      SegmentStanding kept,
      PopulationCuts cuts,
      Policy.Rfm rfm) {
    int recency =
        score(cuts.recency(), then.lastTransaction(), now.lastTransaction(), kept.recency());
    int frequency = score(cuts.orders(), then.orders(), now.orders(), kept.frequency());
    int monetary = score(cuts.money(), then.net(), now.net(), kept.monetary());
    return scored(rfm, recency, frequency, monetary);
  }

  private static int score(Quintiles quintiles, long then, long now, int kept) {
    return then == now ? quintiles.scoreHeld(now, kept) : quintiles.score(now);
  }

  /**
   * The earliest instant after {@code at} at which a customer is scored again with no further
   * event: under fixed cut points where a score changes, under the population's where a day leaves
   * the window, and daily.
   */
  public static long nextChange(Customer customer, Policy.Rfm rfm, long at) {
    if (rfm.cutsEvery().isEmpty()) {
      return FixedCuts.nextChange(customer, rfm, at);
    }
    if (!customer.commerce().panes().hasOrders(rfm.windowDays(), at)) {
      return Instants.FOREVER;
    }
    long last = customer.milestones().lastTransaction();
    long daily = last + (Math.floorDiv(at - last, Instants.DAY) + 1) * Instants.DAY;
    return Math.min(daily, customer.commerce().panes().nextExpiry(rfm.windowDays(), at));
  }

  /** Scores with the first segment of the table that takes them. */
  static RfmScore scored(Policy.Rfm rfm, int recency, int frequency, int monetary) {
    for (SegmentRule rule : rfm.segments()) {
      if (rule.recency().contains(recency)
          && rule.frequency().contains(frequency)
          && rule.monetary().contains(monetary)) {
        return new RfmScore(recency, frequency, monetary, rule.name());
      }
    }
    return new RfmScore(recency, frequency, monetary, "");
  }
}
