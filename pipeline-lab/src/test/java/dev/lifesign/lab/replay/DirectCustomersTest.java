package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replaying customer by customer decides the same as replaying event by event. */
class DirectCustomersTest {

  private static final int CUSTOMERS = 12;

  private static final String CASES =
      """
      cases:
        - id: status
          due: 1
          ladder:
            - { id: low, when: { status: { in: [AT_RISK] } } }
            - { id: high, when: { status: { in: [DORMANT, CHURNED] } } }
        - { id: support, on: { match: "event.family == 'support'" } }
        - id: score
          ladder: [{ id: scored, when: { silence: { of: PURCHASE, for: P3D } }, filter: "customer.r > 2" }]
      """;

  private int alerts;
  private int answers;

  @Test
  void decisionsPerCustomerAreThoseInOrderOfArrival() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      compare(
          seed,
          1 + random.nextInt(60),
          1 + random.nextInt(2_000),
          random.nextBoolean(),
          random.nextBoolean());
    }
    assertThat(alerts).isGreaterThan(5_000);
    assertThat(answers).isGreaterThan(5_000);
  }

  private void compare(int seed, int least, int tickHours, boolean byPopulation, boolean changing) {
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      all.addAll(Histories.of(seed + (long) i, "c" + i, 25));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    all.removeIf(each -> Acceptance.check(each.event(), each.arrivedAt()).isPresent());
    Policies policies = policies(seed, byPopulation, changing, all);

    Map<String, List<Decision>> decisions = new TreeMap<>();
    List<CutHistory.InForce> taken = new ArrayList<>();
    List<CommandResult> answered = new ArrayList<>();
    int[] dropped = new int[1];
    DirectCustomers customers =
        new DirectCustomers(
            policies, decision -> keep(decisions, decision), taken::add, () -> dropped[0]++, least);
    Random random = new Random(seed);
    InTheOrderOfArrival reference = new InTheOrderOfArrival(policies);
    long every = Duration.ofHours(tickHours).toMillis();
    long tick = Histories.START;
    for (Arrival each : all) {
      while (tick < each.arrivedAt()) {
        customers.tick(tick);
        reference.tick(tick);
        tick += every;
      }
      customers.accept(each.event(), each.arrivedAt());
      reference.accept(each.event(), each.arrivedAt());
      if (random.nextInt(4) == 0) {
        Command command = command(random, reference);
        answered.add(customers.obey(command, each.arrivedAt()));
        reference.obey(command, each.arrivedAt());
      }
    }
    customers.tick(tick + Duration.ofDays(400).toMillis());
    reference.tick(tick + Duration.ofDays(400).toMillis());

    assertThat(customers.all())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(reference.customers.values());
    assertThat(decisions).as("seed %d", seed).isEqualTo(reference.decisions);
    assertThat(taken).as("seed %d", seed).isEqualTo(reference.taken);
    assertThat(answered).as("seed %d", seed).isEqualTo(reference.answers);
    assertThat(dropped[0]).as("seed %d", seed).isEqualTo(reference.dropped);
    alerts +=
        decisions.values().stream()
            .flatMap(List::stream)
            .mapToInt(one -> one.alerts().size())
            .sum();
    answers += (int) answered.stream().filter(CommandResult::accepted).count();
  }

  /** A command on one of a customer's alerts, if it has any; some erase the customer. */
  private static Command command(Random random, InTheOrderOfArrival reference) {
    String id = "c" + random.nextInt(CUSTOMERS);
    List<String> alerts =
        reference.decisions.getOrDefault(id, List.of()).stream()
            .flatMap(decision -> decision.alerts().stream())
            .map(AlertFact::alertId)
            .toList();
    Command.Order order =
        random.nextInt(100) == 0
            ? new Command.Erase()
            : new Command.OnAlert(
                alerts.isEmpty() ? "none" : alerts.get(alerts.size() - 1),
                OptionalInt.empty(),
                random.nextBoolean()
                    ? new Command.Acknowledge()
                    : new Command.Resolve(Outcome.OTHER));
    return new Command("k" + random.nextInt(50), id, "ann", order);
  }

  @Test
  void queuedEventsAreDecidedOnRequest() {
    Map<String, List<Decision>> decisions = new TreeMap<>();
    DirectCustomers customers =
        new DirectCustomers(
            Policies.of(RandomPolicies.of(1)),
            decision -> keep(decisions, decision),
            cuts -> {},
            () -> {},
            1_000);
    Arrival first = Histories.of(1, "c", 1).get(0);
    customers.accept(first.event(), first.arrivedAt());
    assertThat(decisions).isEmpty();
    customers.play();
    assertThat(decisions.get("c")).hasSize(1);
    customers.play();
    assertThat(decisions.get("c")).hasSize(1);
  }

  private static Policies policies(
      int seed, boolean byPopulation, boolean changing, List<Arrival> all) {
    String begin = RandomPolicies.yaml(seed, 1);
    if (byPopulation) {
      begin = begin.replaceAll("cuts: \\{.*}", "cuts: population\n  cutsEvery: PT24H");
    }
    Policies first = Policies.of(PolicyReader.read(begin + CASES).policy().orElseThrow());
    if (!changing) {
      return first;
    }
    // Mostly with another lateness; always in the same zone, as a running pipeline demands.
    String yaml = RandomPolicies.yaml(seed + 1L, 2, RandomPolicies.zone(seed));
    return first.with(
        new PolicyInForce(
            all.get(all.size() / 2).arrivedAt(),
            PolicyReader.read(yaml + CASES).policy().orElseThrow()));
  }

  private static void keep(Map<String, List<Decision>> decisions, Decision decision) {
    decisions.computeIfAbsent(decision.customer().id(), id -> new ArrayList<>()).add(decision);
  }

  /** The slow, obvious implementation. */
  private static final class InTheOrderOfArrival {

    private final Policies policies;
    private final Map<String, Customer> customers = new HashMap<>();
    private final Map<String, Long> dues = new HashMap<>();
    private final Map<String, List<Decision>> decisions = new TreeMap<>();
    private final List<CutHistory.InForce> taken = new ArrayList<>();
    private final Map<String, Long> erasedAt = new HashMap<>();
    private final Map<String, String> erasedBy = new HashMap<>();
    private final List<CommandResult> answers = new ArrayList<>();
    private int dropped;
    private CutHistory cuts = CutHistory.NONE;
    private long lastTaken = Instants.NEVER;
    private Timeline timeline;

    InTheOrderOfArrival(Policies policies) {
      this.policies = policies;
      this.timeline = new Timeline(policies);
    }

    void accept(Event event, long at) {
      if (at
          < Instants.plus(
              erasedAt.getOrDefault(event.customerId(), Instants.NEVER), 30 * Instants.DAY)) {
        dropped++;
        return;
      }
      Optional<Customer> known = Optional.ofNullable(customers.get(event.customerId()));
      record(timeline.apply(known, Acceptance.settle(event, at), at));
    }

    void obey(Command command, long at) {
      Customer customer = customers.get(command.customerId());
      if (customer == null) {
        boolean repeated =
            command.commandId().equals(erasedBy.getOrDefault(command.customerId(), ""));
        answers.add(
            repeated
                ? new CommandResult(command, Refusal.NONE, 0)
                : CommandResult.unknownCustomer(command));
        return;
      }
      Decision decision = timeline.apply(customer, command, at);
      answers.add(decision.command().orElseThrow().result());
      record(decision);
      if (decision.command().orElseThrow().erased()) {
        customers.remove(customer.id());
        dues.remove(customer.id());
        erasedAt.put(customer.id(), at);
        erasedBy.put(customer.id(), command.commandId());
      }
    }

    void tick(long at) {
      long bound = timeline.horizon(at);
      Optional<String> next = first();
      while (next.isPresent() && dues.get(next.get()) < bound) {
        long due = dues.remove(next.get());
        record(timeline.advance(customers.get(next.get()), due + 1, at));
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

    /** Counted from scratch each time. */
    private Population population(long at) {
      Population population = new Population();
      for (Customer each : customers.values()) {
        population.replace(Optional.empty(), PopulationMember.of(each, timeline.policyOf(each)));
      }
      population.coarsen(at);
      return population;
    }

    private void record(Decision decision) {
      Customer customer = decision.customer();
      customers.put(customer.id(), customer);
      keep(decisions, decision);
      long due = timeline.nextTouch(customer);
      if (due != Instants.FOREVER) {
        dues.merge(customer.id(), due, Math::min);
      }
    }
  }
}
