package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.Presets;
import dev.lifesign.core.streams.Topics;
import dev.lifesign.schema.ControlRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that start at once agree on the policy, and publish it once. */
class PolicyLogTest {

  private static final int INSTANCES = 6;

  @TempDir Path dir;

  /** Another instance that begins as soon as what the first has sent is in the log. */
  public static final class Interloper implements ProducerInterceptor<byte[], byte[]> {
    private final Map<String, Object> configs = new HashMap<>();

    @Override
    public void configure(Map<String, ?> given) {
      configs.putAll(given);
      configs.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
      // It waits six seconds for its coordinator, asks, which ends the transaction that is open,
      // and is gone before it asks again; a busy machine has three seconds before and after.
      configs.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 6_000);
      configs.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 6_000);
      configs.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 9_000);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
      SENT.incrementAndGet();
      return sent;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
      if (BEGINS.getAndDecrement() > 0) {
        KafkaProducer<byte[], byte[]> other = new KafkaProducer<>(configs);
        try {
          other.initTransactions();
        } catch (TimeoutException e) {
          // As meant: its first question has been answered with "not yet".
        } finally {
          // Not here: it would wait until it asks again.
          new Thread(() -> other.close(Duration.ZERO), "closing").start();
        }
      }
    }

    @Override
    public void close() {}
  }

  /** How many times another instance will begin. */
  private static final AtomicInteger BEGINS = new AtomicInteger();

  private static final AtomicInteger SENT = new AtomicInteger();

  @Test
  void instancesThatStartAtOncePublishThePolicyOnce() throws Exception {
    String text = Presets.text("retail");
    PolicyFile file = new PolicyFile(Presets.policy("retail"), text);
    ExecutorService executor = Executors.newFixedThreadPool(INSTANCES);
    try (Sandbox sandbox = new Sandbox(dir, 3, text, Map.of())) {
      CyclicBarrier together = new CyclicBarrier(INSTANCES);
      List<Future<Policy>> first = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        PolicyLog log = new PolicyLog(new Connections(sandbox.settings), sandbox.settings, 3);
        first.add(
            executor.submit(
                () -> {
                  together.await();
                  return log.bringIntoForce(file, Instant.now());
                }));
      }
      for (Future<Policy> policy : first) {
        assertThat(policy.get()).isEqualTo(file.policy());
      }
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class)).hasSize(3);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void anInstanceWhoseTransactionAnotherHasEndedPublishesAgain() {
    String text = Presets.text("retail");
    PolicyFile file = new PolicyFile(Presets.policy("retail"), text);
    Map<String, String> kafka =
        Map.of("producer." + ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, Interloper.class.getName());
    try (Sandbox sandbox = new Sandbox(dir, 1, text, kafka)) {
      PolicyLog log = new PolicyLog(new Connections(sandbox.settings), sandbox.settings, 1);
      BEGINS.set(1);
      assertThat(log.bringIntoForce(file, Instant.now())).isEqualTo(file.policy());
      assertThat(SENT).hasValueGreaterThan(1);
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class)).hasSize(1);
    }
  }
}
