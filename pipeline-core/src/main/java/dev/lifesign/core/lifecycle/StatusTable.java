package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.policy.OnSubscriptionEnd;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.time.Instants;

/** The table of statuses: first match wins (semantics, Status). */
public final class StatusTable {

  private StatusTable() {}

  /** The status and its reason in that situation. */
  public static Assessment assess(Customer customer, Policy policy, Situation now) {
    if (customer.milestones().firstCommercial() == Instants.NEVER) {
      return new Assessment(Status.PROSPECT, Reason.NONE);
    }
    return now.entitled() ? entitled(customer, policy, now) : notEntitled(customer, policy, now);
  }

  private static Assessment entitled(Customer customer, Policy policy, Situation now) {
    if (now.pastDue()) {
      return new Assessment(Status.AT_RISK, Reason.PAYMENT_FAILED);
    }
    if (now.allEnding()) {
      return new Assessment(Status.AT_RISK, Reason.CANCEL_SCHEDULED);
    }
    if (now.unusedFrom() <= now.at()) {
      return new Assessment(Status.AT_RISK, Reason.UNUSED);
    }
    return Assessment.healthy(healthy(customer, policy, now));
  }

  private static Assessment notEntitled(Customer customer, Policy policy, Situation now) {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    if (now.lapsed()
        && lifecycle.onSubscriptionEnd() == OnSubscriptionEnd.CHURNED
        && customer.milestones().lastPurchase() <= now.latestEnd() - lifecycle.risk().fixed()) {
      return new Assessment(Status.CHURNED, Reason.SUBSCRIPTION_ENDED);
    }
    if (now.silence().churnAt() <= now.at()) {
      return new Assessment(Status.CHURNED, Reason.SILENCE);
    }
    if (now.silence().dormantAt() <= now.at()) {
      return new Assessment(Status.DORMANT, Reason.SILENCE);
    }
    if (now.lapsed()) {
      return new Assessment(Status.AT_RISK, Reason.SUBSCRIPTION_ENDED);
    }
    if (now.silence().riskAt() <= now.at()) {
      return new Assessment(
          Status.AT_RISK, now.silence().byModel() ? Reason.MODEL : Reason.SILENCE);
    }
    return Assessment.healthy(healthy(customer, policy, now));
  }

  private static Status healthy(Customer customer, Policy policy, Situation now) {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    long returnedAt = customer.standing().returnedAt();
    if (returnedAt != Instants.NEVER
        && now.at() < Instants.plus(returnedAt, lifecycle.reactivatedFor())) {
      return Status.REACTIVATED;
    }
    long firstCommercial = customer.milestones().firstCommercial();
    if (Instants.plus(firstCommercial, lifecycle.loyal().tenure()) <= now.at()
        && (now.ordersForLoyalty() >= lifecycle.loyal().orders()
            || subscribedLong(customer, lifecycle, now))) {
      return Status.LOYAL;
    }
    return now.at() < Instants.plus(firstCommercial, lifecycle.newFor())
        ? Status.NEW
        : Status.ACTIVE;
  }

  private static boolean subscribedLong(
      Customer customer, Policy.Lifecycle lifecycle, Situation now) {
    return now.entitled()
        && lifecycle.loyal().subscribedFor().isPresent()
        && Instants.plus(
                customer.subscriptions().entitledSince(),
                lifecycle.loyal().subscribedFor().getAsLong())
            <= now.at();
  }
}
