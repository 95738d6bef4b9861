package dev.lifesign.domain.scoring;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Policy.SegmentRule;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/** Scores a customer by its policy's cut points, fixed or the population's. */
public final class Scoring {

  /** Differs from every member in every value. */
  private static final PopulationMember NO_MEMBER =
      new PopulationMember(Instants.NEVER, 0, Long.MIN_VALUE);

  private final CutHistory cuts;

  /** Scoring with the known population cut points. */
  public Scoring(CutHistory cuts) {
    this.cuts = cuts;
  }

  /**
   * The scores at an instant; empty for a customer without a transaction in the window, and before
   * the population's first cut points.
   *
   * @param last the customer as last judged: if the policy is the same, a value that has not
   *     changed since keeps its score when only others have moved
   */
  public Optional<RfmScore> score(Customer last, Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    if (rfm.cutsEvery().isEmpty()) {
      return FixedCuts.score(customer, policy, at);
    }
    Optional<PopulationMember> now = PopulationMember.of(customer, policy, at);
    Optional<PopulationCuts> inForce = cuts.at(at);
    if (now.isEmpty() || inForce.isEmpty()) {
      return Optional.empty();
    }
    PopulationMember then =
        customer.segment().isScored() && last.policyVersion() == customer.policyVersion()
            ? PopulationMember.of(last, policy).orElse(NO_MEMBER)
            : NO_MEMBER;
    return Optional.of(score(then, now.get(), customer.segment(), inForce.get(), rfm));
  }

  /**
   * Whether a customer's last scores still hold at an instant, which saves scoring it: its values
   * have not changed, and the population's cut points have not passed them.
   */
  public boolean areHeld(Customer last, Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    SegmentState kept = customer.segment();
    if (rfm.cutsEvery().isEmpty()
        || !kept.isScored()
        || !PopulationMember.isSame(last, customer, at, policy.days())) {
      return false;
    }
    Optional<PopulationCuts> inForce = cuts.at(at);
    if (inForce.isEmpty()) {
      return false;
    }
    MoneyPanes panes = customer.commerce().panes();
    int today = policy.days().dayOf(at);
    return inForce.get().recency().score(customer.milestones().lastTransaction()) == kept.recency()
        && inForce.get().orders().holds(panes.orders(rfm.windowDays(), today), kept.frequency())
        && inForce.get().money().holds(panes.net(rfm.windowDays(), today), kept.monetary());
  }

  private static RfmScore score(
      PopulationMember then,
      PopulationMember now,
      SegmentState kept,
      PopulationCuts cuts,
      Policy.Rfm rfm) {
    // Recency only falls, so that its score does not flicker and need not be held.
    int recency = cuts.recency().score(now.lastTransaction());
    int frequency = score(cuts.orders(), then.orders(), now.orders(), kept.frequency());
    int monetary = score(cuts.money(), then.net(), now.net(), kept.monetary());
    return scored(rfm, recency, frequency, monetary);
  }

  private static int score(Quintiles quintiles, long then, long now, int kept) {
    return then == now ? quintiles.scoreHeld(now, kept) : quintiles.score(now);
  }

  /**
   * The first instant after {@code at} at which a customer is scored again without a further event:
   * with fixed cut points when a score changes, with the population's when a day leaves the window,
   * and daily.
   */
  public static long nextChange(Customer customer, Policy policy, long at) {
    Policy.Rfm rfm = policy.rfm();
    if (rfm.cutsEvery().isEmpty()) {
      return FixedCuts.nextChange(customer, policy, at);
    }
    MoneyPanes panes = customer.commerce().panes();
    int today = policy.days().dayOf(at);
    if (!panes.hasOrders(rfm.windowDays(), today)) {
      return Instants.FOREVER;
    }
    long last = customer.milestones().lastTransaction();
    long daily = last + (Math.floorDiv(at - last, Instants.DAY) + 1) * Instants.DAY;
    return Math.min(daily, panes.nextExpiry(rfm.windowDays(), today, policy.days()));
  }

  /** The scores with the first segment of the table that matches them. */
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
