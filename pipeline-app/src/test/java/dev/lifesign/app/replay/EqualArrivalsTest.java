package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.cli.Main;
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
import dev.lifesign.schema.StatusChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events of one customer with equal timestamps, in one topic and in two: a dump of the topics in
 * read order replays to the same bytes.
 */
class EqualArrivalsTest {

  private static final int CUSTOMERS = 200;
  private static final int EVENTS_EACH = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /**
   * A policy under which only events cause changes, so that detection times do not depend on ticks.
   */
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      activity:
        weights: { contact.VIEWED: 1 }
      lifecycle:
        loyal: { orders: 2, within: P365D, tenure: PT0S }
      """;

  @TempDir Path dir;

  /** Records the order in which a customer's events were read, by their occurrence times. */
  private static final class Order implements PipelineObserver {
    final AtomicInteger events = new AtomicInteger();
    final Map<String, Integer> places = new ConcurrentHashMap<>();

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      places.putIfAbsent(outcome.customer().id() + " " + occurredAt, events.incrementAndGet());
    }

    int of(Event event) {
      return places.get(event.customerId() + " " + event.occurredAt());
    }
  }

  @Test
  void aDumpOfTheTopicsReplaysToTheSameBytes() throws Exception {
    try (Sandbox sandbox = new Sandbox(dir, 2, POLICY, Map.of())) {
      stampByProducers(sandbox);
      Order order = new Order();
      long arrival;
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), order)) {
        pipeline.runner().awaitRunning();
        arrival = System.currentTimeMillis();
        for (int i = 0; i < CUSTOMERS; i++) {
          String id = "c" + i;
          send(sandbox, purchase(id, "p1", arrival - 40), arrival);
          send(sandbox, contact(id, "v1", arrival - 30), arrival);
          send(sandbox, purchase(id, "p2", arrival - 20), arrival);
          // A duplicate also shifts later arrivals, in a file as well.
          send(sandbox, purchase(id, "p2", arrival - 20), arrival);
          send(sandbox, contact(id, "v2", arrival - 10), arrival);
        }
        sandbox.producer.flush();
        await().atMost(PATIENCE).until(() -> order.events.get() == CUSTOMERS * EVENTS_EACH);
      }
      long until = arrival + EVENTS_EACH;
      Path dump =
          TopicDump.write(sandbox, dir.resolve("dump.jsonl"), Comparator.comparing(order::of));
      replay(dump, until);
      ReplayFiles live = new ReplayFiles();
      sandbox
          .read(Topics.STANDARD.statusChanges(), StatusChange.class)
          .forEach(change -> live.statusChange(ReplayRows.of(change)));
      live.write(dir.resolve("live"), new JsonLinesFile(dump));
      assertThat(dir.resolve("live/status-changes.csv"))
          .content()
          .contains(",LOYAL,")
          .contains(Instants.format(arrival))
          .contains(Instants.format(arrival + 1));
      assertThat(dir.resolve("live/status-changes.csv"))
          .hasSameBinaryContentAs(dir.resolve("replayed/status-changes.csv"));
    }
  }

  private static void stampByProducers(Sandbox sandbox) throws Exception {
    Collection<AlterConfigOp> byProducers =
        List.of(
            new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
                AlterConfigOp.OpType.SET));
    try (Admin admin = sandbox.connections.admin()) {
      admin
          .incrementalAlterConfigs(
              Topics.STANDARD.inputs().stream()
                  .collect(
                      Collectors.toMap(
                          topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic),
                          topic -> byProducers)))
          .all()
          .get();
    }
  }

  private static void send(Sandbox sandbox, Event event, long arrival) {
    ProducerRecord<byte[], byte[]> record = sandbox.record(event);
    sandbox.producer.send(
        new ProducerRecord<>(record.topic(), null, arrival, record.key(), record.value()));
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

  private static Event purchase(String customer, String id, long at) {
    return new Purchase(
        id + customer, customer, at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  private static Event contact(String customer, String id, long at) {
    return new Contact(id + customer, customer, at, Contact.Action.VIEWED, Contact.Channel.WEB);
  }
}
