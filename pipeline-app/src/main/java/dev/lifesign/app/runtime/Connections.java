package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.topology.PipelineTopology;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.core.wire.RegistrySettings;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/** Creates the clients for the brokers and the registry in the settings. */
public final class Connections {

  /** Every client can read it; gzip takes 50 % more processor time. */
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

  /** Short compared with the transaction timeout, which runs while a thread waits. */
  private static final Duration ON_STREAM_THREADS = Duration.ofSeconds(2);

  private final Settings settings;
  private final AtomicReference<HttpSchemaRegistry> registry = new AtomicReference<>();

  /** Creates connections with the settings. */
  public Connections(Settings settings) {
    this.settings = settings;
  }

  /**
   * Creates an admin client, and checks that the brokers answer.
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

  /**
   * The message of a failure and of its root cause, since the reason for a failed handshake is in
   * the cause.
   */
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
        "Could not connect to the brokers at %s: %s; check bootstrapServers, and the security settings in the section kafka"
            .formatted(settings.clients().bootstrapServers(), trouble),
        cause);
  }

  /**
   * Checks that topics exist, since reading one that does not would find nothing.
   *
   * @throws UserError if one of them does not, or if the brokers do not answer
   */
  public void requireTopics(List<String> topics) {
    try (Admin admin = admin()) {
      Map<String, KafkaFuture<TopicDescription>> descriptions =
          admin.describeTopics(topics).topicNameValues();
      for (String topic : topics) {
        requireTopic(topic, descriptions.get(topic));
      }
    }
  }

  private static void requireTopic(String topic, KafkaFuture<TopicDescription> description) {
    try {
      description.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? new UserError(
              "The topic %s does not exist; correct topics.inputPrefix and topics.outputPrefix, or create the topics with lifesign topics create"
                  .formatted(topic),
              e)
          : new UserError(
              "Could not describe the topic %s: %s; check the permissions of this client"
                  .formatted(topic, e.getCause().getMessage()),
              e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Creates a producer of bytes; the given properties take precedence over the settings. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, ?> properties) {
    Map<String, Object> all = common("producer.");
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
    all.putAll(properties);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates a consumer of committed records as bytes, without a group. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> all = common("consumer.");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Passes on every committed record now in the topics, in order per partition. */
  public void readAll(List<String> topics, Consumer<SpecificRecord> records) {
    Serde<SpecificRecord> serde = serde();
    readRecords(
        topics,
        record -> records.accept(serde.deserializer().deserialize(record.topic(), record.value())));
  }

  /** Passes on every committed record now in the topics, without decoding it. */
  public void readRecords(List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    readRecords(topics, place -> true, total -> {}, records);
  }

  /**
   * Passes on every committed record now in a topic, without decoding it.
   *
   * @param key the key whose partition is read, as murmur2 places it; empty for all partitions
   * @param total receives how many records there are at most, before the first
   */
  public void readRecords(
      String topic,
      Optional<byte[]> key,
      LongConsumer total,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    readRecords(
        List.of(topic),
        info -> key.isEmpty() || info.partition() == partitionOf(key.get(), info.count()),
        total,
        records);
  }

  /** A partition of a topic with so many partitions. */
  private record Partition(int partition, int count) {}

  private static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private void readRecords(
      List<String> topics,
      Predicate<Partition> wanted,
      LongConsumer total,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> places = new ArrayList<>();
      for (String topic : topics) {
        List<PartitionInfo> all = consumer.partitionsFor(topic);
        all.stream()
            .filter(info -> wanted.test(new Partition(info.partition(), all.size())))
            .forEach(info -> places.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(places);
      Map<TopicPartition, Long> ends = consumer.endOffsets(places);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(places);
      total.accept(places.stream().mapToLong(each -> ends.get(each) - begins.get(each)).sum());
      consumer.seekToBeginning(places);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.accept(record);
        }
      }
    }
  }

  /**
   * Returns a factory for the serde of records.
   *
   * @throws UserError if the class in the settings is not a serde
   */
  public PipelineTopology.SerdeFactory serdes() {
    return this::serde;
  }

  /** Returns a factory for stream threads, which wait only briefly for the registry. */
  PipelineTopology.SerdeFactory streamSerdes() {
    return () ->
        settings.clients().serde().equals(Settings.OWN_SERDE)
            ? new AvroSerde(registry().within(ON_STREAM_THREADS))
            : serde();
  }

  /** The client of the registry, with one cache for all serdes of this project. */
  public HttpSchemaRegistry registry() {
    HttpSchemaRegistry known = registry.get();
    if (known == null) {
      registry.compareAndSet(null, new HttpSchemaRegistry(registrySettings()));
      known = registry.get();
    }
    return known;
  }

  /** Creates a client of the registry with a short timeout and its own cache. */
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
          "serde: %s cannot be used: %s; set it to the class of a serde for Avro records"
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
