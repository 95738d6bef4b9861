package dev.lifesign.app.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.PopulationCuts;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline as a user runs it, with live ticks and topics stamped by the broker. */
class LivePipelineTest {

  private static final Duration RISK = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      lifecycle:
        newFor: PT1S
        risk: { fixed: %s }
        dormantAfter: P1D
        churnAfter: P2D
      """
          .formatted(RISK);

  @TempDir Path dir;

  /** Observes the pipeline of a test. */
  private static final class Seen implements PipelineObserver {
    final AtomicInteger events = new AtomicInteger();
    final AtomicInteger overtaken = new AtomicInteger();
    final AtomicLong worst = new AtomicLong();
    final AtomicLong lastTick = new AtomicLong();

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      events.incrementAndGet();
    }

    @Override
    public void overtakenByTick(long millis) {
      overtaken.incrementAndGet();
      worst.accumulateAndGet(millis, Math::max);
    }

    @Override
    public void caughtUp(int partition, long tick) {
      lastTick.set(tick);
    }
  }

  @Test
  void anOutageReportsNobodyWhoHasAnEventInTheBacklog() {
    int customers = 10_000;
    try (Sandbox sandbox = new Sandbox(dir, 4, POLICY, Map.of())) {
      Instant lastBacklog;
      Duration longestGap;
      try (LivePipeline before =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        before.runner().awaitRunning();
        Instant first = everybodyBuys(sandbox, customers);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).size()
                        >= customers);
        lastBacklog = everybodyBuys(sandbox, customers);
        longestGap = Duration.between(first, Instant.now());
      }
      Instant outage = Instant.now();
      while (Duration.between(outage, Instant.now()).compareTo(RISK.multipliedBy(2)) < 0) {
        Instant before = lastBacklog;
        lastBacklog = everybodyBuys(sandbox, customers);
        Duration gap = Duration.between(before, Instant.now());
        longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
        Instant next = lastBacklog.plusMillis(RISK.toMillis() / 4);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(next));
      }
      assumeTrue(
          longestGap.compareTo(RISK.minusSeconds(1)) < 0,
          "skipped: the machine stalled for " + longestGap + ", so customers did fall silent");
      Seen seen = new Seen();
      Instant backlogEnd = lastBacklog;
      try (LivePipeline after = LivePipeline.start(sandbox.settings, Optional.empty(), seen)) {
        after.runner().awaitRunning();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> atRisk(sandbox).size() >= customers);
      }
      assertThat(atRisk(sandbox))
          .hasSize(customers)
          .allSatisfy(
              change ->
                  assertThat(change.getEffectiveAt())
                      .isBetween(
                          backlogEnd.plus(RISK).minusSeconds(2),
                          backlogEnd.plus(RISK).plusMillis(1)));
      assertThat(seen.overtaken).hasValue(0);
    }
  }

  private static List<StatusChange> atRisk(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .filter(change -> change.getTo().equals("AT_RISK"))
        .toList();
  }

  @Test
  void aLiveBurstIsNotOvertakenByTicks() {
    int events = 300_000;
    String maxPollRecords = System.getProperty("lifesign.test.maxPollRecords", "1000000");
    Map<String, String> oneThread =
        Map.of("num.stream.threads", "1", "main.consumer.max.poll.records", maxPollRecords);
    try (Sandbox sandbox = new Sandbox(dir, 12, POLICY, oneThread)) {
      Seen seen = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), seen)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> seen.lastTick.get() > 0);
        for (int i = 0; i < events; i++) {
          sandbox.send(purchase("c" + i % 30_000, "e" + i, Instant.now()));
        }
        sandbox.producer.flush();
        await().atMost(Duration.ofMinutes(15)).until(() -> seen.events.get() == events);
      }
      System.out.printf(
          "live burst: %,d events, %,d overtaken, worst by %,d ms%n",
          events, seen.overtaken.get(), seen.worst.get());
      assertThat(seen.overtaken).hasValue(0);
    }
  }

  @Test
  void anUpstreamTransactionOpenForAMinuteReportsNobodyFalsely() {
    Duration open = Duration.ofMinutes(1);
    try (Sandbox sandbox = new Sandbox(dir, 2, POLICY, Map.of())) {
      Seen seen = new Seen();
      String held = customerIn(0);
      String other = customerIn(1);
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), seen);
          KafkaProducer<byte[], byte[]> upstream =
              sandbox.connections.producer(
                  Map.of("transactional.id", "upstream", "transaction.timeout.ms", 120_000))) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> seen.lastTick.get() > 0);
        // The transaction has to be open before the first purchase can count as silence.
        upstream.initTransactions();
        upstream.beginTransaction();
        sandbox.send(purchase(held, "e1", Instant.now()));
        sandbox.send(purchase(other, "e1", Instant.now()));
        sandbox.producer.flush();
        Instant begun = Instant.now();
        upstream.send(sandbox.record(purchase(held, "e2", begun)));
        upstream.flush();
        await().atMost(PATIENCE).until(() -> pipeline.hidden().waited(0).toNanos() > 0);
        await().atMost(PATIENCE).until(() -> silent(sandbox).equals(List.of(other)));
        await().atMost(open.plus(PATIENCE)).until(() -> Instant.now().isAfter(begun.plus(open)));
        assertThat(silent(sandbox)).containsExactly(other);
        upstream.commitTransaction();
        await().atMost(PATIENCE).until(() -> silent(sandbox).equals(List.of(other, held)));
        assertThat(atRisk(sandbox).get(1).getEffectiveAt())
            .isEqualTo(begun.truncatedTo(ChronoUnit.MILLIS).plus(RISK));
        assertThat(seen.overtaken).hasValue(0);
      }
    }
  }

  @Test
  void cutPointsOfAllPartitionsReachEveryPartition() {
    int customers = 1_000;
    String policy = POLICY + "rfm: { cuts: population, cutsEvery: PT1M }\n";
    try (Sandbox sandbox = new Sandbox(dir, 4, policy, Map.of())) {
      Instant now = Instant.now();
      for (int i = 0; i < customers; i++) {
        sandbox.send(
            new Purchase(
                "e",
                "c" + i,
                now.toEpochMilli(),
                Purchase.Action.PURCHASE,
                "o",
                i,
                "USD",
                List.of(),
                ""));
      }
      sandbox.producer.flush();
      Seen seen = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), seen)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> cuts(sandbox).size() >= 4);
        sandbox.send(purchase("c999", "e2", Instant.now()));
        sandbox.producer.flush();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    sandbox.read(Topics.STANDARD.customerProfiles(), CustomerProfile.class).stream()
                        .anyMatch(profile -> profile.getMonetaryScore() != null));
      }
      // If a minute ends meanwhile, the cut points of the next one exist too.
      List<PopulationCuts> cuts = cuts(sandbox);
      Instant first = cuts.stream().map(PopulationCuts::getAsOf).min(Instant::compareTo).get();
      List<PopulationCuts> all =
          cuts.stream().filter(each -> each.getAsOf().equals(first)).toList();
      assertThat(all).hasSize(4);
      assertThat(all.stream().distinct()).hasSize(1);
      assertThat(all.get(0).getCustomers()).isEqualTo(customers);
      // The exact values are 199, 399, 599 and 799; a bucket ends at most 1 % above.
      assertThat(all.get(0).getMoney().getAt()).containsExactly(199L, 399L, 599L, 799L);
    }
  }

  @Test
  void aChangeIsReadableLongBeforeTheCommitIntervalIsOver() {
    Map<String, String> tenMinutes =
        Map.of("commit.interval.ms", "600000", "producer.transaction.timeout.ms", "700000");
    try (Sandbox sandbox = new Sandbox(dir, 2, POLICY, tenMinutes);
        LivePipeline pipeline =
            LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
      pipeline.runner().awaitRunning();
      sandbox.send(purchase("c1", "e1", Instant.now()));
      sandbox.producer.flush();
      await()
          .atMost(PATIENCE)
          .until(
              () -> !sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).isEmpty());
    }
  }

  private static List<PopulationCuts> cuts(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.control(), ControlRecord.class).stream()
        .map(ControlRecord::getBody)
        .filter(PopulationCuts.class::isInstance)
        .map(PopulationCuts.class::cast)
        .toList();
  }

  private static List<String> silent(Sandbox sandbox) {
    return atRisk(sandbox).stream()
        .sorted(Comparator.comparing(StatusChange::getEffectiveAt))
        .map(StatusChange::getCustomerId)
        .toList();
  }

  private static String customerIn(int partition) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "c" + i)
        .filter(id -> Utils.toPositive(Utils.murmur2(id.getBytes(UTF_8))) % 2 == partition)
        .findFirst()
        .orElseThrow();
  }

  private static Instant everybodyBuys(Sandbox sandbox, int customers) {
    Instant now = Instant.now();
    for (int i = 0; i < customers; i++) {
      sandbox.send(purchase("c" + i, "e" + i + "-" + now.toEpochMilli(), now));
    }
    sandbox.producer.flush();
    return now;
  }

  private static Event purchase(String customer, String id, Instant at) {
    return new Purchase(
        id, customer, at.toEpochMilli(), Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }
}
