package dev.lifesign.core.timeline;

import dev.lifesign.core.alert.AlertDesk;
import dev.lifesign.core.customer.AlertBook;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.SegmentStanding;
import dev.lifesign.core.customer.Standing;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.lifecycle.ActivityType;
import dev.lifesign.core.lifecycle.Assessment;
import dev.lifesign.core.lifecycle.Cause;
import dev.lifesign.core.lifecycle.Evidence;
import dev.lifesign.core.lifecycle.NextReview;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.lifecycle.StatusTable;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.PolicyInForce;
import dev.lifesign.core.scoring.CutHistory;
import dev.lifesign.core.scoring.RfmScore;
import dev.lifesign.core.scoring.Scoring;
import dev.lifesign.core.scoring.SegmentChange;
import dev.lifesign.core.time.Instants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one function that decides: what an event, or time, makes of a customer (semantics, Time and
 * Status). A function of its arguments alone; the direct replay, the backtest and the Kafka
 * processors call it.
 */
public final class Timeline {

  /** Enough for every chain of deadlines between two statuses; a guard, not a rule. */
  private static final int MAX_REVIEW_STEPS = 10_000;

  private static final RfmScore UNSCORED = new RfmScore(0, 0, 0, "");

  private final Policies policies;
  private final PolicyInForce newest;
  private final Scoring scoring;
  private final Additions additions;

  /** A timeline under the policies known, where the population has no cut points. */
  public Timeline(Policies policies) {
    this(policies, CutHistory.NONE);
  }

  /** A timeline under the policies and the population's cut points known. */
  public Timeline(Policies policies, CutHistory cuts) {
    this(policies, cuts, Additions.PLAIN);
  }

  private Timeline(Policies policies, CutHistory cuts, Additions additions) {
    this.policies = policies;
    this.newest = policies.newest();
    this.scoring = new Scoring(cuts);
    this.additions = additions;
  }

  /**
   * Timelines that are told the same events in turn, each event to all before the next: where their
   * policies keep the same of an event, it is added once. They say what they would say by
   * themselves. For one thread.
   *
   * @param policies one for each timeline
   */
  public static List<Timeline> sideBySide(List<Policy> policies) {
    Map<List<Object>, Additions> alike = new HashMap<>();
    return policies.stream()
        .map(
            policy ->
                new Timeline(
                    Policies.of(policy),
                    CutHistory.NONE,
                    alike.computeIfAbsent(keeping(policy), any -> new LatestAdditions())))
        .toList();
  }

  /** All of a policy that what is kept of an event depends on. */
  private static List<Object> keeping(Policy policy) {
    return List.of(policy.lateness(), policy.moneyPaneDays(), policy.currency(), policy.activity());
  }

  /**
   * How far time has come when the log has come to an instant: deadlines before it are taken.
   *
   * @param instant a tick or an arrival, milliseconds since 1970
   */
  public long horizon(long instant) {
    return instant - policyAt(instant).lateness();
  }

  /** The policy that holds at an instant. */
  public Policy policyAt(long instant) {
    return newest.from() <= instant ? newest.policy() : policies.at(instant);
  }

  /** The policy by which the customer was last judged. */
  public Policy policyOf(Customer customer) {
    return isNewest(customer.policyVersion())
        ? newest.policy()
        : policies.ofVersion(customer.policyVersion());
  }

  /** Most are asked for the newest, which is not searched for. */
  private boolean isNewest(int version) {
    return version >= newest.policy().version();
  }

  /**
   * Applies an accepted event.
   *
   * @param known the customer, or empty if it was not heard of
   * @param event accepted and settled: it does not occur after its arrival
   * @param arrivedAt when it arrived, milliseconds since 1970
   */
  public Outcome apply(Optional<Customer> known, Event event, long arrivedAt) {
    long id = additions.hash(event);
    if (known.isPresent() && known.get().recentEvents().contains(id)) {
      return Outcome.duplicate(known.get());
    }
    long horizon = horizon(arrivedAt);
    Report report = new Report();
    Customer before =
        known.isPresent()
            ? takeDeadlines(known.get(), horizon, arrivedAt, report)
            : Customer.unknown(
                event.customerId(), policyAt(Math.max(horizon, event.occurredAt())).version());
    boolean late = event.occurredAt() < Math.max(before.clock(), horizon);
    if (!late) {
      before = takeDeadlines(before, event.occurredAt(), arrivedAt, report);
    }
    long clock = Math.max(Math.max(before.clock(), horizon), event.occurredAt());
    Policy policy = policyOf(before);
    Aggregation aggregation = new Aggregation(before, event, id, policy, clock, additions);
    Customer applied =
        judge(
            before,
            aggregation.apply(),
            clock,
            Cause.event(arrivedAt, event.occurredAt(), late),
            report);
    boolean profileChanged =
        event.family() == Family.PURCHASE
            || event.family() == Family.SUBSCRIPTION
            || known.isEmpty()
            || Instants.dayOf(known.get().clock()) != Instants.dayOf(clock)
            || shows(report, known.get(), applied);
    return report.outcome(
        applied,
        late ? Outcome.Kind.LATE : Outcome.Kind.APPLIED,
        profileChanged,
        aggregation.unconverted());
  }

  /**
   * Takes the deadlines of a customer before an instant, each at its own.
   *
   * @param customer the customer
   * @param until exclusive
   * @param detectedAt the tick that brought it about
   */
  public Outcome advance(Customer customer, long until, long detectedAt) {
    Report report = new Report();
    Customer advanced = takeDeadlines(customer, until, detectedAt, report);
    return report.outcome(advanced, Outcome.Kind.TIME, shows(report, customer, advanced), false);
  }

