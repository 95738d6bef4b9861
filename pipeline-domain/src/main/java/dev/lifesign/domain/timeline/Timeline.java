package dev.lifesign.domain.timeline;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.lifecycle.ActivityType;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.Scoring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one function that decides what an event, or time, changes for a customer (semantics, Time and
 * Status). It depends on its arguments alone; the direct replay, the backtest and the Kafka
 * processors all call it.
 */
public final class Timeline {

  private final Policies policies;
  private final PolicyInForce newest;
  private final Judgement judgement;
  private final Accumulator accumulator;

  /** A timeline under known policies, without population cut points. */
  public Timeline(Policies policies) {
    this(policies, CutHistory.NONE);
  }

  /** A timeline under known policies and population cut points. */
  public Timeline(Policies policies, CutHistory cuts) {
    this(policies, cuts, Accumulator.PLAIN);
  }

  private Timeline(Policies policies, CutHistory cuts, Accumulator accumulator) {
    this.policies = policies;
    this.newest = policies.newest();
    this.judgement = new Judgement(new Scoring(cuts));
    this.accumulator = accumulator;
  }

  /**
   * Timelines for the same events, where each event is applied to all of them before the next.
   * Timelines whose policies aggregate alike share the work of aggregating. Each decides as it
   * would alone. For one thread.
   *
   * @param policies one for each timeline
   */
  public static List<Timeline> sideBySide(List<Policy> policies) {
    Map<List<Object>, Accumulator> accumulators = new HashMap<>();
    return policies.stream()
        .map(
            policy ->
                new Timeline(
                    Policies.of(policy),
                    CutHistory.NONE,
                    accumulators.computeIfAbsent(
                        aggregationKey(policy), any -> new LatestAccumulator())))
        .toList();
  }

  /**
   * The parts of a policy that the aggregates depend on. Money depends on the terms of
   * subscriptions too, since they say which event last stated a quantity.
   */
  private static List<Object> aggregationKey(Policy policy) {
    return List.of(
        policy.lateness(),
        policy.days(),
        policy.moneyPaneDays(),
        policy.currency(),
        policy.activity(),
        policy.subscriptions());
  }

  /**
   * How far time has advanced when the log has reached an instant: deadlines before it are taken.
   *
   * @param instant a tick or an arrival, milliseconds since 1970
   */
  public long horizon(long instant) {
    return instant - policyAt(instant).lateness();
  }

  /** The policy in force at an instant. */
  public Policy policyAt(long instant) {
    return newest.from() <= instant ? newest.policy() : policies.at(instant);
  }

  /** The policy that last judged the customer. */
  public Policy policyOf(Customer customer) {
    return isNewest(customer.policyVersion())
        ? newest.policy()
        : policies.ofVersion(customer.policyVersion());
  }

  /** Almost always true, which saves a search. */
  private boolean isNewest(int version) {
    return version >= newest.policy().version();
  }

  /**
   * Applies an accepted event.
   *
   * @param known the customer, or empty if it is new
   * @param event accepted and settled: it does not occur after its arrival
   * @param arrivedAt when it arrived, milliseconds since 1970
   */
  public Decision apply(Optional<Customer> known, Event event, long arrivedAt) {
    long id = accumulator.hash(event);
    if (known.isPresent() && known.get().recentEvents().contains(id)) {
      return Decision.duplicate(known.get());
    }
    long horizon = horizon(arrivedAt);
    DecisionBuilder decision = new DecisionBuilder();
    Customer before =
        known.isPresent()
            ? takeDeadlines(known.get(), horizon, arrivedAt, decision)
            : Customer.unknown(
                event.customerId(), policyAt(Math.max(horizon, event.occurredAt())).version());
    boolean late = event.occurredAt() < Math.max(before.clock(), horizon);
    if (!late) {
      before = takeDeadlines(before, event.occurredAt(), arrivedAt, decision);
    }
    long clock = Math.max(Math.max(before.clock(), horizon), event.occurredAt());
    Policy policy = policyOf(before);
    Aggregation aggregation = new Aggregation(before, event, id, policy, clock, accumulator);
    Customer applied =
        judgement.judge(
            before,
            aggregation.apply(),
            policy,
            clock,
            Occurrence.event(event, arrivedAt, late),
            decision);
    boolean profileChanged =
        event.family() == Family.PURCHASE
            || event.family() == Family.SUBSCRIPTION
            || known.isEmpty()
            || policy.days().dayOf(known.get().clock()) != policy.days().dayOf(clock)
            || isShown(decision, known.get(), applied);
    return decision.build(
        applied,
        late ? Decision.Kind.LATE : Decision.Kind.APPLIED,
        profileChanged,
        aggregation.unconverted());
  }

