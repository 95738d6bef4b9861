package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.Names;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.PopulationCuts;
import dev.lifesign.schema.SegmentChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cut points as the topology takes them, beside a sorted list of everybody. */
class PopulationThroughTopologyTest {

  private static final long START = Instant.parse("2024-03-01T00:30:00Z").toEpochMilli();
  private static final int CUSTOMERS = 150;
  private static final Policy POLICY =
      PolicyReader.read("version: 1\nrfm: { cuts: population, window: P10D }")
          .policy()
          .orElseThrow();

  @TempDir Path dir;

  private final Timeline timeline = new Timeline(Policies.of(POLICY));
  private final Map<String, Customer> customers = new HashMap<>();

  @Test
  void cutPointsAreThoseOfTheCustomersInTheWindowAtThatHour() {
    Random random = new Random(5);
    int checked = 0;
    try (PipelineDriver driver = PipelineDriver.takingCuts(POLICY, dir)) {
      for (int hour = 0; hour < 40 * 24; hour++) {
        long now = START + hour * Instants.HOUR;
        if (hour < 25 * 24) {
          for (int i = random.nextInt(4); i > 0; i--) {
            Event event = event(random, "e" + hour + "-" + i, now + i);
            driver.send(event, now + i);
            hear(event, now + i);
          }
        }
        long tick = now + Instants.HOUR / 2;
        driver.tick(tick);
        driver.workUpTo(tick);
        List<PopulationMember> members = membersBefore(timeline.horizon(tick));
        for (PopulationCuts cuts : driver.cuts()) {
          assertThat(cuts.getAsOf().toEpochMilli()).isEqualTo(tick);
          assertThat(cuts.getCustomers()).isEqualTo(members.size());
          assertNear(cuts.getOrders().getAt(), members, PopulationMember::orders, 0);
          assertNear(cuts.getMoney().getAt(), members, PopulationMember::net, 0);
          assertNear(cuts.getRecency().getAt(), members, PopulationMember::lastTransaction, tick);
          checked++;
        }
      }
      // Ten days after the last order nobody is in the window, and nothing is told any more.
      assertThat(checked).isBetween(34 * 24, 35 * 24 + 1);
      assertThat(membersBefore(Instants.FOREVER)).isEmpty();
      List<CustomerProfile> profiles = driver.profiles();
      assertThat(profiles)
          .anySatisfy(profile -> assertThat(profile.getMonetaryScore()).isEqualTo(5));
      assertThat(profiles.get(profiles.size() - 1).getMonetaryScore()).isNull();
      assertThat(driver.segmentChanges())
          .extracting(SegmentChange::getTo)
          .contains("Champions", "Hibernating", "");
      assertThat(driver.counts.overtaken).isZero();
      // One that is deleted would make every other record dearer to send.
      assertThat(driver.changelog(Names.POPULATION)).isNotEmpty().doesNotContainNull();
      assertThat(driver.changelog(Names.CONTROL_STATE)).isNotEmpty().doesNotContainNull();
    }
  }

  @Test
  void aPolicyThatWantsThePopulationCountsThoseWhoAreAsTheyWere() {
    Policy before =
        PolicyReader.read("version: 1\nrfm: { cuts: none, window: P10D }").policy().orElseThrow();
    try (PipelineDriver driver = PipelineDriver.takingCuts(before, dir)) {
      Random random = new Random(7);
      for (int i = 0; i < 20; i++) {
        driver.send(event(random, "e" + i, START + i), START + i);
      }
      long from = START + Instants.HOUR;
      driver.tick(from);
      driver.workUpTo(from);
      assertThat(driver.cuts()).isEmpty();
      driver.policy(2, from, "version: 2\nrfm: { cuts: population, window: P10D }", from);
      long tick = from + 2 * Instants.HOUR;
      driver.tick(tick);
      driver.workUpTo(tick);
      List<PopulationCuts> cuts = driver.cuts();
      assertThat(cuts).hasSize(1);
      assertThat(cuts.get(0).getCustomers()).isBetween(10L, 20L);
    }
  }

  private static Event event(Random random, String id, long at) {
    String customer = "c" + (int) (CUSTOMERS * Math.pow(random.nextDouble(), 2));
    boolean refund = random.nextInt(10) == 0;
    return new Purchase(
        id,
        customer,
        at,
        refund ? Purchase.Action.REFUND : Purchase.Action.PURCHASE,
        "o",
        random.nextInt(5) == 0 ? 0 : (long) Math.exp(6 + random.nextGaussian()),
        "USD",
        List.of(),
        "WEB");
  }

  private void hear(Event event, long at) {
    customers.put(
        event.customerId(),
        timeline
            .apply(Optional.ofNullable(customers.get(event.customerId())), event, at)
            .customer());
  }

  private List<PopulationMember> membersBefore(long horizon) {
    List<PopulationMember> members = new ArrayList<>();
    for (Customer customer : customers.values()) {
      Customer now =
          timeline.advance(customer, Math.min(horizon, START + 100 * Instants.DAY), 0).customer();
      PopulationMember.of(now, POLICY, now.clock()).ifPresent(members::add);
    }
    return members;
  }

  private static void assertNear(
      List<Long> cuts,
      List<PopulationMember> members,
      ToLongFunction<PopulationMember> value,
      long zero) {
    long[] sorted = members.stream().mapToLong(value).sorted().toArray();
    for (int i = 0; i < 4; i++) {
      long exact = sorted[(int) Math.ceil(sorted.length * (i + 1) / 5.0) - 1];
      double whole = zero == 0 ? Math.abs(exact) : Math.max(6_000_000, zero - exact);
      assertThat((double) cuts.get(i)).isBetween((double) exact, exact + whole / 100);
    }
  }
}
