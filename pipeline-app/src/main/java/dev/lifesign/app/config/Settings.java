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
 * The settings of a pipeline.
 *
 * @param applicationId the name of its consumer group, and the prefix for its transactions and
 *     internal topics
 * @param policy the policy file
 * @param clients the brokers, the registry and the properties of their clients
 * @param state where state is kept
 * @param topics the names of topics, and how topics are created
 * @param processing how tasks work
 * @param output what is published
 * @param http where queries, metrics and health are served
 * @param memory what stores may use
 * @param logs how log lines are written
 */
public record Settings(
    String applicationId,
    Path policy,
    Clients clients,
    State state,
    TopicSettings topics,
    Processing processing,
    Output output,
    Http http,
    StoreMemory memory,
    LogFormat logs) {

  /**
   * The longest time for which brokers keep a transaction open by default: {@code
   * transaction.max.timeout.ms}.
   */
  public static final Duration DEFAULT_TRANSACTION_WAIT = Duration.ofMinutes(15);

  /** The serde of this project. */
  public static final String OWN_SERDE = AvroSerde.class.getName();

  /**
   * The time after which Kafka removes a consumer that does not poll from its group ({@code
   * max.poll.interval.ms}), so that another instance takes over the partition.
   */
  public static final Duration DEFAULT_STALLED_AFTER = Duration.ofMinutes(5);

  /**
   * The clients of brokers and registry.
   *
   * @param bootstrapServers the brokers
   * @param serde the class name of the serde for records
   * @param kafka properties of Kafka clients and Kafka Streams
   * @param registry properties of the serde, including {@code schema.registry.url}
   */
  public record Clients(
      String bootstrapServers,
      String serde,
      Map<String, String> kafka,
      Map<String, String> registry) {

    /** Keeps its own copies. */
    public Clients {
      kafka = Map.copyOf(kafka);
      registry = Map.copyOf(registry);
    }

    /** Returns the same clients with other properties of Kafka. */
    public Clients withKafka(Map<String, String> newKafka) {
      return new Clients(bootstrapServers, serde, newKafka, registry);
    }

    /** Returns the same clients with another serde. */
    public Clients withSerde(String newSerde) {
      return new Clients(bootstrapServers, newSerde, kafka, registry);
    }
  }

  /**
   * State on disk.
   *
   * @param dir the folder
   * @param temporary whether it may be under the system's temporary folder
   */
  public record State(Path dir, boolean temporary) {}

  /**
   * How tasks work.
   *
   * @param settle how long a task waits after a gap in its ticks before it writes the next one
   * @param transactionWait how long a task waits for records hidden by one open transaction
   * @param stalledAfter the time on one record after which a task counts as stalled
   * @param leaveGroupOnStop whether a clean stop releases the tasks at once (to scale in) instead
   *     of keeping them for a restart until the session ends
   * @param erasedFor how long events of an erased customer are dropped
   */
  public record Processing(
      Duration settle,
      Duration transactionWait,
      Duration stalledAfter,
      boolean leaveGroupOnStop,
      Duration erasedFor) {

    /** The defaults. */
    public static final Processing STANDARD =
        new Processing(
            PipelineOptions.DEFAULT_SETTLE,
            DEFAULT_TRANSACTION_WAIT,
            DEFAULT_STALLED_AFTER,
            false,
            PipelineOptions.Erasing.DEFAULT.dropsFor());

    /** Returns the same processing with another settling time. */
    public Processing withSettle(Duration newSettle) {
      return new Processing(newSettle, transactionWait, stalledAfter, leaveGroupOnStop, erasedFor);
    }

    /** Returns the same processing with another bound on the wait for an open transaction. */
    public Processing withTransactionWait(Duration newTransactionWait) {
      return new Processing(settle, newTransactionWait, stalledAfter, leaveGroupOnStop, erasedFor);
    }

    /** Returns the same processing with another time after which a task has stalled. */
    public Processing withStalledAfter(Duration newStalledAfter) {
      return new Processing(settle, transactionWait, newStalledAfter, leaveGroupOnStop, erasedFor);
    }
  }

  /**
   * What is published.
   *
   * @param mutedUntil facts that became true before this instant are not published, milliseconds
   *     since 1970; NEVER to publish everything
   * @param profiles whether changed profiles are published
   */
  public record Output(long mutedUntil, boolean profiles) {

    /** Publishes everything. */
    public static final Output ALL = new Output(Instants.NEVER, true);
  }

  /**
   * Topics.
   *
   * @param names the names
   * @param partitions the number of partitions for new topics
   * @param replication the number of replicas per partition for new topics
   * @param checkPartition whether a record must be in the partition that murmur2 assigns to its key
   */
  public record TopicSettings(
      Topics names, int partitions, int replication, boolean checkPartition) {}

  /**
   * The HTTP server.
   *
   * @param host the address to listen on
   * @param port the port; 0 for any free port
   * @param advertised host and port at which other instances reach this one; empty for {@code host}
   *     and {@code port}
   * @param apiKey the key that queries must have; without one, only queries from this machine are
   *     answered
   * @param maxStale queries are refused if the task has not read a tick for longer than this
   */
  public record Http(
      String host,
      int port,
      Optional<String> advertised,
      Optional<String> apiKey,
      Duration maxStale) {

    /** Serves this machine only, on any free port. */
    public static final Http LOCAL =
        new Http("127.0.0.1", 0, Optional.empty(), Optional.empty(), Duration.ofMinutes(5));

    @Override
    public String toString() {
      return "Http[" + host + ":" + port + "]";
    }
  }

  /**
   * The memory that all stores of the process may use.
   *
   * @param blockCache the size in bytes of RocksDB's shared block cache outside the heap, including
   *     write buffers
   * @param writeBuffers the part of it in bytes that write buffers may take before they are flushed
   * @param heap the heap that stores may use
   */
  public record StoreMemory(long blockCache, long writeBuffers, HeapBudget heap) {

    /** Chosen by measurement for a process with four tasks. */
    public static final StoreMemory STANDARD =
        new StoreMemory(1L << 30, 192L << 20, HeapBudget.standard());
  }

  /** The format of log lines. */
  public enum LogFormat {
    /** Plain text. */
    TEXT,
    /** One JSON object per line. */
    JSON
  }

  /** Returns settings for a pipeline whose broker and registry run in this process. */
  public static Settings inProcess(
      String applicationId,
      String bootstrapServers,
      String registryUrl,
      Path policy,
      Path stateDir,
      int partitions) {
    return new Settings(
        applicationId,
        policy,
        new Clients(
            bootstrapServers, OWN_SERDE, Map.of(), Map.of("schema.registry.url", registryUrl)),
        new State(stateDir, true),
        new TopicSettings(Topics.STANDARD, partitions, 1, true),
        Processing.STANDARD,
        Output.ALL,
        Http.LOCAL,
        StoreMemory.STANDARD,
        LogFormat.TEXT);
  }

  /** Returns the same settings with other clients. */
  public Settings with(Clients newClients) {
    return new Settings(
        applicationId, policy, newClients, state, topics, processing, output, http, memory, logs);
  }

  /** Returns the same settings with other processing. */
  public Settings with(Processing newProcessing) {
    return new Settings(
        applicationId, policy, clients, state, topics, newProcessing, output, http, memory, logs);
  }

  /** Returns the same settings with other Kafka properties and another settling time. */
  public Settings with(Duration newSettle, Map<String, String> newKafka) {
    return with(processing.withSettle(newSettle)).with(clients.withKafka(newKafka));
  }

  /** Returns the same settings with another HTTP server. */
  public Settings with(Http newHttp) {
    return new Settings(
        applicationId, policy, clients, state, topics, processing, output, newHttp, memory, logs);
  }
}
