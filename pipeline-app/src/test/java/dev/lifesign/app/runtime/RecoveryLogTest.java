package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped logging configuration logs no error for a problem that the pipeline recovers from.
 */
class RecoveryLogTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path dir;
  private final ShippedLog shipped = new ShippedLog();
  private int customers;

  @BeforeEach
  void listen() {
    shipped.open();
  }

  @AfterEach
  void stopListening() {
    shipped.close();
  }

  @Test
  void aFenceARebalanceAndARestartLogNoError() throws Exception {
    try (Sandbox sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of())) {
      try (LivePipeline pipeline =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        pipeline.runner().awaitRunning();
        awaitJudged(sandbox);
        assertThat(fence(sandbox)).isPositive();
        awaitJudged(sandbox);
        Settings beside = beside(sandbox.settings);
        try (LivePipeline other =
            LivePipeline.start(beside, Optional.empty(), PipelineObserver.NONE)) {
          other.runner().awaitRunning();
          awaitJudged(sandbox);
        }
        awaitJudged(sandbox);
        assertThat(pipeline.runner().failure()).isEmpty();
      }
      try (LivePipeline again =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        again.runner().awaitRunning();
        awaitJudged(sandbox);
      }
    }
    assertThat(shipped.errors()).isEmpty();
  }

  /**
   * Starts producers with the transactional ids of the pipeline's producers, which are fenced by
   * that.
   */
  private static int fence(Sandbox sandbox) throws Exception {
    int fenced = 0;
    try (Admin admin = sandbox.connections.admin()) {
      for (TransactionListing each : admin.listTransactions().all().get()) {
        if (!each.transactionalId().endsWith("-policy")) {
          Map<String, Object> same =
              Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, each.transactionalId());
          try (KafkaProducer<byte[], byte[]> other = sandbox.connections.producer(same)) {
            other.initTransactions();
            fenced++;
          }
        }
      }
    }
    return fenced;
  }

  /** Lets customers in both partitions buy, and waits until the pipeline publishes it. */
  private void awaitJudged(Sandbox sandbox) {
    int before = changes(sandbox);
    int more = 8;
    for (int i = 0; i < more; i++) {
      String id = "c" + customers++;
      sandbox.send(
          new Purchase(
              "e-" + id,
              id,
              System.currentTimeMillis(),
              Purchase.Action.PURCHASE,
              "o",
              100,
              "USD",
              List.of(),
              ""));
    }
    sandbox.producer.flush();
    await().atMost(PATIENCE).until(() -> changes(sandbox) >= before + more);
  }

  private static int changes(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).size();
  }

  private Settings beside(Settings like) {
    return Settings.inProcess(
            like.applicationId(),
            like.clients().bootstrapServers(),
            like.clients().registry().get("schema.registry.url"),
            like.policy(),
            dir.resolve("beside"),
            like.topics().partitions())
        .with(like.processing().settle(), like.clients().kafka());
  }
}
