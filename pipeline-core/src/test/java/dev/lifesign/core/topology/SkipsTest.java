package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.RecordFailedException;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that ends a task wherever it is met can be left out. */
class SkipsTest {

  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);
  private static final long NOW = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
  private static final Skips.Skip SKIP =
      new Skips.Skip("olga", Instant.parse("2024-05-02T10:00:00Z"), "stops the timeline");

  @TempDir Path stateDir;

  private final AvroSerde serde = new AvroSerde(new InMemoryRegistry());
  private final Skips skips = new Skips();
  private TopologyTestDriver driver;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  /** Throws where a customer's event has been applied. */
  private record Stumbling(String customer) implements PipelineObserver {
    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      if (outcome.customer().id().equals(customer)) {
        throw new IllegalStateException("a fault of the timeline");
      }
    }
  }

  private void start(PipelineObserver observer, Serde<SpecificRecord> used) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    PipelineOptions options = PipelineOptions.ofLog(Presets.policy("retail"), 1, observer);
    driver =
        new TopologyTestDriver(
            PipelineTopology.build(options, HeapBudget.standard(), () -> used, skips), properties);
  }

  private void send(String customer) {
    Event event =
        new Purchase(
            "e-" + customer, customer, NOW, Purchase.Action.PURCHASE, "o", 1, "USD", List.of(), "");
    driver
        .createInputTopic(PURCHASES, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            customer.getBytes(StandardCharsets.UTF_8),
            serde.serialize(PURCHASES, EventCodec.encode(event)),
            NOW);
  }

  private <T> List<T> told(String topic, Class<T> type) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(value -> type.cast(serde.deserialize(topic, value)))
        .toList();
  }

  private void expectSkipped() {
    List<DeadLetter> letters = told(Topics.STANDARD.deadLetters(), DeadLetter.class);
    assertThat(letters).extracting(DeadLetter::getReason).containsExactly("SKIPPED");
    assertThat(letters.get(0).getMessage())
        .isEqualTo("Skipped by olga at 2024-05-02T10:00:00Z: stops the timeline");
    assertThat(letters.get(0).getValue().remaining()).isPositive();
    assertThat(told(Topics.STANDARD.customerProfiles(), CustomerProfile.class))
        .extracting(CustomerProfile::getCustomerId)
        .containsExactly("before", "after");
  }

  @Test
  void aFaultAtARecordNamesItsPlace() {
    start(new Stumbling("bad"), serde);
    send("before");
    assertThatThrownBy(() -> send("bad"))
        .hasRootCauseMessage("a fault of the timeline")
        .cause()
        .isInstanceOfSatisfying(
            RecordFailedException.class,
            failed -> assertThat(failed.place()).isEqualTo(new Skips.Place(PURCHASES, 0, 1)));
  }

  @Test
  void aRecordThatEndsTheTimelineIsLeftOutOnceItIsNamed() {
    skips.replace(Map.of(new Skips.Place(PURCHASES, 0, 1), SKIP));
    start(new Stumbling("bad"), serde);
    send("before");
    send("bad");
    send("after");
    expectSkipped();
  }

  @Test
  void aRecordThatEndsTheDeserializerIsLeftOutOnceItIsNamed() {
    skips.replace(Map.of(new Skips.Place(PURCHASES, 0, 1), SKIP));
    Deserializer<SpecificRecord> stumbling =
        (topic, bytes) -> {
          if (new String(bytes, StandardCharsets.ISO_8859_1).contains("e-bad")) {
            throw new InvalidConfigurationException("not a fault of the record");
          }
          return serde.deserialize(topic, bytes);
        };
    start(PipelineObserver.NONE, Serdes.serdeFrom(serde, stumbling));
    send("before");
    send("bad");
    send("after");
    expectSkipped();
  }
}
