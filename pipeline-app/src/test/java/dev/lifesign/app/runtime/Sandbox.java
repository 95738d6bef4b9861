package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/** A broker and a registry with live topics, for a pipeline in the configuration of a user. */
public final class Sandbox implements AutoCloseable {

  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  public final Settings settings;
  public final Connections connections;
  public final KafkaProducer<byte[], byte[]> producer;
  private final Serde<SpecificRecord> serde;

  /** Creates a sandbox with the text of a policy file. */
  public Sandbox(Path dir, int partitions, String policy, Map<String, String> kafka) {
    broker = EmbeddedBroker.start(dir.resolve("kafka"));
    registry = EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free());
    try {
      Files.writeString(dir.resolve("policy.yaml"), policy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings =
        Settings.inProcess(
                "lifesign-test",
                broker.bootstrapServers(),
                registry.url(),
                dir.resolve("policy.yaml"),
                dir.resolve("state"),
                partitions)
            .with(Duration.ZERO, kafka);
    connections = new Connections(settings);
    try (Admin admin = connections.admin()) {
      new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, partitions, true), 1);
    }
    producer = connections.producer(Map.of("linger.ms", 5));
    serde = connections.serdes().create();
  }

  /** Returns the same settings with another registry. */
  public Settings withRegistry(String url) {
    return Settings.inProcess(
            settings.applicationId(),
            settings.clients().bootstrapServers(),
            url,
            settings.policy(),
            settings.state().dir(),
            settings.topics().partitions())
        .with(settings.processing().settle(), settings.clients().kafka());
  }

  public ProducerRecord<byte[], byte[]> record(Event event) {
    String topic = Topics.STANDARD.of(event.family());
    return new ProducerRecord<>(
        topic,
        event.customerId().getBytes(StandardCharsets.UTF_8),
        serde.serializer().serialize(topic, EventCodec.encode(event)));
  }

  public void send(Event event) {
    producer.send(record(event));
  }

  /** Reads all records committed in a topic now. */
  public <T> List<T> read(String topic, Class<T> type) {
    List<T> values = new ArrayList<>();
    connections.readAll(List.of(topic), value -> values.add(type.cast(value)));
    return values;
  }

  /** Reads all records committed in a topic now, with schemas from another registry. */
  public <T> List<T> readWith(String registryUrl, String topic, Class<T> type) {
    List<T> values = new ArrayList<>();
    new Connections(withRegistry(registryUrl))
        .readAll(List.of(topic), value -> values.add(type.cast(value)));
    return values;
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
    broker.close();
  }
}
