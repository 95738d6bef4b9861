package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.timeline.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
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
    final AtomicLong lost = new AtomicLong();

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      events.incrementAndGet();
    }

    @Override
    public void lost(Family family, int partition, long offsets) {
      assertThat(family).isEqualTo(Family.PURCHASE);
      assertThat(partition).isZero();
      lost.addAndGet(offsets);
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
      try (Admin admin = sandbox.connections.admin()) {
        admin
            .deleteRecords(
                Map.of(
                    new TopicPartition(Topics.STANDARD.of(Family.PURCHASE), 0),
                    RecordsToDelete.beforeOffset(35)))
            .all()
            .get();
      }
      Seen after = new Seen();
      try (LivePipeline pipeline = LivePipeline.start(sandbox.settings, Optional.empty(), after)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> after.events.get() == 5);
        assertThat(after.lost).hasValue(25);
      }
    }
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
