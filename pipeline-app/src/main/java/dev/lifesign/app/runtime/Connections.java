package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.topology.PipelineTopology;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.core.wire.RegistrySettings;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/** Clients of the brokers and the registry that the settings name. */
public final class Connections {

  /** What every client reads; gzip takes half as much again of the processor. */
  static final String COMPRESSION = "none";

  private static final long ANSWER_SECONDS = 6;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Set<String> PREFIXES =
      Set.of(
          "consumer.",
          "producer.",
          "admin.",
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "topic.");

  private static final Duration BRIEFLY = Duration.ofSeconds(4);

  /** Short beside a transaction's timeout, which runs while a thread waits. */
  private static final Duration ON_STREAM_THREADS = Duration.ofSeconds(2);

  private final Settings settings;
  private final AtomicReference<HttpSchemaRegistry> registry = new AtomicReference<>();

  /** With those settings. */
  public Connections(Settings settings) {
    this.settings = settings;
  }

  /**
   * An admin client of brokers that answer.
   *
   * @throws UserError if they do not
   */
  public Admin admin() {
    Admin admin;
    try {
      admin = Admin.create(common("admin."));
    } catch (KafkaException e) {
      throw noBrokers(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
    try {
      admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return admin;
    } catch (ExecutionException | TimeoutException e) {
      admin.close(Duration.ZERO);
      throw noBrokers(e.getCause() == null ? "they do not answer" : sentence(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** What went wrong, and what it came from: a handshake's cause is in its cause. */
  private static String sentence(Throwable trouble) {
    Throwable root = trouble;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == trouble || root.getMessage() == null
        ? trouble.getMessage()
        : trouble.getMessage() + " (" + root.getMessage() + ")";
  }

  private UserError noBrokers(String trouble, Exception cause) {
    return new UserError(
        "Expected brokers at %s, but: %s; check bootstrapServers, and the section kafka for security settings"
            .formatted(settings.clients().bootstrapServers(), trouble),
        cause);
  }

  /** A producer of bytes; further properties go before those of the settings. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, ?> properties) {
    Map<String, Object> all = common("producer.");
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
    all.putAll(properties);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of bytes that were committed, in no group. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> all = common("consumer.");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Gives every committed record that topics hold now, in order for each partition. */
  public void readAll(List<String> topics, Consumer<SpecificRecord> records) {
    Serde<SpecificRecord> serde = serde();
    readRecords(
        topics,
        record -> records.accept(serde.deserializer().deserialize(record.topic(), record.value())));
  }

  /** The same, not yet decoded. */
  public void readRecords(List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> places =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(places);
      consumer.seekToBeginning(places);
      Map<TopicPartition, Long> ends = consumer.endOffsets(places);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.accept(record);
        }
      }
    }
  }

  /**
   * Makes serdes of records.
   *
   * @throws UserError if the class of the settings is no serde
   */
  public PipelineTopology.SerdeFactory serdes() {
    return this::serde;
  }

  /** The same for stream threads, which do not wait for a registry for long. */
  PipelineTopology.SerdeFactory streamSerdes() {
    return () ->
        settings.clients().serde().equals(Settings.OWN_SERDE)
            ? new AvroSerde(registry().within(ON_STREAM_THREADS))
            : serde();
  }

  /** The registry, asked with one cache for all serdes of this project's own. */
  public HttpSchemaRegistry registry() {
    HttpSchemaRegistry known = registry.get();
    if (known == null) {
      registry.compareAndSet(null, new HttpSchemaRegistry(registrySettings()));
      known = registry.get();
    }
    return known;
  }

  /** A registry that is asked only briefly, with a cache of its own. */
  public HttpSchemaRegistry impatientRegistry() {
    return new HttpSchemaRegistry(registrySettings().withPatience(BRIEFLY));
  }

  private HttpSchemaRegistry.Settings registrySettings() {
    try {
      return RegistrySettings.of(settings.clients().registry());
    } catch (ConfigException | IllegalArgumentException e) {
      throw new UserError("registry: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private Serde<SpecificRecord> serde() {
    if (settings.clients().serde().equals(Settings.OWN_SERDE)) {
      return new AvroSerde(registry());
    }
    try {
      Serde<SpecificRecord> serde = Utils.newInstance(settings.clients().serde(), Serde.class);
      serde.configure(settings.clients().registry(), false);
      return serde;
    } catch (ClassNotFoundException | KafkaException e) {
      throw new UserError(
          "Expected serde to name a class that is a serde of Avro records, but %s is not to be used: %s"
              .formatted(settings.clients().serde(), e.getMessage()),
          e);
    }
  }

  private Map<String, Object> common(String prefix) {
    Map<String, Object> properties = new HashMap<>();
    settings
        .clients()
        .kafka()
        .forEach(
            (name, value) -> {
              if (PREFIXES.stream().noneMatch(name::startsWith)) {
                properties.put(name, value);
              }
            });
    settings
        .clients()
        .kafka()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()), value);
              }
            });
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.clients().bootstrapServers());
    return properties;
  }
}
