package dev.lifesign.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFM scores with fixed cut points. */
class FixedCutsTest {

  private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final Policy POLICY = policy("UTC");

  private static Policy policy(String zone) {
    return PolicyReader.read(
            """
            version: 1
            calendar: { zone: %s }
            rfm:
              cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [2000, 5000, 15000, 50000] }
            """
                .formatted(zone))
        .policy()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5",
    "604800000, 5",
    "604800001, 4",
    "2592000000, 4",
    "2592000001, 3",
    "7776000001, 2",
    "15552000000, 2",
    "15552000001, 1"
  })
  void recencyIsFiveMinusTheCutPointsBelowTheDaysSinceTheLastTransaction(long since, int score) {
    assertThat(score(bought(1, 100), START + since).recency()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "5, 4", "8, 4", "9, 5"})
  void frequencyIsOnePlusTheCutPointsBelowTheOrders(int orders, int score) {
    assertThat(score(bought(orders, 1), START).frequency()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2000, 1", "2001, 2", "5001, 3", "15000, 3", "15001, 4", "50001, 5"})
  void moneyIsOnePlusTheCutPointsBelowTheNetMoney(long money, int score) {
    assertThat(score(bought(1, money), START).monetary()).isEqualTo(score);
  }

  @Test
  void withoutATransactionInTheWindowThereIsNoScore() {
    Customer customer = bought(1, 100);
    assertThat(FixedCuts.score(customer, POLICY, START + 365 * Instants.DAY - 1)).isPresent();
    assertThat(FixedCuts.score(customer, POLICY, START + 365 * Instants.DAY)).isEmpty();
  }

  @Test
  void everyPairOfScoresHasASegmentInTheDefaultTable() {
    List<Policy.SegmentRule> table = Presets.policy("retail").rfm().segments();
    assertThat(segment(table, 5, 4)).isEqualTo("Champions");
    assertThat(segment(table, 4, 4)).isEqualTo("Loyalists");
    assertThat(segment(table, 5, 1)).isEqualTo("Newcomers");
    assertThat(segment(table, 3, 3)).isEqualTo("Needing attention");
    assertThat(segment(table, 1, 5)).isEqualTo("Can't lose");
    assertThat(segment(table, 2, 2)).isEqualTo("Hibernating");
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        assertThat(segment(table, r, f)).as("%d,%d", r, f).isNotEmpty();
      }
    }
  }

  @Property(tries = 500)
  void scoresChangeAtEveryPredictedInstantAndAtNoOther(@ForAll long seed) {
    Policy policy = policy(RandomPolicies.zone(seed));
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> grown = Optional.empty();
    for (Arrival arrival : Histories.in(policy.calendar().zone(), seed, "c", 40)) {
      var event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      grown = Optional.of(timeline.apply(grown, event, arrival.arrivedAt()).customer());
    }
    Customer customer = grown.orElseThrow();
    long at = customer.clock();
    for (int i = 0; i < 50 && at != Instants.FOREVER; i++) {
      long next = FixedCuts.nextChange(customer, policy, at);
      Optional<RfmScore> now = FixedCuts.score(customer, policy, at);
      if (next == Instants.FOREVER) {
        assertThat(FixedCuts.score(customer, policy, at + 1_000 * Instants.DAY)).isEqualTo(now);
        break;
      }
      for (long between = at; between < next; between += (next - at) / 7 + 1) {
        assertThat(FixedCuts.score(customer, policy, between)).isEqualTo(now);
      }
      assertThat(FixedCuts.score(customer, policy, next - 1)).isEqualTo(now);
      assertThat(FixedCuts.score(customer, policy, next)).isNotEqualTo(now);
      at = next;
    }
  }

  private static String segment(List<Policy.SegmentRule> table, int r, int f) {
    return table.stream()
        .filter(rule -> rule.recency().contains(r) && rule.frequency().contains(f))
        .findFirst()
        .map(Policy.SegmentRule::name)
        .orElse("");
  }

  private static RfmScore score(Customer customer, long at) {
    return FixedCuts.score(customer, POLICY, at).orElseThrow();
  }

  private static Customer bought(int orders, long money) {
    Timeline timeline = new Timeline(Policies.of(POLICY));
    Optional<Customer> customer = Optional.empty();
    for (int i = 0; i < orders; i++) {
      var purchase =
          new Purchase(
              "e" + i, "c", START, Purchase.Action.PURCHASE, "", money, "USD", List.of(), "");
      customer = Optional.of(timeline.apply(customer, purchase, START + i).customer());
    }
    return customer.orElseThrow();
  }
}
