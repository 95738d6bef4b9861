package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.policy.Policy.SubscriptionTerms;
import dev.lifesign.domain.time.Instants;
import java.util.OptionalLong;

/**
 * One subscription after its last applied event (semantics, Subscriptions). A missing instant is
 * NEVER.
 *
 * @param id unique within the customer
 * @param kind that of the last applied event
 * @param plan the last plan named by an event that states a price; may be empty
 * @param state state
 * @param entitlement until when it entitles the customer
 * @param paid until when it is paid
 * @param quantity the last number of units stated; empty if none was
 * @param pause the pause, if PAUSED
 * @param lastAppliedAt when the last applied event occurred
 * @param price what it costs
 */
public record Subscription(
    String id,
    SubscriptionKind kind,
    String plan,
    State state,
    Entitlement entitlement,
    Paid paid,
    OptionalLong quantity,
    Pause pause,
    long lastAppliedAt,
    Price price) {

  /** A longer plan name is cut to this many characters. */
  static final int MAX_PLAN = 128;

  /**
   * The entitlement after the last applied event.
   *
   * @param held whether there is one
   * @param until exclusive; FOREVER if it has no end; only meaningful if held
   * @param endedAt when it ended, if not held
   * @param runningSince since when it has been running
   */
  public record Entitlement(boolean held, long until, long endedAt, long runningSince) {
    private static final Entitlement NONE =
        new Entitlement(false, Instants.NEVER, Instants.NEVER, Instants.NEVER);
  }

  /**
   * Until when a subscription is paid, and how often.
   *
   * @param through paid up to
   * @param period the last period known, milliseconds; NEVER if unknown
   * @param term the period of the last STARTED or RENEWED that was paid ahead, milliseconds; NEVER
   *     if unknown
   * @param cycle the period that its price is for
   */
  public record Paid(long through, long period, long term, BillingCycle cycle) {
    private static final Paid NONE =
        new Paid(Instants.NEVER, Instants.NEVER, Instants.NEVER, BillingCycle.UNKNOWN);
  }

  /**
   * A pause.
   *
   * @param from its start; NEVER if the state is not PAUSED
   * @param until its latest possible end; NEVER if the state is not PAUSED
   * @param unresumed whether no event has made the subscription ACTIVE since it was last PAUSED,
   *     whatever its state is now
   */
  public record Pause(long from, long until, boolean unresumed) {
    private static final Pause NONE = new Pause(Instants.NEVER, Instants.NEVER, false);
    private static final Pause UNRESUMED = new Pause(Instants.NEVER, Instants.NEVER, true);
  }

  /** The state of a subscription. */
  public enum State {
    ACTIVE,
    PAST_DUE,
    ENDING,
    PAUSED,
    ENDED
  }

  /** A subscription before its first event. */
  static Subscription unknown(SubscriptionChange event) {
    return new Subscription(
        event.subscriptionId(),
        event.kind(),
        "",
        State.ENDED,
        Entitlement.NONE,
        Paid.NONE,
        OptionalLong.empty(),
        Pause.NONE,
        Instants.NEVER,
        Price.NONE);
  }

  /** Until when it entitles, exclusive; FOREVER if it has no end; only meaningful if entitled. */
  public long entitledUntil() {
    return entitlement.until();
  }

  /** Whether it entitles at the instant. */
  public boolean entitledAt(long at) {
    return entitlement.held() && at < entitlement.until();
  }

  /**
   * Whether its price is due every period at the instant: it entitles, is no trial, and has not
   * been paused without being made ACTIVE again.
   */
  public boolean isBilledAt(long at) {
    return entitledAt(at) && !price.trial() && !pause.unresumed();
  }

  /**
   * What its price is worth per month, minor units of the base currency; 0 without a period or a
   * rate.
   */
  public long perMonth() {
    return paid.cycle().period().map(price::perMonth).orElse(0L);
  }

  /** Whether it is paused at the instant. */
  public boolean pausedOn(long at) {
    return state == State.PAUSED && at < pause.until();
  }

  /** When its entitlement ended; NEVER if it is entitled at the instant or never was. */
  public long endAt(long at) {
    if (entitledAt(at)) {
      return Instants.NEVER;
    }
    return entitlement.held() ? entitlement.until() : entitlement.endedAt();
  }

  /** Whether an event was applied to it before. */
  boolean isKnown() {
    return lastAppliedAt != Instants.NEVER;
  }

  /** Whether the event is applied to this subscription. */
  boolean applies(SubscriptionChange event) {
    if (!isKnown()) {
      return true;
    }
    if (event.occurredAt() < lastAppliedAt) {
      return false;
    }
    long before = event.occurredAt() - 1;
    return switch (event.action()) {
      case CANCEL_SCHEDULED, DOWNGRADED -> entitledAt(before);
      case PAYMENT_FAILED -> entitledAt(before) && state != State.ENDING;
      case PAUSED ->
          entitledAt(before)
              && state != State.PAST_DUE
              && state != State.ENDING
              && !pausedOn(before);
      case STARTED, RENEWED, UPGRADED, RESUMED, CANCELLED, EXPIRED -> true;
    };
  }

  /** This subscription after an event that is applied to it. */
  Subscription after(SubscriptionChange event, SubscriptionTerms terms, Currencies currencies) {
    long occurredAt = event.occurredAt();
    State nextState = stateAfter(event.action());
    long nextPaidThrough = paidThroughAfter(event, terms);
    long until = entitledUntilAfter(event, nextPaidThrough, terms);
    boolean states = !isKnown() || Price.isStatedBy(event.action());
    OptionalLong nextQuantity =
        event.billing().quantity().isPresent() ? event.billing().quantity() : quantity;
    return new Subscription(
        id,
        event.kind(),
        states && !event.plan().isEmpty() ? shortened(event.plan()) : plan,
        nextState,
        entitlement(occurredAt, until, nextState == State.PAUSED),
        new Paid(nextPaidThrough, periodAfter(event), termAfter(event), paid.cycle().after(event)),
        nextQuantity,
        pauseAfter(nextState, occurredAt, terms),
        occurredAt,
        states ? price.after(event, nextQuantity.orElse(1), currencies) : price);
  }

  private Entitlement entitlement(long occurredAt, long until, boolean pauses) {
    boolean found = entitledAt(occurredAt - 1);
    if (until <= occurredAt) {
      long end = found ? occurredAt : endAt(occurredAt - 1);
      return new Entitlement(false, Instants.NEVER, end, entitlement.runningSince());
    }
    boolean resumes = pausedOn(occurredAt - 1) && !pauses;
    long runningSince = found && !resumes ? entitlement.runningSince() : occurredAt;
    return new Entitlement(true, until, Instants.NEVER, runningSince);
  }

  private static String shortened(String plan) {
    return plan.length() > MAX_PLAN ? plan.substring(0, MAX_PLAN) : plan;
  }

  private static State stateAfter(Action action) {
    return switch (action) {
      case STARTED, RENEWED, UPGRADED, DOWNGRADED, RESUMED -> State.ACTIVE;
      case PAYMENT_FAILED -> State.PAST_DUE;
      case CANCEL_SCHEDULED -> State.ENDING;
      case PAUSED -> State.PAUSED;
      case CANCELLED, EXPIRED -> State.ENDED;
    };
  }

  private long paidThroughAfter(SubscriptionChange event, SubscriptionTerms terms) {
    State next = stateAfter(event.action());
    if (next == State.ENDED) {
      return Instants.NEVER;
    }
    if (event.paidThrough().isPresent()) {
      return event.paidThrough().getAsLong();
    }
    long occurredAt = event.occurredAt();
    long known = paid.through();
    if (next == State.ACTIVE && state == State.PAUSED) {
      known = Instants.plus(known, Math.min(occurredAt - pause.from(), terms.maxPause()));
    }
    if (known > occurredAt) {
      return known;
    }
    return next == State.ACTIVE && paid.period() != Instants.NEVER
        ? Instants.plus(occurredAt, paid.period())
        : Instants.NEVER;
  }

  private long periodAfter(SubscriptionChange event) {
    return stateAfter(event.action()) == State.ACTIVE
        ? event.paidAhead().orElse(paid.period())
        : paid.period();
  }

  private long termAfter(SubscriptionChange event) {
    return switch (event.action()) {
      case STARTED, RENEWED -> event.paidAhead().orElse(paid.term());
      default -> paid.term();
    };
  }

  private Pause pauseAfter(State next, long occurredAt, SubscriptionTerms terms) {
    return switch (next) {
      case PAUSED -> new Pause(occurredAt, Instants.plus(occurredAt, terms.maxPause()), true);
      case ACTIVE -> Pause.NONE;
      default -> pause.unresumed() ? Pause.UNRESUMED : Pause.NONE;
    };
  }

  private long entitledUntilAfter(
      SubscriptionChange event, long nextPaidThrough, SubscriptionTerms terms) {
    long occurredAt = event.occurredAt();
    return switch (stateAfter(event.action())) {
      case ACTIVE ->
          nextPaidThrough == Instants.NEVER
              ? Instants.FOREVER
              : Instants.plus(nextPaidThrough, terms.grace());
      case PAST_DUE -> {
        if (!isKnown() && event.paidThrough().isEmpty()) {
          // The first payment failed, so nothing was ever paid.
          yield Instants.NEVER;
        }
        yield state == State.PAST_DUE
            ? entitlement.until()
            : Instants.plus(Math.max(nextPaidThrough, occurredAt), terms.grace());
      }
      case ENDING -> {
        if (event.paidThrough().isPresent()) {
          yield event.paidThrough().getAsLong();
        }
        yield isKnown() ? entitlement.until() : Instants.FOREVER;
      }
      case PAUSED -> {
        long withoutPaidTime =
            Instants.plus(Instants.plus(occurredAt, terms.maxPause()), terms.grace());
        yield Instants.plus(
            withoutPaidTime, Math.max(0, saturatedDifference(nextPaidThrough, occurredAt)));
      }
      case ENDED -> Instants.NEVER;
    };
  }

  private static long saturatedDifference(long paidThrough, long occurredAt) {
    return paidThrough == Instants.NEVER ? 0 : paidThrough - occurredAt;
  }
}
