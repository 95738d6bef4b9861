package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.history.Arrival;
import dev.lifesign.core.history.Histories;
import dev.lifesign.core.history.RandomPolicies;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.PolicyInForce;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.scoring.CutHistory;
import dev.lifesign.core.scoring.Population;
import dev.lifesign.core.scoring.PopulationMember;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Playing a customer after another tells what playing an event after another tells. */
class DirectCustomersTest {

  private static final int CUSTOMERS = 12;

  @Test
  void eachCustomerIsToldWhatItIsToldInTheOrderOfArrival() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      compare(
          seed,
          1 + random.nextInt(60),
          1 + random.nextInt(2_000),
          random.nextBoolean(),
          random.nextBoolean());
    }
  }

  private static void compare(
      int seed, int atOnce, int tickHours, boolean byPopulation, boolean changing) {
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      all.addAll(Histories.of(seed + (long) i, "c" + i, 25));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    all.removeIf(each -> Acceptance.check(each.event(), each.arrivedAt()).isPresent());
    Policies policies = policies(seed, byPopulation, changing, all);

    Map<String, List<Outcome>> told = new TreeMap<>();
    List<CutHistory.InForce> taken = new ArrayList<>();
    DirectCustomers customers =
        new DirectCustomers(policies, outcome -> keep(told, outcome), taken::add, atOnce);
    InTheOrderOfArrival reference = new InTheOrderOfArrival(policies);
    long every = Duration.ofHours(tickHours).toMillis();
    long tick = Histories.START;
    for (Arrival each : all) {
      while (tick < each.arrivedAt()) {
        customers.tick(tick);
        reference.tick(tick);
        tick += every;
      }
      customers.hear(each.event(), each.arrivedAt());
      reference.hear(each.event(), each.arrivedAt());
    }
    customers.tick(tick + Duration.ofDays(400).toMillis());
    reference.tick(tick + Duration.ofDays(400).toMillis());

    assertThat(customers.all())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(reference.customers.values());
    assertThat(told).as("seed %d", seed).isEqualTo(reference.told);
    assertThat(taken).as("seed %d", seed).isEqualTo(reference.taken);
  }

  @Test
  void whatWaitsIsToldWhenItIsAskedFor() {
    Map<String, List<Outcome>> told = new TreeMap<>();
    DirectCustomers customers =
        new DirectCustomers(
            Policies.of(RandomPolicies.of(1)), outcome -> keep(told, outcome), cuts -> {}, 1_000);
    Arrival first = Histories.of(1, "c", 1).get(0);
    customers.hear(first.event(), first.arrivedAt());
    assertThat(told).isEmpty();
    customers.play();
    assertThat(told.get("c")).hasSize(1);
    customers.play();
    assertThat(told.get("c")).hasSize(1);
  }

  private static Policies policies(
      int seed, boolean byPopulation, boolean changing, List<Arrival> all) {
    Policies first = Policies.of(RandomPolicies.of(seed));
    if (byPopulation) {
      String yaml =
          RandomPolicies.yaml(seed, 1)
              .replaceAll("cuts: \\{.*}", "cuts: population\n  cutsEvery: PT24H");
      first = Policies.of(PolicyReader.read(yaml).policy().orElseThrow());
    }
    if (!changing) {
      return first;
    }
    // Of another lateness, most often.
    String yaml = RandomPolicies.yaml(seed + 1L, 2);
    return first.with(
        new PolicyInForce(
            all.get(all.size() / 2).arrivedAt(), PolicyReader.read(yaml).policy().orElseThrow()));
  }

  private static void keep(Map<String, List<Outcome>> told, Outcome outcome) {
    told.computeIfAbsent(outcome.customer().id(), id -> new ArrayList<>()).add(outcome);
  }

  /** The slow, obvious one. */
  private static final class InTheOrderOfArrival {

    private final Policies policies;
    private final Map<String, Customer> customers = new HashMap<>();
    private final Map<String, Long> dues = new HashMap<>();
    private final Map<String, List<Outcome>> told = new TreeMap<>();
    private final List<CutHistory.InForce> taken = new ArrayList<>();
    private CutHistory cuts = CutHistory.NONE;
    private long lastTaken = Instants.NEVER;
    private Timeline timeline;

    InTheOrderOfArrival(Policies policies) {
      this.policies = policies;
      this.timeline = new Timeline(policies);
    }

    void hear(Event event, long at) {
      Optional<Customer> known = Optional.ofNullable(customers.get(event.customerId()));
      take(timeline.apply(known, Acceptance.settle(event, at), at));
    }

    void tick(long at) {
      long bound = timeline.horizon(at);
      Optional<String> next = first();
      while (next.isPresent() && dues.get(next.get()) < bound) {
        long due = dues.remove(next.get());
        take(timeline.advance(customers.get(next.get()), due + 1, at));
        next = first();
      }
      policies.at(at).rfm().cutsEvery().ifPresent(every -> takeCuts(at, every));
    }

    private Optional<String> first() {
      return dues.keySet().stream()
          .min(Comparator.<String>comparingLong(dues::get).thenComparing(id -> id));
    }

    private void takeCuts(long at, long every) {
      long asOf = CutHistory.lastTaken(at, every);
      if (asOf > lastTaken) {
        lastTaken = asOf;
        population(at)
            .cuts(asOf)
            .ifPresent(
                next -> {
                  taken.add(new CutHistory.InForce(at, next));
                  cuts = cuts.with(new CutHistory.InForce(at, next));
                  timeline = new Timeline(policies, cuts);
                });
      }
    }

    /** Counted anew each time. */
    private Population population(long at) {
      Population population = new Population();
      for (Customer each : customers.values()) {
        population.replace(
            Optional.empty(), PopulationMember.of(each, timeline.policyOf(each).rfm()));
      }
      population.coarsen(at);
      return population;
    }

    private void take(Outcome outcome) {
      Customer customer = outcome.customer();
      customers.put(customer.id(), customer);
      keep(told, outcome);
      long due = timeline.nextTouch(customer);
      if (due != Instants.FOREVER) {
        dues.merge(customer.id(), due, Math::min);
      }
    }
  }
}
