package dev.lifesign.lab.replay;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Customers in memory, under the same {@link Timeline} as those in a store. Events are queued and
 * then replayed per customer, not in order of arrival, because customers do not affect each other
 * between two takings of cut points. A customer whose events follow each other stays in the
 * processor's caches, and its intermediate states die young. So the decisions on one customer are
 * in order, but those on different customers are not. If the policy scores by the population, its
 * cut points are taken at the first tick at or past a multiple of {@code cutsEvery}, after
 * everything due before it.
 */
public final class DirectCustomers {

  /**
   * Events are replayed when at least this many are queued in all, and at least {@link
   * #PER_CUSTOMER} per customer.
   */
  private static final int LEAST = 1 << 16;

  private static final int PER_CUSTOMER = 4;

  /**
   * Where fewer than one in this many customers have queued events, the others are not visited: the
   * customers lie in memory in their order, so visiting many of them is cheaper than finding some.
   */
  private static final int MOST_VISITED = 4;

  /** They are replayed sooner if they take this much of the heap. */
  private static final long MOST_BYTES = Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 16);

  /** More threads would wait for memory. */
  private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

  /** Fewer customers than this are not worth a thread. */
  private static final int LEAST_SLICE = 64;

  /** For how long events of an erased customer are dropped (semantics, ERASE). */
  private static final long ERASED_FOR = 30 * Instants.DAY;

  /** A customer that is due. */
  private record Due(HeldCustomer held, long at) {}

  /** A decision on a customer, and how the population counts it before and after. */
  private record Step(
      HeldCustomer held,
      Decision decision,
      Optional<PopulationMember> before,
      Optional<PopulationMember> after) {}

  private final int least;
  private final Policies policies;
  private final Consumer<Decision> decisions;
  private final Consumer<CutHistory.InForce> cutsTaken;
  private final Runnable erased;
  private final Population population = new Population();
  private CutHistory cuts = CutHistory.NONE;
  private long lastTaken = Instants.NEVER;
  private Timeline timeline;
  private final Map<String, HeldCustomer> customers = new HashMap<>();

  /**
   * The same customers in the order of their first events, which is that of their objects in
   * memory.
   */
  private final List<HeldCustomer> inOrder = new ArrayList<>();

  private final PassedTicks ticks = new PassedTicks();
  private final WaitingEvents waiting = new WaitingEvents();
  private long broughtForward;

  /** Whether cut points are taken, which is often; so those who are due have to be found fast. */
  private final boolean byPopulation;

  /** Customers with queued events, in the order of the first of these. */
  private final List<HeldCustomer> queued = new ArrayList<>();

  /** Who is due when, if {@link #byPopulation}. */
  private final DueQueue due = new DueQueue();

  /**
   * No customers yet.
   *
   * @param decisions receives the decision on each event and each deadline: in order per customer,
   *     but not across customers
   */
  public DirectCustomers(Policies policies, Consumer<Decision> decisions) {
    this(policies, decisions, cuts -> {});
  }

  /**
   * No customers yet.
   *
   * @param decisions receives the decision on each event and each deadline: in order per customer,
   *     but not across customers
   * @param cutsTaken receives cut points as they are taken, after every decision before them and
   *     before every later one
   */
  public DirectCustomers(
      Policies policies, Consumer<Decision> decisions, Consumer<CutHistory.InForce> cutsTaken) {
    this(policies, decisions, cutsTaken, () -> {}, LEAST);
  }

  /**
   * No customers yet.
   *
   * @param decisions receives the decision on each event, each command and each deadline: in order
   *     per customer, but not across customers
   * @param erased is told of each event that is dropped, since its customer was erased
   */
  public DirectCustomers(Policies policies, Consumer<Decision> decisions, Runnable erased) {
    this(policies, decisions, cuts -> {}, erased, LEAST);
  }

  /** The same with another queue length. */
  DirectCustomers(
      Policies policies,
      Consumer<Decision> decisions,
      Consumer<CutHistory.InForce> cutsTaken,
      Runnable erased,
      int least) {
    this.least = least;
    this.policies = policies;
    this.decisions = decisions;
    this.cutsTaken = cutsTaken;
    this.erased = erased;
    this.timeline = new Timeline(policies);
    this.byPopulation =
        policies.list().stream().anyMatch(each -> each.policy().rfm().cutsEvery().isPresent());
  }

  /** The timeline that decides now. */
  public Timeline timeline() {
    return timeline;
  }

  /** Queues an accepted event; it is replayed when many are queued, or by {@link #play}. */
  public void accept(Event event, long arrivedAt) {
    HeldCustomer held = customers.computeIfAbsent(event.customerId(), this::begin);
    if (held.firstWaiting() == WaitingEvents.NONE) {
      queued.add(held);
    }
    held.enqueue(waiting.add(event, arrivedAt, ticks.size(), held.lastWaiting()));
    boolean many = waiting.size() >= Math.max(least, PER_CUSTOMER * (long) inOrder.size());
    if (many || waiting.bytes() >= MOST_BYTES) {
      play();
    }
  }

  /**
   * Carries out a command, after the queued events of its customer.
   *
   * @param arrivedAt when it arrived, not before an event that is queued
   */
  public CommandResult obey(Command command, long arrivedAt) {
    HeldCustomer held = customers.get(command.customerId());
    if (held == null) {
      return CommandResult.unknownCustomer(command);
    }
    waiting.startReading();
    play(held);
    if (held.customer().isEmpty()) {
      return held.isErasedBy(command.commandId())
          ? new CommandResult(command, Refusal.NONE, 0)
          : CommandResult.unknownCustomer(command);
    }
    Decision decision = timeline.apply(held.customer().get(), command, arrivedAt);
    Decision.Commanded commanded = decision.command().orElseThrow();
    if (commanded.erased()) {
      population.replace(held.customer().flatMap(this::member), Optional.empty());
      held.erase(arrivedAt, command.commandId());
      decisions.accept(decision);
    } else {
      keep(held, decision);
    }
    return commanded.result();
  }

  /**
   * Advances time: the deadlines that it passes are taken, in order, when the queued events are
   * replayed.
   */
  public void tick(long at) {
    ticks.add(at, timeline.horizon(at));
    policies.at(at).rfm().cutsEvery().ifPresent(every -> takeCuts(at, every));
  }

  /** Replays all queued events and ticks, so that every decision is passed on. */
  public void play() {
    waiting.startReading();
    if (byPopulation && queued.size() < inOrder.size() / MOST_VISITED) {
      queued.forEach(this::play);
      playThoseDue();
    } else {
      inOrder.forEach(this::play);
      due.removeBefore(ticks.furthest());
    }
    waiting.clear();
    queued.clear();
    ticks.clear();
  }

  /**
   * Takes the deadlines of those who are due. Decisions are made by several threads, since most of
   * the time goes into fetching customers from memory; what follows from them is done by one.
   */
  private void playThoseDue() {
    List<Due> now = takeThoseDue();
    int slices = Math.max(1, Math.min(THREADS, now.size() / LEAST_SLICE));
    IntStream.range(0, slices)
        .parallel()
        .mapToObj(
            slice ->
                advance(
                    now.subList(now.size() * slice / slices, now.size() * (slice + 1) / slices)))
        .toList()
        .forEach(steps -> steps.forEach(this::keepTaken));
  }

  /** Keeps a decision that took the instant at which the customer was due. */
  private void keepTaken(Step step) {
    step.held().due(Instants.FOREVER);
    keep(step);
  }

  private List<Due> takeThoseDue() {
    List<Due> now = new ArrayList<>();
    long bound = ticks.furthest();
    while (due.hasBefore(bound)) {
      long instant = due.firstInstant();
      HeldCustomer held = inOrder.get(due.removeFirst());
      if (held.due() == instant) {
        held.due(Instants.FOREVER);
        now.add(new Due(held, instant));
      }
    }
    return now;
  }

  /** Takes the deadlines of customers; reads nothing that changes meanwhile, changes nothing. */
  private List<Step> advance(List<Due> customers) {
    List<Step> steps = new ArrayList<>(customers.size());
    for (Due each : customers) {
      advance(each, steps);
    }
    return steps;
  }

  private void advance(Due customer, List<Step> steps) {
    Customer current = customer.held().customer().orElseThrow();
    Optional<PopulationMember> before = member(current);
    long next = customer.at();
    for (int tick = ticks.firstPast(next, 0, ticks.size());
        tick < ticks.size();
        tick = ticks.firstPast(next, tick, ticks.size())) {
      Decision decision = timeline.advance(current, next + 1, ticks.at(tick));
      current = decision.customer();
      Optional<PopulationMember> after = member(current);
      steps.add(new Step(customer.held(), decision, before, after));
      before = after;
      next = timeline.nextTouch(current);
    }
  }

  private void play(HeldCustomer held) {
    int passed = 0;
    for (int next = held.firstWaiting(); next != WaitingEvents.NONE; next = waiting.next(next)) {
      takeDeadlines(held, passed, waiting.ticks(next));
      passed = waiting.ticks(next);
      long arrivedAt = waiting.arrivedAt(next);
      if (arrivedAt < Instants.plus(held.erasedAt(), ERASED_FOR)) {
        erased.run();
      } else {
        Event event = Acceptance.settle(waiting.event(next, held.id()), arrivedAt);
        keep(held, timeline.apply(held.customer(), event, arrivedAt));
      }
    }
    held.clearQueue();
    takeDeadlines(held, passed, ticks.size());
  }

  private void takeDeadlines(HeldCustomer held, int from, int end) {
    for (int tick = ticks.firstPast(held.due(), from, end);
        tick < end;
        tick = ticks.firstPast(held.due(), tick, end)) {
      long due = held.due();
      held.due(Instants.FOREVER);
      keep(held, timeline.advance(held.customer().orElseThrow(), due + 1, ticks.at(tick)));
    }
  }

  private HeldCustomer begin(String customerId) {
    HeldCustomer held = new HeldCustomer(customerId, inOrder.size());
    inOrder.add(held);
    return held;
  }

  private void takeCuts(long at, long every) {
    long asOf = CutHistory.lastTaken(at, every);
    if (asOf <= lastTaken) {
      return;
    }
    lastTaken = asOf;
    play();
    population.coarsen(at);
    population
        .cuts(asOf)
        .ifPresent(
            next -> {
              CutHistory.InForce inForce = new CutHistory.InForce(at, next);
              cuts = cuts.since(timeline.horizon(at)).with(inForce);
              timeline = new Timeline(policies, cuts);
              cutsTaken.accept(inForce);
            });
  }

  /** The customers after everything is replayed. */
  public Collection<Customer> all() {
    play();
    return inOrder.stream().flatMap(held -> held.customer().stream()).toList();
  }

  /** How often a customer's due instant moved forward to an earlier one. */
  public long broughtForward() {
    return broughtForward;
  }

  private void keep(HeldCustomer held, Decision decision) {
    keep(
        new Step(
            held, decision, held.customer().flatMap(this::member), member(decision.customer())));
  }

  private void keep(Step step) {
    HeldCustomer held = step.held();
    Decision decision = step.decision();
    held.customer(decision.customer());
    population.replace(step.before(), step.after());
    decisions.accept(decision);
    long next = timeline.nextTouch(decision.customer());
    if (next < held.due()) {
      broughtForward += held.due() == Instants.FOREVER ? 0 : 1;
      held.due(next);
      if (byPopulation) {
        due.add(next, held.place());
      }
    }
  }

  private Optional<PopulationMember> member(Customer customer) {
    return PopulationMember.of(customer, timeline.policyOf(customer));
  }
}
