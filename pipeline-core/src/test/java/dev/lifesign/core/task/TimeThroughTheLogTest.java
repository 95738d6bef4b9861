package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.TickGate;
import dev.lifesign.core.topology.PipelineDriver;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ticks, deadlines and policies in the real topology. */
class TimeThroughTheLogTest {

  private static final Instant START = Instant.parse("2024-03-01T10:00:00Z");
  private static final long LATENESS = 5_000;

  @TempDir Path stateDir;

  @Test
  void aSilentCustomerIsReportedAtTheExactInstantWithNoOtherEvent() {
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), stateDir)) {
      driver.send(purchase("e1", "c1", START), START.toEpochMilli());
      Instant risk = START.plus(Duration.ofDays(60));
      driver.statusChanges();

      driver.tick(risk.toEpochMilli() + LATENESS);
      assertThat(driver.statusChanges()).extracting(StatusChange::getTo).doesNotContain("AT_RISK");

      driver.tick(risk.toEpochMilli() + LATENESS + 1);
      List<StatusChange> changes = driver.statusChanges();
      assertThat(changes).hasSize(1);
      assertThat(changes.get(0).getTo()).isEqualTo("AT_RISK");
      assertThat(changes.get(0).getEffectiveAt()).isEqualTo(risk);
      assertThat(changes.get(0).getDetectedAt()).isEqualTo(risk.plusMillis(LATENESS + 1));
      assertThat(changes.get(0).getNextReview().getStatus()).isEqualTo("DORMANT");
    }
  }

  @Test
  void aLiveTaskTicksOnceASecondThroughTheLog() {
    try (PipelineDriver driver =
        new PipelineDriver(Presets.policy("retail"), stateDir, true, START)) {
      for (int second = 0; second < 10; second++) {
        driver.passTime(Duration.ofSeconds(1));
      }
      assertThat(driver.counts.caughtUpTo).isEqualTo(START.plusSeconds(10).toEpochMilli());
      assertThat(driver.counts.caughtUps).isEqualTo(10);
    }
  }

  @Test
  void afterAGapInItsTicksATaskIsQuietUntilProducersHaveSentWhatTheyHeldBack() {
    TickWriter ticks = new TickWriter(START.toEpochMilli(), 120_000, Optional.empty());
    long later = START.toEpochMilli() + 60_000;
    assertThat(ticks.isDue(later, LATENESS, true)).isFalse();
    for (int second = 1; second < 120; second++) {
      assertThat(ticks.isDue(later + second * 1_000L, LATENESS, true)).isFalse();
    }
    assertThat(ticks.isDue(later + 120_000, LATENESS, true)).isTrue();
    assertThat(ticks.isDue(later + 121_000, LATENESS, true)).isTrue();
  }

  @Test
  void restartsWithinTheQuietTimeDoNotBeginItAnew() {
    long lastTick = START.toEpochMilli();
    long now = lastTick + 60_000;
    Optional<TickWriter.Settling> kept = Optional.empty();
    int restarts = 0;
    boolean ticked = false;
    while (!ticked && restarts < 10) {
      TickWriter ticks = new TickWriter(lastTick, 120_000, kept);
      for (int second = 0; second < 50 && !ticked; second++) {
        ticked = ticks.isDue(now, LATENESS, true);
        kept = ticks.settling();
        now += 1_000;
      }
      now += 10_000;
      restarts++;
    }
    assertThat(ticked).isTrue();
    // 49 of 50 seconds count each time, and those for which the process was down do not.
    assertThat(restarts).isEqualTo(3);
  }

  @Test
  void anOutageLongerThanTheQuietTimeBeginsItAnew() {
    long lastTick = START.toEpochMilli();
    TickWriter before = new TickWriter(lastTick, 120_000, Optional.empty());
    long now = lastTick + 60_000;
    for (int second = 0; second < 100; second++) {
      assertThat(before.isDue(now + second * 1_000L, LATENESS, true)).isFalse();
    }
    long later = now + 99_000 + 120_001;
    TickWriter after = new TickWriter(lastTick, 120_000, before.settling());
    for (int second = 0; second < 120; second++) {
      assertThat(after.isDue(later + second * 1_000L, LATENESS, true)).isFalse();
    }
    assertThat(after.isDue(later + 120_000, LATENESS, true)).isTrue();
  }

  @Test
  void brokersThatAreAwayAgainBeginTheQuietTimeAnew() {
    TickWriter ticks = new TickWriter(START.toEpochMilli(), 120_000, Optional.empty());
    long now = START.toEpochMilli() + 60_000;
    assertThat(ticks.isDue(now, LATENESS, true)).isFalse();
    assertThat(ticks.isDue(now + 60_000, LATENESS, false)).isFalse();
    long back = now + 90_000;
    assertThat(ticks.isDue(back, LATENESS, true)).isFalse();
    assertThat(ticks.isDue(back + 119_000, LATENESS, true)).isFalse();
    assertThat(ticks.isDue(back + 120_000, LATENESS, true)).isTrue();
  }

  @Test
  void aQuietTimeThatWasOverIsNotGoneOnWith() {
    TickWriter.Settling over = new TickWriter.Settling(119_000, START.toEpochMilli() - 1_000);
    TickWriter ticks = new TickWriter(START.toEpochMilli(), 120_000, Optional.of(over));
    assertThat(ticks.isDue(START.toEpochMilli() + 1_000, LATENESS, true)).isTrue();
  }

  @Test
  void howMuchOfTheQuietTimeHasPassedIsKeptWithTheState() {
    Policy policy = Presets.policy("retail");
    try (PipelineDriver driver = new PipelineDriver(policy, stateDir, true, START)) {
      driver.passTime(Duration.ofSeconds(1));
      driver.passTime(Duration.ofSeconds(60));
      for (int second = 0; second < 29; second++) {
        driver.passTime(Duration.ofSeconds(1));
      }
      assertThat(driver.settling())
          .hasValueSatisfying(kept -> assertThat(kept.quiet()).isEqualTo(29_000));
    }
  }

  @Test
  void theGateIsAskedWithTheLatenessOfThePolicyInForce() {
    List<Long> asked = new ArrayList<>();
    TickGate gate =
        (partition, lateness) -> {
          asked.add(lateness);
          return true;
        };
    Policy first = PolicyReader.read(lateness(1, "P1D")).policy().orElseThrow();
    try (PipelineDriver driver = PipelineDriver.gated(first, stateDir, START, gate)) {
      driver.passTime(Duration.ofSeconds(1));
      driver.policy(2, START.toEpochMilli(), lateness(2, "PT5S"), START.toEpochMilli());
      driver.passTime(Duration.ofSeconds(1));
    }
    assertThat(asked)
        .containsExactly(Duration.ofDays(1).toMillis(), Duration.ofSeconds(5).toMillis());
  }

  @Test
  void aClosedGateHoldsTheTickBack() {
    TickWriter ticks = new TickWriter(START.toEpochMilli(), 120_000, Optional.empty());
    assertThat(ticks.isDue(START.toEpochMilli() + 1_000, LATENESS, false)).isFalse();
    assertThat(ticks.isDue(START.toEpochMilli() + 2_000, LATENESS, true)).isTrue();
  }

  @Test
  void aClockThatJumpsBackIsNoGap() {
    TickWriter ticks = new TickWriter(START.toEpochMilli(), 120_000, Optional.empty());
    assertThat(ticks.isDue(START.toEpochMilli() - 3_600_000, LATENESS, true)).isTrue();
  }

  @Test
  void aBoundedPartOfWhatIsDueIsDoneAtOnceAndTheRestGoesOnWithTime() {
    int customers = 2_000;
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), stateDir)) {
      for (int i = 0; i < customers; i++) {
        driver.send(purchase("e" + i, "c" + i, START), START.toEpochMilli());
      }
      driver.statusChanges();
      driver.tick(START.plus(Duration.ofDays(61)).toEpochMilli());
      assertThat(driver.counts.fired).isEqualTo(256);
      assertThat(driver.counts.caughtUps).isZero();
      for (int i = 0; i < 1_000 && driver.counts.caughtUps == 0; i++) {
        driver.passTime(Duration.ofMillis(20));
      }
      assertThat(driver.counts.caughtUps).isEqualTo(1);
      assertThat(driver.statusChanges().stream().filter(c -> c.getTo().equals("AT_RISK")))
          .hasSize(customers);
      driver.tick(START.plus(Duration.ofDays(61)).toEpochMilli() + 1);
      assertThat(driver.statusChanges()).isEmpty();
    }
  }

  @Test
  void aNewPolicyHoldsFromItsInstantAlsoForThoseWhoAreSilent() {
    Policy first = PolicyReader.read(policy(1, "P60D")).policy().orElseThrow();
    try (PipelineDriver driver = new PipelineDriver(first, stateDir)) {
      driver.policy(1, null, policy(1, "P60D"), START.toEpochMilli());
      for (int i = 0; i < 600; i++) {
        driver.send(purchase("e" + i, "c" + i, START), START.toEpochMilli());
      }
      driver.tick(START.plus(Duration.ofDays(19)).toEpochMilli());
      driver.workUpTo(START.plus(Duration.ofDays(19)).toEpochMilli());
      driver.statusChanges();
      Instant from = START.plus(Duration.ofDays(20));
      driver.policy(2, from.toEpochMilli(), policy(2, "P10D"), from.toEpochMilli());
      driver.tick(from.toEpochMilli() + LATENESS);
      assertThat(driver.statusChanges()).isEmpty();

      driver.tick(from.toEpochMilli() + LATENESS + 1);
      driver.workUpTo(from.toEpochMilli() + LATENESS + 1);
      List<StatusChange> changes = driver.statusChanges();
      assertThat(changes).hasSize(600);
      assertThat(changes)
          .allSatisfy(
              change -> {
                assertThat(change.getTo()).isEqualTo("AT_RISK");
                assertThat(change.getEffectiveAt()).isEqualTo(from);
                assertThat(change.getPolicyVersion()).isEqualTo(2);
              });
    }
  }

  @Test
  void anEventThatALaterOneOvertookIsCounted() {
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), stateDir)) {
      driver.send(purchase("e1", "c1", START), START.toEpochMilli() + 10);
      driver.send(purchase("e2", "c2", START), START.toEpochMilli() + 10);
      assertThat(driver.counts.overtakenByEvent).isZero();
      driver.send(purchase("e3", "c1", START), START.toEpochMilli() + 9);
      assertThat(driver.counts.overtakenByEvent).isEqualTo(1);
    }
  }

  @Test
  void anOvertakenEventIsCounted() {
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), stateDir)) {
      driver.tick(START.toEpochMilli() + LATENESS + 1);
      driver.send(purchase("e1", "c1", START), START.toEpochMilli());
      driver.send(purchase("e2", "c1", START), START.toEpochMilli() + 1);
      assertThat(driver.counts.overtaken).isEqualTo(1);
    }
  }

  private static String lateness(int version, String lateness) {
    return "version: " + version + "\nlateness: " + lateness + "\n";
  }

  private static String policy(int version, String fixed) {
    return "version: "
        + version
        + "\nlifecycle: { newFor: P1D, risk: { method: fixed, fixed: "
        + fixed
        + " } }\n";
  }

  private static Purchase purchase(String id, String customer, Instant at) {
    return new Purchase(
        id, customer, at.toEpochMilli(), Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }
}
