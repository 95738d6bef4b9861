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
 * @param policy the policy file
 * @param clients the brokers, the registry and the properties of their clients
 * @param state where state is kept
 * @param topics names, and how they are created
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

  /** As long as a broker lets a transaction last by default: {@code transaction.max.timeout.ms}. */
  public static final Duration DEFAULT_TRANSACTION_WAIT = Duration.ofMinutes(15);

  /** The serde of this project. */
  public static final String OWN_SERDE = AvroSerde.class.getName();

  /**
   * As long as Kafka leaves a consumer that does not poll in its group ({@code
   * max.poll.interval.ms}): after that another instance has the partition.
   */
  public static final Duration DEFAULT_STALLED_AFTER = Duration.ofMinutes(5);

  /**
   * Brokers and registry.
   *
   * @param bootstrapServers the brokers
   * @param serde the class name of the serde of records
   * @param kafka properties of Kafka clients and Kafka Streams
   * @param registry properties of the serde, {@code schema.registry.url} among them
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

    /** The same with other properties of Kafka. */
    public Clients withKafka(Map<String, String> newKafka) {
      return new Clients(bootstrapServers, serde, newKafka, registry);
    }

    /** The same with another serde. */
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
   * @param settle how long a task writes no ticks after a gap in them
   * @param transactionWait how long a task waits for records that one open transaction hides
   * @param stalledAfter a task that works on one record for longer has stalled
   * @param leaveGroupOnStop whether a clean stop gives up the tasks at once (to scale in), rather
   *     than keeping them for a restart until the session ends
   */
  public record Processing(
      Duration settle, Duration transactionWait, Duration stalledAfter, boolean leaveGroupOnStop) {

    /** The defaults. */
    public static final Processing STANDARD =
        new Processing(
            PipelineOptions.DEFAULT_SETTLE, DEFAULT_TRANSACTION_WAIT, DEFAULT_STALLED_AFTER, false);

    /** The same with another settling time. */
    public Processing withSettle(Duration newSettle) {
      return new Processing(newSettle, transactionWait, stalledAfter, leaveGroupOnStop);
    }

    /** The same with another bound on the wait for an open transaction. */
    public Processing withTransactionWait(Duration newTransactionWait) {
      return new Processing(settle, newTransactionWait, stalledAfter, leaveGroupOnStop);
    }

    /** The same with another time after which a task has stalled. */
    public Processing withStalledAfter(Duration newStalledAfter) {
      return new Processing(settle, transactionWait, newStalledAfter, leaveGroupOnStop);
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

    /** Everything. */
    public static final Output ALL = new Output(Instants.NEVER, true);
  }

  /**
   * Topics.
   *
   * @param names their names
   * @param partitions of every input topic and of the control topic, where topics are created
   * @param replication replicas of each partition, where topics are created
   * @param checkPartition whether a record must be in the partition that murmur2 assigns to its key
   */
  public record TopicSettings(
      Topics names, int partitions, int replication, boolean checkPartition) {}

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

  /** The same with other clients. */
  public Settings with(Clients newClients) {
    return new Settings(
        applicationId, policy, newClients, state, topics, processing, output, http, memory, logs);
  }

  /** The same with tasks that work otherwise. */
  public Settings with(Processing newProcessing) {
    return new Settings(
        applicationId, policy, clients, state, topics, newProcessing, output, http, memory, logs);
  }

  /** The same with other Kafka properties and another settling time. */
  public Settings with(Duration newSettle, Map<String, String> newKafka) {
    return with(processing.withSettle(newSettle)).with(clients.withKafka(newKafka));
  }

  /** The same served elsewhere. */
  public Settings with(Http newHttp) {
    return new Settings(
        applicationId, policy, clients, state, topics, processing, output, newHttp, memory, logs);
  }
}
