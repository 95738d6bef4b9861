package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.OnSubscriptionEnd;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;

/** The status table: the first match wins (semantics, Status). */
public final class StatusTable {

  private StatusTable() {}

  /** The status and its reason in a situation. */
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
        && customer.milestones().lastPurchase()
            <= now.latestEnd() - lifecycle.silence().risk().fixed()) {
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
    long returnedAt = customer.statusState().returnedAt();
    if (returnedAt != Instants.NEVER
        && now.at() < Instants.plus(returnedAt, lifecycle.health().reactivatedFor())) {
      return Status.REACTIVATED;
    }
    long firstCommercial = customer.milestones().firstCommercial();
    if (Instants.plus(firstCommercial, lifecycle.health().loyal().tenure()) <= now.at()
        && (now.ordersForLoyalty() >= lifecycle.health().loyal().orders()
            || subscribedLong(customer, lifecycle, now))) {
      return Status.LOYAL;
    }
    return now.at() < Instants.plus(firstCommercial, lifecycle.health().newFor())
        ? Status.NEW
        : Status.ACTIVE;
  }

  private static boolean subscribedLong(
      Customer customer, Policy.Lifecycle lifecycle, Situation now) {
    return now.entitled()
        && lifecycle.health().loyal().subscribedFor().isPresent()
        && Instants.plus(
                customer.subscriptions().entitledSince(),
                lifecycle.health().loyal().subscribedFor().getAsLong())
            <= now.at();
  }
}