  /**
   * Carries out a command, or refuses it; the answer is the decision's result. Where the decision
   * says that the customer is erased, its caller forgets it.
   *
   * @param customer the customer; one that is not known is answered with {@link
   *     CommandResult#unknownCustomer}
   * @param command what to do
   * @param arrivedAt when it arrived, milliseconds since 1970
   */
  public Decision apply(Customer customer, Command command, long arrivedAt) {
    long id = RecentEvents.hash(command.commandId());
    Optional<Answers.Answer> before = customer.cases().answers().to(id);
    if (before.isPresent()) {
      return Decision.repeated(
          customer, new CommandResult(command, before.get().refusal(), before.get().version()));
    }
    DecisionBuilder decision = new DecisionBuilder();
    long horizon = horizon(arrivedAt);
    Customer current = takeDeadlines(customer, horizon, arrivedAt, decision);
    long at = Math.max(current.clock(), horizon);
    Policy policy = policyOf(current);
    if (command.order() instanceof Command.OnAlert order) {
      current = judgement.carryOut(current, command, order, policy, at, arrivedAt, decision);
      CommandResult result = decision.result();
      current = current.answered(new Answers.Answer(id, result.refusal(), result.version()));
    } else {
      judgement.erase(current, command, policy, at, arrivedAt, decision);
    }
    return decision.build(
        current, Decision.Kind.COMMAND, isShown(decision, customer, current), Optional.empty());
  }

  /**
   * Takes a customer's deadlines before an instant, each at its own instant.
   *
   * @param customer the customer
   * @param until exclusive
   * @param detectedAt the tick that caused it
   */
  public Decision advance(Customer customer, long until, long detectedAt) {
    DecisionBuilder decision = new DecisionBuilder();
    Customer advanced = takeDeadlines(customer, until, detectedAt, decision);
    return decision.build(
        advanced, Decision.Kind.TIME, isShown(decision, customer, advanced), Optional.empty());
  }

  /** Whether a profile shows the change to a customer; many deadlines change nothing in it. */
  private boolean isShown(DecisionBuilder decision, Customer before, Customer after) {
    if (decision.hasFacts()) {
      return true;
    }
    Policy policyBefore = policyOf(before);
    Policy policyAfter = policyOf(after);
    return ActivityType.bits(before, policyBefore, before.clock())
            != ActivityType.bits(after, policyAfter, after.clock())
        || !before.segment().equals(after.segment());
  }

  /** The next instant at which the customer must be judged; FOREVER if there is none. */
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
   * @param customer with every deadline before the instant taken
   * @param at not before the customer's clock
   */
  public StatusExplanation explain(Customer customer, long at) {
    return Outlook.explain(customer, policyOf(customer), at);
  }

  private Customer takeDeadlines(
      Customer customer, long until, long detectedAt, DecisionBuilder decision) {
    Customer current = customer;
    while (isTouched(current, until)) {
      Optional<PolicyInForce> newer = policies.after(current.policyVersion());
      if (newer.isPresent() && newer.get().from() <= current.due()) {
        current = adopt(newer.get(), current, detectedAt, decision);
      } else {
        current =
            judgement.judge(
                current,
                current,
                policyOf(current),
                current.due(),
                Occurrence.time(detectedAt),
                decision);
      }
      decision.countDeadline();
    }
    return current;
  }

  /** Whether something is due before the instant, or a new policy holds at it. */
  private boolean isTouched(Customer customer, long until) {
    return customer.due() < until
        || (!isNewest(customer.policyVersion())
            && policies
                .after(customer.policyVersion())
                .filter(newer -> newer.from() <= until)
                .isPresent());
  }

  private Customer adopt(
      PolicyInForce newer, Customer customer, long detectedAt, DecisionBuilder decision) {
    long at = Math.max(newer.from(), customer.clock());
    Policy former = policyOf(customer);
    long halfLife = former.activity().halfLife();
    return judgement.judge(
        customer,
        customer.underPolicy(newer.policy().version(), customer.score().decayedTo(at, halfLife)),
        newer.policy(),
        at,
        Occurrence.policy(detectedAt, former),
        decision);
  }
}
