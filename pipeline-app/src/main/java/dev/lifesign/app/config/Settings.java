package dev.lifesign.app.config;

import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.time.Instants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a pipeline is run.
 *
 * @param applicationId names its consumer group, its transactions and its internal topics
 * @param bootstrapServers the brokers
 * @param serde class name of the serde of records
 * @param policy the policy file
 * @param stateDir where state is kept
 * @param temporaryState whether it may be under the system's temporary folder
 * @param topics names, and what they are made with
 * @param checkPartition whether a record must lie where murmur2 puts its key
 * @param settle how long a task writes no ticks after a gap in them
 * @param transactionWait how long a task waits for what one open transaction of a producer hides
 * @param mutedUntil what became true before this instant is not told, milliseconds since 1970;
 *     NEVER to tell all
 * @param tellProfiles whether the profile of each customer is told as it changes
 * @param leaveGroupOnStop whether a clean stop gives its tasks up at once (to scale in), rather
 *     than keeping them for a restart until the session ends
 * @param stalledAfter a task that is at work on one record for longer has stalled
 * @param http where queries, metrics and health are served
 * @param memory what RocksDB may use
 * @param logs how log lines are written
 * @param kafka Kafka client and Kafka Streams properties
 * @param registry properties of the serde, {@code schema.registry.url} among them
 */
public record Settings(
    String applicationId,
    String bootstrapServers,
    String serde,
    Path policy,
    Path stateDir,
    boolean temporaryState,
    TopicSettings topics,
    boolean checkPartition,
    Duration settle,
    Duration transactionWait,
    long mutedUntil,
    boolean tellProfiles,
    boolean leaveGroupOnStop,
    Duration stalledAfter,
    Http http,
    StoreMemory memory,
    LogFormat logs,
    Map<String, String> kafka,
    Map<String, String> registry) {

  /** As long as a broker lets a transaction last by default: {@code transaction.max.timeout.ms}. */
  public static final Duration DEFAULT_TRANSACTION_WAIT = Duration.ofMinutes(15);

  /** The serde of this project. */
  public static final String OWN_SERDE = AvroSerde.class.getName();

  /**
   * As long as Kafka leaves a consumer that does not poll in its group ({@code
   * max.poll.interval.ms}): after that another instance has the partition.
   */
  public static final Duration DEFAULT_STALLED_AFTER = Duration.ofMinutes(5);

  /** Keeps its own copies. */
  public Settings {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }

  /**
   * Topics.
   *
   * @param names their names
   * @param partitions of every input topic and of the control topic, where topics are created
   * @param replication replicas of each partition, where topics are created
   */
  public record TopicSettings(Topics names, int partitions, int replication) {}

  /**
   * The HTTP server.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param advertised host and port at which other instances reach this one; empty for {@code host}
   *     and {@code port}
   * @param apiKey what queries must bring; without one they are answered to this machine only
   * @param maxStale an answer whose task has read no tick for longer is refused
   */
  public record Http(
      String host,
      int port,
      Optional<String> advertised,
      Optional<String> apiKey,
      Duration maxStale) {

    /** On this machine only, on any port. */
    public static final Http LOCAL =
        new Http("127.0.0.1", 0, Optional.empty(), Optional.empty(), Duration.ofMinutes(5));

    @Override
    public String toString() {
      return "Http[" + host + ":" + port + "]";
    }
  }

  /**
   * What all stores in the process may use.
   *
   * @param blockCache bytes of RocksDB's shared block cache beside the heap, write buffers included
   * @param writeBuffers bytes of it that write buffers may take before they are flushed
   * @param heap what of them may be kept in the heap
   */
  public record StoreMemory(long blockCache, long writeBuffers, HeapBudget heap) {

    /** Measured to serve a process of four tasks. */
    public static final StoreMemory STANDARD =
        new StoreMemory(1L << 30, 192L << 20, HeapBudget.standard());
  }

  /** How log lines are written. */
  public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  /** Settings of a pipeline whose broker and registry run in this process. */
  public static Settings inProcess(
      String applicationId,
      String bootstrapServers,
      String registryUrl,
      Path policy,
      Path stateDir,
      int partitions) {
    return new Settings(
        applicationId,
        bootstrapServers,
        OWN_SERDE,
        policy,
        stateDir,
        true,
        new TopicSettings(Topics.STANDARD, partitions, 1),
        true,
        PipelineOptions.DEFAULT_SETTLE,
        DEFAULT_TRANSACTION_WAIT,
        Instants.NEVER,
        true,
        false,
        DEFAULT_STALLED_AFTER,
        Http.LOCAL,
        StoreMemory.STANDARD,
        LogFormat.TEXT,
        Map.of(),
        Map.of("schema.registry.url", registryUrl));
  }

  /** The same with another bound on the wait for an open transaction. */
  public Settings waitingForTransactions(Duration newTransactionWait) {
    return new Settings(
        applicationId,
        bootstrapServers,
        serde,
        policy,
        stateDir,
        temporaryState,
        topics,
        checkPartition,
        settle,
        newTransactionWait,
        mutedUntil,
        tellProfiles,
        leaveGroupOnStop,
        stalledAfter,
        http,
        memory,
        logs,
        kafka,
        registry);
  }

  /** The same with other Kafka properties and another settling time. */
  public Settings with(Duration newSettle, Map<String, String> newKafka) {
    return new Settings(
        applicationId,
        bootstrapServers,
        serde,
        policy,
        stateDir,
        temporaryState,
        topics,
        checkPartition,
        newSettle,
        transactionWait,
        mutedUntil,
        tellProfiles,
        leaveGroupOnStop,
        stalledAfter,
        http,
        memory,
        logs,
        newKafka,
        registry);
  }

  /** The same served elsewhere. */
  public Settings with(Http newHttp) {
    return new Settings(
        applicationId,
        bootstrapServers,
        serde,
        policy,
        stateDir,
        temporaryState,
        topics,
        checkPartition,
        settle,
        transactionWait,
        mutedUntil,
        tellProfiles,
        leaveGroupOnStop,
        stalledAfter,
        newHttp,
        memory,
        logs,
        kafka,
        registry);
  }

  /** The same with another serde, and another time after which a task has stalled. */
  public Settings with(String newSerde, Duration newStalledAfter) {
    return new Settings(
        applicationId,
        bootstrapServers,
        newSerde,
        policy,
        stateDir,
        temporaryState,
        topics,
        checkPartition,
        settle,
        transactionWait,
        mutedUntil,
        tellProfiles,
        leaveGroupOnStop,
        newStalledAfter,
        http,
        memory,
        logs,
        kafka,
        registry);
  }
}
