package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.timeline.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests records that the brokers deleted before they were read. */
class LostRecordsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  /** Observes records that were read, and records that were lost. */
  private static final class Seen implements PipelineObserver {
    final AtomicInteger events = new AtomicInteger();
    final AtomicInteger commands = new AtomicInteger();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong lostCommands = new AtomicLong();

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      events.incrementAndGet();
    }

    @Override
    public void command(CommandResult result, Optional<Decision> outcome) {
      commands.incrementAndGet();
    }

    @Override
    public void lost(Optional<Family> family, int partition, long offsets) {
      assertThat(partition).isZero();
      family.ifPresent(one -> assertThat(one).isEqualTo(Family.PURCHASE));
      (family.isPresent() ? lost : lostCommands).addAndGet(offsets);
    }
  }

  @Test
  void recordsThatRetentionDeletedBeforeTheyWereReadAreCounted() throws Exception {
    try (Sandbox sandbox = new Sandbox(dir, 1, "version: 1\n", Map.of())) {
      Seen before = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), before)) {
        pipeline.runner().awaitRunning();
        buy(sandbox, 0, 10);
        await().atMost(PATIENCE).until(() -> before.events.get() == 10);
      }
      assertThat(before.lost).hasValue(0);
      buy(sandbox, 10, 40);
      delete(sandbox, Topics.STANDARD.of(Family.PURCHASE), 35);
      Seen after = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), after)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> after.events.get() == 5);
        assertThat(after.lost).hasValue(25);
      }
    }
  }

  @Test
  void commandsThatRetentionDeletedBeforeTheyWereReadAreCounted() throws Exception {
    try (Sandbox sandbox = new Sandbox(dir, 1, "version: 1\n", Map.of())) {
      Seen before = new Seen();
      erase(sandbox, 10);
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), before)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> before.commands.get() == 10);
      }
      erase(sandbox, 30);
      delete(sandbox, Topics.STANDARD.commands(), 35);
      Seen after = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), after)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> after.commands.get() == 5);
        assertThat(after.lostCommands).hasValue(25);
        assertThat(after.lost).hasValue(0);
      }
    }
  }

  private static void delete(Sandbox sandbox, String topic, long before) throws Exception {
    try (Admin admin = sandbox.connections.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  private static void erase(Sandbox sandbox, int count) {
    String topic = Topics.STANDARD.commands();
    for (int i = 0; i < count; i++) {
      Command erase = new Command("k" + i, "nobody", "ann", new Command.Erase());
      sandbox.producer.send(
          new ProducerRecord<>(
              topic,
              "nobody".getBytes(StandardCharsets.UTF_8),
              sandbox
                  .connections
                  .serdes()
                  .create()
                  .serializer()
                  .serialize(topic, CommandCodec.encode(erase))));
    }
    sandbox.producer.flush();
  }

  private static void buy(Sandbox sandbox, int from, int to) {
    for (int i = from; i < to; i++) {
      sandbox.send(purchase("e" + i));
    }
    sandbox.producer.flush();
  }

  private static Event purchase(String id) {
    return new Purchase(
        id,
        "c1",
        System.currentTimeMillis(),
        Purchase.Action.PURCHASE,
        "o",
        100,
        "USD",
        List.of(),
        "");
  }
}
