package dev.lifesign.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PurchaseEvent;
import dev.lifesign.schema.StatusChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry outage longer than the transaction timeout causes a delay but no failure. */
class RegistryAwayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);
  private static final long TRANSACTION_MILLIS = 3_000;

  @TempDir Path dir;

  /** Observes the progress of the two partitions. */
  private static final class Watch implements PipelineObserver {
    final Queue<String> moves = new ConcurrentLinkedQueue<>();
    final AtomicLong tickOfKnown = new AtomicLong();

    @Override
    public void opened(int partition, long lastTick) {
      moves.add("opened " + partition);
    }

    @Override
    public void closed(int partition) {
      moves.add("closed " + partition);
    }

    @Override
    public void tickRead(int partition, long tick) {
      if (partition == 0) {
        tickOfKnown.set(tick);
      }
    }
  }

  @Test
  void knownSchemasGoOnAndAnUnknownOneWaitsWithoutARestore() throws Exception {
    // One thread has both tasks, so a waiting task must not block the other.
    try (Sandbox sandbox =
            new Sandbox(
                dir,
                2,
                Presets.text("retail"),
                Map.of(
                    "num.stream.threads",
                    "1",
                    "producer.transaction.timeout.ms",
                    String.valueOf(TRANSACTION_MILLIS)));
        RegistryProxy proxy = proxy(sandbox)) {
      Watch watch = new Watch();
      HttpSchemaRegistry registry = sandbox.connections.registry();
      AvroSerde serde = new AvroSerde(registry);
      try (LivePipeline pipeline =
          LivePipeline.start(sandbox.withRegistry(proxy.url()), Optional.empty(), watch)) {
        pipeline.runner().awaitRunning();
        String first = keyOf(0, "known");
        String second = keyOf(0, "also-known");
        String waiting = keyOf(1, "waiting");
        String behind = keyOf(1, "behind");
        sandbox.producer.send(record(first, event(serde, first))).get();
        await().atMost(PATIENCE).until(() -> changed(sandbox).contains(first));
        int unknown = registry.register("wider-value", wider());

        proxy.goAway();
        sandbox.producer.send(record(waiting, wider(unknown, event(serde, waiting)))).get();
        sandbox.producer.send(record(behind, event(serde, behind))).get();
        await().atMost(PATIENCE).until(() -> pipeline.runner().waitingForSchemas() == 1);
        // Longer than the transaction timeout, by the ticks that the other partition reads.
        long until = watch.tickOfKnown.get() + 2 * TRANSACTION_MILLIS;
        await().atMost(PATIENCE).until(() -> watch.tickOfKnown.get() > until);
        sandbox.producer.send(record(second, event(serde, second))).get();
        await().atMost(PATIENCE).until(() -> changed(sandbox).contains(second));
        assertThat(changed(sandbox)).doesNotContain(waiting, behind);

        proxy.comeBack();
        await().atMost(PATIENCE).until(() -> changed(sandbox).contains(behind));
        assertThat(changed(sandbox)).containsExactlyInAnyOrder(first, second, waiting, behind);
        assertThat(sandbox.read(Topics.STANDARD.deadLetters(), DeadLetter.class)).isEmpty();
        assertThat(pipeline.runner().waitingForSchemas()).isZero();
        assertThat(watch.moves).containsExactlyInAnyOrder("opened 0", "opened 1");
        assertThat(pipeline.runner().restores().restored()).isZero();
      }
    }
  }

  @Test
  void thousandsOfIdsThatNobodyKnowsAreDeadLettersAndTheEventBehindThemCounts() throws Exception {
    int count = 5_000;
    try (Sandbox sandbox = new Sandbox(dir, 1, Presets.text("retail"), Map.of());
        LivePipeline pipeline =
            LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
      pipeline.runner().awaitRunning();
      AvroSerde serde = new AvroSerde(sandbox.connections.registry());
      IntStream.range(0, count)
          .forEach(
              i -> sandbox.producer.send(record("c", framed(1_000_000 + i, new byte[] {1, 2}))));
      sandbox.producer.send(record("c", event(serde, "c"))).get();
      await().atMost(PATIENCE).until(() -> changed(sandbox).contains("c"));
      assertThat(sandbox.read(Topics.STANDARD.deadLetters(), DeadLetter.class))
          .hasSize(count)
          .allSatisfy(letter -> assertThat(letter.getMessage()).contains("404"));
    }
  }

  private static RegistryProxy proxy(Sandbox sandbox) {
    return new RegistryProxy(
        sandbox.settings.clients().registry().get("schema.registry.url"),
        Optional.empty(),
        Optional.empty());
  }

  private static Schema wider() {
    return new Schema.Parser()
        .parse(
            PurchaseEvent.getClassSchema()
                .toString()
                .replaceFirst(
                    "\"fields\":\\[", "\"fields\":[{\"name\":\"shelf\",\"type\":\"null\"},"));
  }

  /** Returns the same event in the wider schema, whose additional field takes no bytes. */
  private static byte[] wider(int id, byte[] event) {
    return ByteBuffer.wrap(event.clone()).putInt(1, id).array();
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static ProducerRecord<byte[], byte[]> record(String customer, byte[] value) {
    return new ProducerRecord<>(PURCHASES, utf8(customer), value);
  }

  private static byte[] event(AvroSerde serde, String customer) {
    return serde.serialize(
        PURCHASES,
        EventCodec.encode(
            new Purchase(
                "e-" + customer,
                customer,
                System.currentTimeMillis(),
                Purchase.Action.PURCHASE,
                "o",
                100,
                "USD",
                List.of(),
                "")));
  }

  private static String keyOf(int partition, String prefix) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> prefix + i)
        .filter(key -> Utils.toPositive(Utils.murmur2(utf8(key))) % 2 == partition)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> changed(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .map(StatusChange::getCustomerId)
        .toList();
  }
}
