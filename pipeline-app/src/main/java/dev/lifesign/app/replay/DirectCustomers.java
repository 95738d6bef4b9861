package dev.lifesign.app.replay;

import dev.lifesign.app.replay.DeadlineQueue.Deadline;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Customers in memory, under the same {@link Timeline} as those in a store. Where the policy scores
 * by the population, its cut points are taken at the first tick at or past a multiple of {@code
 * cutsEvery}, when all that is due before it is done.
 */
public final class DirectCustomers {

  private final Policies policies;
  private final Consumer<Outcome> outcomes;
  private final Consumer<CutHistory.InForce> taken;
  private final Population population = new Population();
  private CutHistory cuts = CutHistory.NONE;
  private long lastTaken = Instants.NEVER;
  private Timeline timeline;
  private final Map<String, HeldCustomer> customers = new HashMap<>();
  private final DeadlineQueue deadlines = new DeadlineQueue();
  private long broughtForward;

  /**
   * No customers yet.
   *
   * @param outcomes takes what becomes of each event and of each deadline
   */
  public DirectCustomers(Policies policies, Consumer<Outcome> outcomes) {
    this(policies, outcomes, cuts -> {});
  }

  /**
   * No customers yet.
   *
   * @param outcomes takes what becomes of each event and of each deadline
   * @param taken is told cut points as they are taken, between what was before them and after
   */
  public DirectCustomers(
      Policies policies, Consumer<Outcome> outcomes, Consumer<CutHistory.InForce> taken) {
    this.policies = policies;
    this.outcomes = outcomes;
    this.taken = taken;
    this.timeline = new Timeline(policies);
  }

  /** What decides for them now. */
  public Timeline timeline() {
    return timeline;
  }

  /** Hears an event that was accepted. */
  public void hear(Event event, long arrivedAt) {
    HeldCustomer held = customers.get(event.customerId());
    take(
        held,
        timeline.apply(
            held == null ? Optional.empty() : Optional.of(held.customer()),
            Acceptance.settle(event, arrivedAt),
            arrivedAt));
  }

  /** Time has come to an instant: deadlines that it is past are taken, in their order. */
  public void tick(long at) {
    long bound = timeline.horizon(at);
    for (Optional<Deadline> next = deadlines.pollBefore(bound);
        next.isPresent();
        next = deadlines.pollBefore(bound)) {
      long due = next.get().due();
      HeldCustomer held = next.get().of();
      if (held.due() == due) {
        held.due(Instants.FOREVER);
        take(held, timeline.advance(held.customer(), due + 1, at));
      }
    }
    policies.at(at).rfm().cutsEvery().ifPresent(every -> takeCuts(at, every));
  }

  private void takeCuts(long at, long every) {
    long asOf = CutHistory.lastTaken(at, every);
    if (asOf <= lastTaken) {
      return;
    }
    lastTaken = asOf;
    population.coarsen(at, gone -> {});
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

  /** The customers as they are now. */
  public Collection<Customer> all() {
    return customers.values().stream().map(HeldCustomer::customer).toList();
  }

  /** How often an entry of the index of deadlines gave way to an earlier one. */
  public long broughtForward() {
    return broughtForward;
  }

  private Optional<PopulationMember> member(Customer customer) {
    return PopulationMember.of(customer, timeline.policyOf(customer).rfm());
  }

  private void take(HeldCustomer known, Outcome outcome) {
    Customer customer = outcome.customer();
    Optional<PopulationMember> before = known == null ? Optional.empty() : member(known.customer());
    HeldCustomer held = known;
    if (held == null) {
      held = new HeldCustomer(customer);
      customers.put(customer.id(), held);
    }
    held.customer(customer);
    population.replace(before, member(customer), touched -> {});
    outcomes.accept(outcome);
    long due = timeline.nextTouch(customer);
    if (due < held.due()) {
      broughtForward += held.due() == Instants.FOREVER ? 0 : 1;
      held.due(due);
      deadlines.add(new Deadline(due, held));
    }
  }
}
