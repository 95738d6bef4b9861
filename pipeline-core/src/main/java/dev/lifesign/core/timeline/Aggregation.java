package dev.lifesign.core.timeline;

import dev.lifesign.core.customer.Commerce;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.DaySet;
import dev.lifesign.core.customer.Milestones;
import dev.lifesign.core.customer.Money;
import dev.lifesign.core.customer.MoneyPanes;
import dev.lifesign.core.customer.Standing;
import dev.lifesign.core.customer.Subscriptions;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.ReturnBy;
import dev.lifesign.core.time.Instants;
import java.util.OptionalLong;

/** Applies one event to all that is kept for a customer (semantics, What is kept). */
final class Aggregation {

  private final Customer customer;
  private final Event event;
  private final long eventHash;
  private final Policy policy;
  private final long clock;
  private final Additions additions;
  private boolean unconverted;

  /**
   * An event for a customer whose deadlines before it are taken.
   *
   * @param eventHash the hash under which the event's id is remembered
   * @param clock the clock as of which the result holds
   * @param additions adds it to what is kept
   */
  Aggregation(
      Customer customer,
      Event event,
      long eventHash,
      Policy policy,
      long clock,
      Additions additions) {
    this.customer = customer;
    this.event = event;
    this.eventHash = eventHash;
    this.policy = policy;
    this.clock = clock;
    this.additions = additions;
  }

  /** Whether the event bore money in a currency without a rate. */
  boolean unconverted() {
    return unconverted;
  }

  Customer apply() {
    additions.begin(event, clock);
    Subscriptions subscriptions = customer.subscriptions();
    boolean transaction = isTransaction();
    boolean commercial = transaction;
    if (event instanceof SubscriptionChange change) {
      Subscriptions.Applied applied = subscriptions.after(change, policy.subscriptions(), clock);
      subscriptions = applied.subscriptions();
      commercial |=
          applied.applied()
              && applied.leftEntitled()
              && (applied.first() || isCommercialAction(change));
    }
    double weight = policy.activity().weights().of(event);
    boolean qualifying = commercial || weight > 0;
    boolean counting = qualifying && counts(commercial);
    return new Customer(
        customer.id(),
        clock,
        customer.due(),
        customer.policyVersion(),
        additions.id(customer.recentEvents(), eventHash),
        milestones(transaction, commercial, qualifying, counting),
        commerce(transaction),
        additions.event(
            customer.families(), Instants.dayOf(event.occurredAt()), event.family(), clock),
        additions.weight(
            customer.score(), weight, event.occurredAt(), policy.activity().halfLife()),
        subscriptions,
        counting && foundInactive()
            ? customer.standing().returned(event.occurredAt())
            : customer.standing(),
        customer.alerts(),
        customer.segment());
  }

  private boolean isTransaction() {
    if (event instanceof Purchase purchase) {
      return purchase.action() == Purchase.Action.PURCHASE;
    }
    return event instanceof SubscriptionChange change
        && change.amount() > 0
        && switch (change.action()) {
          case STARTED, RENEWED, UPGRADED -> true;
          default -> false;
        };
  }

  private static boolean isCommercialAction(SubscriptionChange change) {
    return switch (change.action()) {
      case STARTED, RENEWED, UPGRADED, DOWNGRADED, RESUMED -> true;
      default -> false;
    };
  }

  private boolean counts(boolean commercial) {
    return commercial
        || policy.lifecycle().returnBy() == ReturnBy.ACTIVITY
        || !customer.standing().status().isInactive()
        || event.occurredAt() < customer.standing().inactiveSince();
  }

  private boolean foundInactive() {
    Standing standing = customer.standing();
    return standing.status().isInactive() && event.occurredAt() >= standing.inactiveSince();
  }

  private Milestones milestones(
      boolean transaction, boolean commercial, boolean qualifying, boolean counting) {
    Milestones before = customer.milestones();
    boolean purchase =
        event instanceof Purchase bought && bought.action() == Purchase.Action.PURCHASE;
    boolean use = qualifying && !(event instanceof SubscriptionChange);
    long first = before.firstCommercial();
    return new Milestones(
        commercial && (first == Instants.NEVER || event.occurredAt() < first)
            ? event.occurredAt()
            : first,
        latest(before.lastPurchase(), purchase),
        latest(before.lastTransaction(), transaction),
        latest(before.lastQualifying(), qualifying),
        latest(before.lastCounting(), counting),
        latest(before.lastUse(), use),
        additions.instant(before.lastByFamily(), event.family(), event.occurredAt()));
  }

  private long latest(long before, boolean applies) {
    return applies ? Math.max(before, event.occurredAt()) : before;
  }

  private Commerce commerce(boolean transaction) {
    Commerce before = customer.commerce();
    int day = Instants.dayOf(event.occurredAt());
    boolean refund = event instanceof Purchase bought && bought.action() == Purchase.Action.REFUND;
    if (!transaction && !refund) {
      return before;
    }
    long money = inBase();
    MoneyPanes panes =
        additions.money(
            before.panes(),
            day,
            transaction ? 1 : 0,
            transaction ? money : -money,
            policy.moneyPaneDays(),
            clock);
    DaySet purchaseDays =
        transaction && event instanceof Purchase
            ? additions.day(before.purchaseDays(), day)
            : before.purchaseDays();
    return new Commerce(
        before.orders() + (transaction ? 1 : 0),
        transaction ? Money.plus(before.gross(), money) : before.gross(),
        refund ? Money.plus(before.refunded(), money) : before.refunded(),
        purchaseDays,
        panes);
  }

  private long inBase() {
    long amount;
    String currency;
    if (event instanceof Purchase purchase) {
      amount = purchase.amount();
      currency = purchase.currency();
    } else {
      SubscriptionChange change = (SubscriptionChange) event;
      amount = change.amount();
      currency = change.currency();
    }
    OptionalLong converted = policy.currency().toBase(amount, currency);
    unconverted |= converted.isEmpty();
    return converted.orElse(0);
  }
}
