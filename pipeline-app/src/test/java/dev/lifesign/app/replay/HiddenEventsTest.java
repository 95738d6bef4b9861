package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.cli.Main;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.replay.ReplayFiles;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Open transactions hide purchases, while contacts of the same customers arrive in the same
 * partition and ticks continue: a live pipeline publishes the same as a replay of the topics.
 */
class HiddenEventsTest {

  private static final int CUSTOMERS = 300;
  private static final long LATENESS = 1_000;
  private static final Duration RISK = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      activity:
        weights: { purchase.PURCHASE: 10, contact.VIEWED: 1 }
      lifecycle:
        newFor: PT1S
        risk: { fixed: %s }
        dormantAfter: PT9S
        atRiskFor: PT1S
        churnAfter: P2D
        returnBy: activity
      """
          .formatted(RISK);

  @TempDir Path dir;

  /** Observes the work of the pipeline. */
  private static final class Seen implements PipelineObserver {
    final AtomicInteger events = new AtomicInteger();
    final AtomicInteger overtakenByTicks = new AtomicInteger();
    final AtomicInteger overtakenByEvents = new AtomicInteger();
    final AtomicLong lastTick = new AtomicLong();

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      events.incrementAndGet();
    }

    @Override
    public void overtakenByTick(long millis) {
      overtakenByTicks.incrementAndGet();
    }

    @Override
    public void overtakenByEvent(long millis) {
      overtakenByEvents.incrementAndGet();
    }

    @Override
    public void caughtUp(int partition, long tick) {
      lastTick.set(tick);
    }
  }

  /**
   * A pipeline with one partition, a producer with hidden records, and one with visible records.
   */
  private final class Stage implements AutoCloseable {
    final Sandbox sandbox = new Sandbox(dir, 1, POLICY, Map.of());
    final Seen seen = new Seen();
    final KafkaProducer<byte[], byte[]> upstream =
        sandbox.connections.producer(
            Map.of("transactional.id", "upstream", "transaction.timeout.ms", 120_000));
    final LivePipeline pipeline;
    int sent;

    Stage(Duration transactionWait) {
      Settings settings =
          sandbox.settings.with(sandbox.settings.processing().withTransactionWait(transactionWait));
      pipeline = LivePipeline.start(settings, Optional.empty(), seen);
      pipeline.runner().awaitRunning();
      await().atMost(PATIENCE).until(() -> seen.lastTick.get() > 0);
      upstream.initTransactions();
    }

    /** Lets all customers buy in the open transaction. */
    void buy(int round) {
      for (int i = 0; i < CUSTOMERS; i++) {
        upstream.send(sandbox.record(purchase("c" + i, "p" + round + "-" + i)));
      }
      upstream.flush();
    }

    void commit() {
      upstream.commitTransaction();
      sent += CUSTOMERS;
    }

    /** Lets two of three customers make contact. */
    void contact(int round) {
      for (int i = 0; i < CUSTOMERS; i++) {
        if (i % 3 != 0) {
          sandbox.send(contactOf("c" + i, "v" + round + "-" + i));
          sent++;
        }
      }
      sandbox.producer.flush();
    }

    /** Runs a step every quarter of a second. */
    void rounds(int count, IntConsumer round) {
      for (int i = 0; i < count; i++) {
        long next = System.nanoTime() + Duration.ofMillis(250).toNanos();
        round.accept(i);
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() >= next);
      }
    }

    /**
     * Waits until everything is processed and all customers are silent; returns the instant up to
     * which that is true.
     */
    long awaitSilence() {
      await().atMost(PATIENCE).until(() -> seen.events.get() == sent);
      long until = System.currentTimeMillis() + RISK.toMillis() + 1_000;
      await().atMost(PATIENCE).until(() -> seen.lastTick.get() > until + LATENESS);
      return until;
    }

    @Override
    public void close() {
      pipeline.close();
      upstream.close();
      sandbox.close();
    }
  }

  @Test
  void eventsThatATransactionHidesAreNotOvertakenByEventsNorTicks() throws IOException {
    try (Stage stage = new Stage(Duration.ofMinutes(5))) {
      stage.upstream.beginTransaction();
      stage.buy(0);
      stage.rounds(
          30,
          round -> {
            stage.contact(round);
            if (round % 8 == 7) {
              stage.buy(round + 1);
              stage.sent += CUSTOMERS;
            }
          });
      assertThat(stage.seen.events).hasValue(0);
      stage.commit();
      assertSameAsReplay(stage, stage.awaitSilence());
    }
  }

  @Test
  void whatAnAbortedTransactionHidIsGoneAndHoldsNothingBack() throws IOException {
    try (Stage stage = new Stage(Duration.ofMinutes(5))) {
      stage.rounds(
          24,
          round -> {
            if (round % 12 == 0) {
              stage.upstream.beginTransaction();
              stage.buy(round);
            }
            stage.contact(round);
            if (round == 10) {
              stage.commit();
            }
          });
      stage.upstream.abortTransaction();
      assertSameAsReplay(stage, stage.awaitSilence());
    }
  }

  @Test
  void transactionsThatNeverPauseHoldTimeBackNoLongerThanEachLasts() throws IOException {
    try (Stage stage = new Stage(Duration.ofMinutes(5))) {
      AtomicLong atHalf = new AtomicLong();
      try (KafkaProducer<byte[], byte[]> other =
          stage.sandbox.connections.producer(Map.of("transactional.id", "other"))) {
        other.initTransactions();
        other.beginTransaction();
        stage.rounds(
            32,
            round -> {
              // One of the two transactions is open at any time.
              if (round % 2 == 0) {
                stage.upstream.beginTransaction();
                stage.buy(round);
                other.commitTransaction();
              } else {
                other.beginTransaction();
                other.send(stage.sandbox.record(purchase("x" + round, "x" + round)));
                other.flush();
                stage.sent++;
                stage.commit();
              }
              stage.contact(round);
              if (round == 15) {
                atHalf.set(stage.seen.events.get());
              }
            });
        other.commitTransaction();
      }
      assertThat(atHalf.get()).isPositive();
      assertSameAsReplay(stage, stage.awaitSilence());
    }
  }

  @Test
  void aTransactionThatStaysOpenBeyondTheBoundIsOvertakenAndThatIsCounted() {
    try (Stage stage = new Stage(Duration.ofSeconds(2))) {
      stage.upstream.beginTransaction();
      stage.buy(0);
      stage.contact(0);
      int contacts = stage.sent;
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(stage.pipeline.hidden().waits())
                      .anyMatch(
                          wait ->
                              wait.place().topic().equals(Topics.STANDARD.of(Family.PURCHASE))));
      await().atMost(PATIENCE).until(() -> stage.seen.events.get() == contacts);
      assertThat(stage.seen.overtakenByEvents).hasValue(0);
      stage.commit();
      await().atMost(PATIENCE).until(() -> stage.seen.events.get() == stage.sent);
      assertThat(stage.seen.overtakenByEvents).hasValue(CUSTOMERS);
    }
  }

  private void assertSameAsReplay(Stage stage, long until) throws IOException {
    Path events =
        TopicDump.write(
            stage.sandbox, dir.resolve("dump.jsonl"), Comparator.comparing(Event::family));
    assertThat(stage.seen.overtakenByTicks).hasValue(0);
    assertThat(stage.seen.overtakenByEvents).hasValue(0);
    replay(events, until);
    ReplayFiles live = new ReplayFiles();
    stage.sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .filter(change -> change.getEffectiveAt().toEpochMilli() <= until)
        .forEach(change -> live.statusChange(ReplayRows.of(change)));
    stage.sandbox.read(Topics.STANDARD.churnAlerts(), ChurnAlert.class).stream()
        .filter(alert -> isTold(alert, until))
        .forEach(alert -> live.alert(ReplayRows.of(alert)));
    live.write(dir.resolve("live"), new JsonLinesFile(events));
    List<String> expected = rows("replayed");
    assertThat(expected.stream().filter(row -> row.contains(",AT_RISK,")))
        .hasSizeGreaterThanOrEqualTo(CUSTOMERS);
    assertThat(rows("live")).isEqualTo(expected);
    assertThat(dir.resolve("live/alerts.csv"))
        .hasSameTextualContentAs(dir.resolve("replayed/alerts.csv"));
  }

  private static boolean isTold(ChurnAlert alert, long until) {
    return alert.getRaisedAt().toEpochMilli() <= until
        && (alert.getResolvedAt() == null || alert.getResolvedAt().toEpochMilli() <= until);
  }

  /** Returns the rows without detected_at, since a replay has its own ticks. */
  private List<String> rows(String out) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(dir.resolve(out).resolve("status-changes.csv"))) {
      rows.add(row.substring(0, row.lastIndexOf(',')));
    }
    return rows;
  }

  private void replay(Path events, long until) {
    StringWriter said = new StringWriter();
    int exit =
        Main.commandLine()
            .setErr(new PrintWriter(said))
            .execute(
                "replay",
                "--events",
                events.toString(),
                "--policy",
                dir.resolve("policy.yaml").toString(),
                "--until",
                Instants.format(until),
                "--out",
                dir.resolve("replayed").toString());
    assertThat(exit).as(said::toString).isZero();
  }

  private static Event purchase(String customer, String id) {
    return new Purchase(
        id,
        customer,
        System.currentTimeMillis(),
        Purchase.Action.PURCHASE,
        "o",
        100,
        "USD",
        List.of(),
        "");
  }

  private static Event contactOf(String customer, String id) {
    return new Contact(
        id, customer, System.currentTimeMillis(), Contact.Action.VIEWED, Contact.Channel.WEB);
  }
}