  /** Whether a profile shows what became of a customer; many a deadline changes nothing in it. */
  private boolean shows(Report report, Customer before, Customer after) {
    if (report.tells()) {
      return true;
    }
    Policy then = policyOf(before);
    Policy now = policyOf(after);
    return ActivityType.bits(before, then, before.clock())
            != ActivityType.bits(after, now, after.clock())
        || !before.segment().equals(after.segment());
  }

  /** The earliest instant at which the customer must be touched; FOREVER if there is none. */
  public long nextTouch(Customer customer) {
    if (isNewest(customer.policyVersion())) {
      return customer.due();
    }
    return policies
        .after(customer.policyVersion())
        .map(newer -> Math.min(newer.from(), customer.due()))
        .orElse(customer.due());
  }

  /**
   * Why a customer has its status at an instant, and what comes next.
   *
   * @param customer every deadline before the instant taken
   * @param at not before the customer's clock
   */
  public Review review(Customer customer, long at) {
    Policy policy = policyOf(customer);
    Situation situation = Situation.of(customer, policy, at);
    Assessment now = new Assessment(customer.standing().status(), customer.standing().reason());
    return new Review(
        Evidence.of(customer, policy, situation), nextReview(customer, policy, situation, now));
  }

  private Customer takeDeadlines(Customer customer, long until, long detectedAt, Report report) {
    Customer current = customer;
    while (nextTouch(current) < until) {
      Cause cause = Cause.time(detectedAt);
      Optional<PolicyInForce> newer = policies.after(current.policyVersion());
      if (newer.isPresent() && newer.get().from() <= current.due()) {
        current = adopt(newer.get(), current, cause, report);
      } else {
        current = judge(current, current, current.due(), cause, report);
      }
      report.countDeadline();
    }
    return current;
  }

  private Customer adopt(PolicyInForce newer, Customer customer, Cause cause, Report report) {
    long at = Math.max(newer.from(), customer.clock());
    long halfLife = policyOf(customer).activity().halfLife();
    return judge(
        customer,
        customer.underPolicy(newer.policy().version(), customer.score().decayedTo(at, halfLife)),
        at,
        cause,
        report);
  }

  /**
   * Judges a customer at an instant.
   *
   * @param last what it was when it was last judged
   */
  private Customer judge(Customer last, Customer customer, long at, Cause cause, Report report) {
    Policy policy = policyOf(customer);
    Situation situation = Situation.of(customer, policy, at);
    Assessment now = StatusTable.assess(customer, policy, situation);
    Standing before = customer.standing();
    Optional<StatusChange> change = Optional.empty();
    Standing standing = before;
    if (before.sequence() == 0
        || before.status() != now.status()
        || before.reason() != now.reason()) {
      standing = changed(before, now, at);
      change =
          Optional.of(
              new StatusChange(
                  customer.id(),
                  standing.sequence(),
                  before.sequence() == 0 ? Optional.empty() : Optional.of(before.status()),
                  now,
                  cause.late(),
                  at,
                  cause.detectedAt(),
                  policy.version(),
                  Evidence.of(customer, policy, situation),
                  nextReview(customer, policy, situation, now)));
      report.add(change.get());
    }
    AlertBook alerts = customer.alerts();
    if (AlertDesk.isNeeded(alerts, change, at)) {
      alerts =
          new AlertDesk(customer.id(), policy, at, cause, report::add).review(alerts, now, change);
    }
    SegmentStanding segment = segment(last, customer, policy, at, cause, report);
    long due = Deadlines.next(customer, alerts, policy, situation);
    return customer.judged(at, due, standing, alerts, segment);
  }

  private SegmentStanding segment(
      Customer last, Customer customer, Policy policy, long at, Cause cause, Report report) {
    if (scoring.areHeld(last, customer, policy.rfm(), at)) {
      return customer.segment();
    }
    Optional<RfmScore> score = scoring.score(last, customer, policy.rfm(), at);
    RfmScore now = score.orElse(UNSCORED);
    SegmentStanding before =
        customer.segment().scored(now.recency(), now.frequency(), now.monetary());
    if (now.segment().equals(before.current())) {
      return before;
    }
    report.add(
        new SegmentChange(
            customer.id(),
            before.current(),
            now.segment(),
            score,
            cause.late(),
            at,
            cause.detectedAt(),
            policy.version()));
    return before.changed(now.segment(), at);
  }

  private static Standing changed(Standing before, Assessment now, long at) {
    boolean sameStatus = before.sequence() > 0 && before.status() == now.status();
    long inactiveSince = Instants.NEVER;
    if (now.status().isInactive()) {
      inactiveSince =
          before.sequence() > 0 && before.status().isInactive() ? before.inactiveSince() : at;
    }
    return new Standing(
        now.status(),
        now.reason(),
        sameStatus ? before.since() : at,
        before.sequence() + 1,
        inactiveSince,
        before.returnedAt());
  }

  private static Optional<NextReview> nextReview(
      Customer customer, Policy policy, Situation situation, Assessment now) {
    Situation later = situation;
    for (int i = 0; i < MAX_REVIEW_STEPS; i++) {
      long next = Deadlines.nextOfStatus(customer, policy, later);
      if (next == Instants.FOREVER) {
        return Optional.empty();
      }
      later = Situation.of(customer, policy, next);
      Assessment then = StatusTable.assess(customer, policy, later);
      if (!then.equals(now)) {
        return Optional.of(new NextReview(next, then));
      }
    }
    return Optional.empty();
  }
}
