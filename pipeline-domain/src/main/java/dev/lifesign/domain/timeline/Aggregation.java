package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.CustomerActivity;
import dev.lifesign.domain.customer.CustomerVerdict;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.Money;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.customer.Subscriptions;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.ReturnBy;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;
import java.util.OptionalLong;

/** Applies one event to all of a customer's aggregates (semantics, What is kept). */
final class Aggregation {

  private final Customer customer;
  private final Event event;
  private final long eventHash;
  private final Policy policy;
  private final long clock;
  private final int today;
  private final int day;
  private final Accumulator accumulator;
  private Optional<Unconverted> unconverted = Optional.empty();

  /**
   * An event for a customer whose earlier deadlines have been taken.
   *
   * @param eventHash the hash under which the event's id is kept
   * @param clock the customer's clock after the event
   * @param accumulator adds the event to the aggregates
   */
  Aggregation(
      Customer customer,
      Event event,
      long eventHash,
      Policy policy,
      long clock,
      Accumulator accumulator) {
    this.customer = customer;
    this.event = event;
    this.eventHash = eventHash;
    this.policy = policy;
    this.clock = clock;
    this.today = policy.days().dayOf(clock);
    this.day = policy.days().dayOf(event.occurredAt());
    this.accumulator = accumulator;
  }

  /** The event's money, if its currency has no rate. */
  Optional<Unconverted> unconverted() {
    return unconverted;
  }

  Customer apply() {
    accumulator.begin(event, clock);
    Subscriptions subscriptions = customer.subscriptions();
    boolean transaction = isTransaction();
    boolean commercial = transaction;
    if (event instanceof SubscriptionChange change) {
      Subscriptions.Applied applied =
          subscriptions.after(change, policy.subscriptions(), policy.currency(), clock);
      subscriptions = applied.subscriptions();
      commercial |=
          !change.billing().trial()
              && applied.applied()
              && applied.leftEntitled()
              && (applied.first() || isCommercialAction(change));
    }
    double weight = policy.activity().weights().of(event);
    boolean qualifying = commercial || weight > 0;
    boolean counting = qualifying && counts(commercial);
    CustomerActivity activity =
        new CustomerActivity(
            accumulator.id(customer.recentEvents(), eventHash),
            milestones(transaction, commercial, qualifying, counting),
            commerce(transaction),
            accumulator.event(customer.families(), day, event.family(), today),
            accumulator.weight(
                customer.score(), weight, event.occurredAt(), policy.activity().halfLife()),
            subscriptions);
    return new Customer(customer.id(), clock, activity, verdict(counting));
  }

  private CustomerVerdict verdict(boolean counting) {
    return counting && foundInactive()
        ? customer.verdict().withStatus(customer.statusState().returned(event.occurredAt()))
        : customer.verdict();
  }

  private boolean isTransaction() {
    if (event instanceof Purchase purchase) {
      return purchase.action() == Purchase.Action.PURCHASE;
    }
    return event instanceof SubscriptionChange change
        && change.billing().amount() > 0
        && !change.billing().trial()
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
        || !customer.statusState().status().isInactive()
        || event.occurredAt() < customer.statusState().inactiveSince();
  }

  private boolean foundInactive() {
    StatusState status = customer.statusState();
    return status.status().isInactive() && event.occurredAt() >= status.inactiveSince();
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
        accumulator.instant(before.lastByFamily(), event.family(), event.occurredAt()));
  }

  private long latest(long before, boolean applies) {
    return applies ? Math.max(before, event.occurredAt()) : before;
  }

  private Commerce commerce(boolean transaction) {
    Commerce before = customer.commerce();
    boolean refund = event instanceof Purchase bought && bought.action() == Purchase.Action.REFUND;
    if (!transaction && !refund) {
      return before;
    }
    long money = inBase(refund);
    MoneyPanes panes =
        accumulator.money(
            before.panes(),
            day,
            transaction ? 1 : 0,
            transaction ? money : -money,
            policy.moneyPaneDays(),
            today);
    DaySet purchaseDays =
        transaction && event instanceof Purchase
            ? accumulator.day(before.purchaseDays(), day)
            : before.purchaseDays();
    return new Commerce(
        before.orders() + (transaction ? 1 : 0),
        transaction ? Money.plus(before.gross(), money) : before.gross(),
        refund ? Money.plus(before.refunded(), money) : before.refunded(),
        purchaseDays,
        panes);
  }

  private long inBase(boolean refund) {
    long amount;
    String currency;
    if (event instanceof Purchase purchase) {
      amount = purchase.amount();
      currency = purchase.currency();
    } else {
      SubscriptionChange change = (SubscriptionChange) event;
      amount = charged(change);
      currency = change.billing().currency();
    }
    OptionalLong converted = policy.currency().toBase(amount, currency);
    if (converted.isEmpty()) {
      unconverted = Optional.of(new Unconverted(currency, refund ? -amount : amount));
    }
    return converted.orElse(0);
  }

  /** What an event charged, in minor units of its currency. */
  private long charged(SubscriptionChange change) {
    Billing billing = change.billing();
    if (billing.charged().isPresent()) {
      return billing.charged().getAsLong();
    }
    OptionalLong quantity =
        billing.quantity().isPresent()
            ? billing.quantity()
            : customer.subscriptions().quantity(change.subscriptionId());
    return Money.times(billing.amount(), quantity.orElse(1));
  }
}
