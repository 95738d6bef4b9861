package dev.lifesign.core.customer;

import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionChange.Action;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.policy.Policy.SubscriptionTerms;
import dev.lifesign.core.time.Instants;

/**
 * One subscription after its last applied event (semantics, Subscriptions). Instants are NEVER
 * where there is none.
 *
 * @param id unique within the customer
 * @param kind the last applied event's
 * @param plan the last one named; may be empty
 * @param state state
 * @param entitled whether the last applied event left it entitled
 * @param entitledUntil exclusive; FOREVER if there is no end; counts where entitled
 * @param endedAt its end, where the last applied event left it not entitled
 * @param paidThrough paid up to
 * @param period last period known, milliseconds; NEVER if none
 * @param runningSince running since
 * @param pausedAt start of the pause, where PAUSED
 * @param pausedUntil end of the pause at the latest, where PAUSED
 * @param lastAppliedAt when the last applied event occurred
 */
public record Subscription(
    String id,
    SubscriptionKind kind,
    String plan,
    State state,
    boolean entitled,
    long entitledUntil,
    long endedAt,
    long paidThrough,
    long period,
    long runningSince,
    long pausedAt,
    long pausedUntil,
    long lastAppliedAt) {

  /** A plan's name is kept up to so many characters. */
  static final int MAX_PLAN = 128;

  /** State of a subscription. */
  public enum State {
    ACTIVE,
    PAST_DUE,
    ENDING,
    PAUSED,
    ENDED
  }

  /** A subscription that was never heard of. */
  static Subscription unheard(SubscriptionChange event) {
    return new Subscription(
        event.subscriptionId(),
        event.kind(),
        "",
        State.ENDED,
        false,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER,
        Instants.NEVER);
  }

  /** Whether it entitles at the instant. */
  public boolean entitledAt(long at) {
    return entitled && at < entitledUntil;
  }

  /** Whether it is paused at the instant. */
  public boolean pausedOn(long at) {
    return state == State.PAUSED && at < pausedUntil;
  }

  /** Its end, where it is not entitled at the instant; NEVER if it is, or never was. */
  public long endAt(long at) {
    if (entitledAt(at)) {
      return Instants.NEVER;
    }
    return entitled ? entitledUntil : endedAt;
  }

  /** Whether it was heard of before. */
  boolean heard() {
    return lastAppliedAt != Instants.NEVER;
  }

  /** Whether the event is applied to this subscription. */
  boolean takes(SubscriptionChange event) {
    if (!heard()) {
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

  /** This subscription after an event that it takes. */
  Subscription after(SubscriptionChange event, SubscriptionTerms terms) {
    long occurredAt = event.occurredAt();
    boolean found = entitledAt(occurredAt - 1);
    State nextState = stateAfter(event.action());
    long nextPaidThrough = paidThroughAfter(event, terms);
    long until = entitledUntilAfter(event, nextPaidThrough, terms);
    boolean left = until > occurredAt;
    boolean pauses = nextState == State.PAUSED;
    return new Subscription(
        id,
        event.kind(),
        event.plan().isEmpty() ? plan : shortened(event.plan()),
        nextState,
        left,
        left ? until : Instants.NEVER,
        left ? Instants.NEVER : found ? occurredAt : endAt(occurredAt - 1),
        nextPaidThrough,
        periodAfter(event),
        left && (!found || (pausedOn(occurredAt - 1) && !pauses)) ? occurredAt : runningSince,
        pauses ? occurredAt : Instants.NEVER,
        pauses ? Instants.plus(occurredAt, terms.maxPause()) : Instants.NEVER,
        occurredAt);
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
    long known = paidThrough;
    if (next == State.ACTIVE && state == State.PAUSED) {
      known = Instants.plus(known, Math.min(occurredAt - pausedAt, terms.maxPause()));
    }
    if (known > occurredAt) {
      return known;
    }
    return next == State.ACTIVE && period != Instants.NEVER
        ? Instants.plus(occurredAt, period)
        : Instants.NEVER;
  }

  private long periodAfter(SubscriptionChange event) {
    boolean paidAhead =
        event.paidThrough().isPresent() && event.paidThrough().getAsLong() > event.occurredAt();
    return paidAhead && stateAfter(event.action()) == State.ACTIVE
        ? event.paidThrough().getAsLong() - event.occurredAt()
        : period;
  }

  private long entitledUntilAfter(
      SubscriptionChange event, long nextPaidThrough, SubscriptionTerms terms) {
    long occurredAt = event.occurredAt();
    return switch (stateAfter(event.action())) {
      case ACTIVE ->
          nextPaidThrough == Instants.NEVER
              ? Instants.FOREVER
              : Instants.plus(nextPaidThrough, terms.grace());
      case PAST_DUE ->
          state == State.PAST_DUE
              ? entitledUntil
              : Instants.plus(Math.max(nextPaidThrough, occurredAt), terms.grace());
      case ENDING -> {
        if (event.paidThrough().isPresent()) {
          yield event.paidThrough().getAsLong();
        }
        yield heard() ? entitledUntil : Instants.FOREVER;
      }
      case PAUSED -> {
        long free = Instants.plus(Instants.plus(occurredAt, terms.maxPause()), terms.grace());
        yield Instants.plus(free, Math.max(0, saturatedDifference(nextPaidThrough, occurredAt)));
      }
      case ENDED -> Instants.NEVER;
    };
  }

  private static long saturatedDifference(long paidThrough, long occurredAt) {
    return paidThrough == Instants.NEVER ? 0 : paidThrough - occurredAt;
  }
}
