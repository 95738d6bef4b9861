package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.history.Reference;
import dev.lifesign.domain.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topology tells what the reference says, of many customers in one run. */
class SameThroughTopologyTest {

  private static final int CUSTOMERS = 150;

  @TempDir Path stateDir;

  private static List<Arrival> history(Policy policy, long seed, String customer) {
    return Histories.in(policy.calendar().zone(), seed, customer, 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void manyCustomersInOneRun(long seed) {
    Policy policy = RandomPolicies.of(seed);
    List<Arrival> all = new ArrayList<>();
    Map<String, List<Reference.Row>> expected = new HashMap<>();
    long until = Histories.START;
    for (int i = 0; i < CUSTOMERS; i++) {
      List<Arrival> history = history(policy, seed * 1_000 + i, "c" + i);
      all.addAll(history);
      until = Math.max(until, history.get(history.size() - 1).arrivedAt());
    }
    until += Duration.ofDays(200).toMillis();
    for (int i = 0; i < CUSTOMERS; i++) {
      Reference reference = new Reference(policy);
      history(policy, seed * 1_000 + i, "c" + i)
          .forEach(arrival -> reference.accept(arrival.event(), arrival.arrivedAt()));
      reference.advance(until + 1, until);
      expected.put("c" + i, reference.rows());
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));

    try (PipelineDriver driver = new PipelineDriver(policy, stateDir)) {
      long lastTick = 0;
      for (Arrival arrival : all) {
        if (arrival.arrivedAt() - lastTick > Duration.ofHours(9).toMillis()) {
          lastTick = arrival.arrivedAt();
          driver.tick(lastTick);
        }
        driver.send(arrival.event(), arrival.arrivedAt());
      }
      driver.tick(until + policy.lateness() + 1);
      assertThat(PipelineDriver.rows(driver.statusChanges())).isEqualTo(expected);
      assertThat(driver.counts.overtaken).isZero();
      assertThat(driver.deadLetters()).isEmpty();
    }
  }
}
