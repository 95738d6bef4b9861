package dev.lifesign.app.replay;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.scoring.CutHistory;
import dev.lifesign.core.scoring.Population;
import dev.lifesign.core.scoring.PopulationMember;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Customers in memory, under the same {@link Timeline} as those in a store. What is heard waits,
 * and is then played customer by customer, not event by event: none depends on another between two
 * takings of cut points. A customer whose events come in a row is in the processor's caches, and
 * what it was between them is gone before the collector comes. So outcomes of a customer come in
 * their order, those of different ones in none. Where the policy scores by the population, its cut
 * points are taken at the first tick at or past a multiple of {@code cutsEvery}, when all that is
 * due before it is done.
 */
public final class DirectCustomers {

  /** So many events wait before they are played, and so many for each customer. */
  private static final int LEAST = 1 << 16;

  private static final int A_CUSTOMER = 4;

  /** They are played before if they take so much of the heap. */
  private static final long MOST_BYTES = Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 16);

  private final int least;
  private final Policies policies;
  private final Consumer<Outcome> outcomes;
  private final Consumer<CutHistory.InForce> taken;
  private final Population population = new Population();
  private CutHistory cuts = CutHistory.NONE;
  private long lastTaken = Instants.NEVER;
  private Timeline timeline;
  private final Map<String, HeldCustomer> customers = new HashMap<>();

  /** The same in the order in which they came, which is that of their objects in memory. */
  private final List<HeldCustomer> inOrder = new ArrayList<>();

  private final PassedTicks ticks = new PassedTicks();
  private final WaitingEvents waiting = new WaitingEvents();
  private long broughtForward;

  /**
   * No customers yet.
   *
   * @param outcomes takes what becomes of each event and of each deadline: of a customer in their
   *     order, of different ones in none
   */
  public DirectCustomers(Policies policies, Consumer<Outcome> outcomes) {
    this(policies, outcomes, cuts -> {});
  }

  /**
   * No customers yet.
   *
   * @param outcomes takes what becomes of each event and of each deadline: of a customer in their
   *     order, of different ones in none
   * @param taken is told cut points as they are taken, between what was before them and after
   */
  public DirectCustomers(
      Policies policies, Consumer<Outcome> outcomes, Consumer<CutHistory.InForce> taken) {
    this(policies, outcomes, taken, LEAST);
  }

  /** The same, of which so many events wait at least. */
  DirectCustomers(
      Policies policies,
      Consumer<Outcome> outcomes,
      Consumer<CutHistory.InForce> taken,
      int least) {
    this.least = least;
    this.policies = policies;
    this.outcomes = outcomes;
    this.taken = taken;
    this.timeline = new Timeline(policies);
  }

  /** What decides for them now. */
  public Timeline timeline() {
    return timeline;
  }

  /** Hears an event that was accepted; it is played when many are, or at {@link #play}. */
  public void hear(Event event, long arrivedAt) {
    HeldCustomer held = customers.computeIfAbsent(event.customerId(), this::begin);
    held.waits(waiting.add(event, arrivedAt, ticks.size(), held.lastWaiting()));
    boolean many = waiting.size() >= Math.max(least, A_CUSTOMER * (long) inOrder.size());
    if (many || waiting.bytes() >= MOST_BYTES) {
      play();
    }
  }

  /**
   * Time has come to an instant: deadlines that it is past are taken, in their order, when what was
   * heard is played.
   */
  public void tick(long at) {
    ticks.add(at, timeline.horizon(at));
    policies.at(at).rfm().cutsEvery().ifPresent(every -> takeCuts(at, every));
  }

  /** Plays all that was heard, ticks too, so that every outcome is told; looks at everybody. */
  public void play() {
    waiting.startReading();
    inOrder.forEach(this::play);
    waiting.clear();
    ticks.clear();
  }

  private void play(HeldCustomer held) {
    int passed = 0;
    for (int next = held.firstWaiting(); next != WaitingEvents.NONE; next = waiting.next(next)) {
      takeDeadlines(held, passed, waiting.ticks(next));
      passed = waiting.ticks(next);
      long arrivedAt = waiting.arrivedAt(next);
      Event event = Acceptance.settle(waiting.event(next, held.id()), arrivedAt);
      take(held, timeline.apply(held.customer(), event, arrivedAt));
    }
    held.waitsForNone();
    takeDeadlines(held, passed, ticks.size());
  }

  private void takeDeadlines(HeldCustomer held, int from, int end) {
    for (int tick = ticks.firstPast(held.due(), from, end);
        tick < end;
        tick = ticks.firstPast(held.due(), tick, end)) {
      long due = held.due();
      held.due(Instants.FOREVER);
      take(held, timeline.advance(held.customer().orElseThrow(), due + 1, ticks.at(tick)));
    }
  }

  private HeldCustomer begin(String customerId) {
    HeldCustomer held = new HeldCustomer(customerId);
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
              taken.accept(inForce);
            });
  }

  /** The customers as they are now, when all is played. */
  public Collection<Customer> all() {
    play();
    return inOrder.stream().flatMap(held -> held.customer().stream()).toList();
  }

  /** How often a customer came to be due earlier than it was. */
  public long broughtForward() {
    return broughtForward;
  }

  private void take(HeldCustomer held, Outcome outcome) {
    Customer customer = outcome.customer();
    Optional<PopulationMember> before = held.customer().flatMap(this::member);
    held.customer(customer);
    population.replace(before, member(customer));
    outcomes.accept(outcome);
    long due = timeline.nextTouch(customer);
    if (due < held.due()) {
      broughtForward += held.due() == Instants.FOREVER ? 0 : 1;
      held.due(due);
    }
  }

  private Optional<PopulationMember> member(Customer customer) {
    return PopulationMember.of(customer, timeline.policyOf(customer).rfm());
  }
}
