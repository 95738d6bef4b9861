package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
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
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that start at the same time agree on the policy, and publish it once. */
class PolicyLogTest {

  private static final int INSTANCES = 6;

  @TempDir Path dir;

  /** Simulates another instance that starts as soon as the records of the first are in the log. */
  public static final class Interloper implements ProducerInterceptor<byte[], byte[]> {
    private final Map<String, Object> configs = new HashMap<>();

    @Override
    public void configure(Map<String, ?> given) {
      configs.putAll(given);
      configs.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
      // It waits six seconds for its coordinator, sends a request, which ends the open transaction,
      // and stops before the next request; this leaves a busy machine three seconds on each side.
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
          // Expected: its first request was answered with "not yet".
        } finally {
          // In another thread, since closing waits for the next request.
          new Thread(() -> other.close(Duration.ZERO), "closing").start();
        }
      }
    }

    @Override
    public void close() {}
  }

  /** The number of times that another instance will start. */
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

  /** A serde whose registry refuses access to readers. */
  public static final class RefusedSerde extends ForwardingSerde {
    public RefusedSerde() {
      super(new AvroSerde());
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
      throw new RegistryException("The schema registry refused: 401 who are you", 401);
    }
  }

  @Test
  void aPolicyThatCannotBeReadNowIsNotTakenForNone() {
    String text = Presets.text("retail");
    PolicyFile file = new PolicyFile(Presets.policy("retail"), text);
    try (Sandbox sandbox = new Sandbox(dir, 1, text, Map.of())) {
      Settings settings = sandbox.settings;
      new PolicyLog(sandbox.connections, settings, 1).bringIntoForce(file, Instant.now());
      Settings refused = TwoBuildsTest.withSerde(settings, RefusedSerde.class.getName());
      PolicyLog log = new PolicyLog(new Connections(refused), refused, 1);
      assertThatThrownBy(() -> log.bringIntoForce(file, Instant.now()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("Could not read the policy in lifesign.control-0 at offset 0")
          .hasMessageContaining("401");
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class)).hasSize(1);
    }
  }

  @Test
  void aPolicyThatChangesTheCalendarIsRefusedAndNothingIsPublished() {
    String text = Presets.text("retail");
    try (Sandbox sandbox = new Sandbox(dir, 1, text, Map.of())) {
      PolicyLog log = new PolicyLog(sandbox.connections, sandbox.settings, 1);
      log.bringIntoForce(new PolicyFile(Presets.policy("retail"), text), Instant.now());
      String moved =
          text.replace("version: 1", "version: 2") + "\ncalendar: { zone: Asia/Tehran }\n";
      PolicyFile file = new PolicyFile(PolicyReader.read(moved).policy().orElseThrow(), moved);
      assertThatThrownBy(() -> log.bringIntoForce(file, Instant.now()))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(
              "The policy file changes calendar.zone from UTC to Asia/Tehran, but")
          .hasMessageContaining("docs/how-to/reprocess.md");
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class)).hasSize(1);
    }
  }

  @Test
  void aPolicyHoldsFromNoEarlierThanTheOneItSupersedesWhateverTheClockSays() {
    Instant first = Instant.parse("2024-03-01T00:00:00Z");
    try (Sandbox sandbox = new Sandbox(dir, 1, Presets.text("retail"), Map.of())) {
      PolicyLog log = new PolicyLog(sandbox.connections, sandbox.settings, 1);
      for (int version = 1; version <= 3; version++) {
        String text = Presets.text("retail").replace("version: 1", "version: " + version);
        log.bringIntoForce(
            new PolicyFile(PolicyReader.read(text).policy().orElseThrow(), text),
            first.minusSeconds(version));
      }
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class))
          .extracting(record -> (PolicyInForce) record.getBody())
          .satisfies(
              policies -> {
                assertThat(policies)
                    .extracting(PolicyInForce::getFrom)
                    .containsExactly(null, first.minusSeconds(2), first.minusSeconds(2));
                assertThat(policies)
                    .extracting(PolicyInForce::getFormat, PolicyInForce::getBuild)
                    .containsOnly(
                        tuple(
                            PolicyFormat.leastFor(Presets.text("retail")),
                            "lifesign (development)"));
              });
    }
  }
}
