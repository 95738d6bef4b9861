package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.task.ControlRecordException;
import dev.lifesign.core.topology.PipelineTopology;
import dev.lifesign.core.wire.SchemaFetcher;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running pipeline: Kafka Streams with the topology, from start to clean stop. */
public final class PipelineRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);
  private static final Duration CLOSE = Duration.ofSeconds(8);

  private final KafkaStreams streams;
  private final boolean leaveGroup;
  private final Optional<SchemaFetcher> schemas;
  private final AtomicInteger waiting = new AtomicInteger();
  private final RestoreProgress restores = new RestoreProgress();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Creates a pipeline without starting it. */
  public PipelineRunner(Settings settings, PipelineOptions options) {
    this(
        settings,
        new Connections(settings),
        options,
        new HiddenRecords(settings.processing().transactionWait(), System::nanoTime),
        Optional.empty(),
        new Skips());
  }

  /**
   * Creates a pipeline without starting it.
   *
   * @param settings the settings
   * @param connections create its serdes
   * @param options the options of the topology
   * @param hidden keeps the waits for records that open transactions hide
   * @param server host and port at which other instances reach this one, if any
   * @param skips the records to skip
   */
  public PipelineRunner(
      Settings settings,
      Connections connections,
      PipelineOptions options,
      HiddenRecords hidden,
      Optional<String> server,
      Skips skips) {
    leaveGroup = settings.processing().leaveGroupOnStop();
    schemas =
        settings.clients().serde().equals(Settings.OWN_SERDE)
            ? Optional.of(new SchemaFetcher(connections.registry()))
            : Optional.empty();
    streams =
        create(
            PipelineTopology.build(
                options, settings.memory().heap(), connections.streamSerdes(), skips),
            StreamsProperties.of(settings, server),
            gated(new PipelineClients(options, hidden), skips));
    streams.setGlobalStateRestoreListener(restores);
    streams.setStateListener(
        (now, before) -> {
          LOG.debug("Pipeline is {} (was {})", now, before);
          switch (now) {
            case RUNNING -> running.countDown();
            case ERROR, NOT_RUNNING -> {
              running.countDown();
              ended.countDown();
            }
            default -> {}
          }
        });
    streams.setUncaughtExceptionHandler(
        exception -> {
          if (isPassing(exception)) {
            LOG.warn(
                "A thread of the pipeline restarts: {} ({})",
                exception.toString(),
                rootMessage(exception));
            return StreamThreadExceptionResponse.REPLACE_THREAD;
          }
          if (failure.compareAndSet(null, exception)) {
            // The other threads stop for the same reason, or because this one stops.
            unreadable(exception)
                .ifPresentOrElse(
                    sentence -> LOG.error("The pipeline stops: {}", sentence),
                    () -> LOG.error("The pipeline stops{}", advice(exception), exception));
          } else {
            LOG.warn("Another thread stops{}: {}", advice(exception), rootMessage(exception));
          }
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
  }

  private static KafkaStreams create(
      Topology topology, Properties properties, KafkaClientSupplier supplier) {
    StreamsClients clients = new StreamsClients(supplier);
    try {
      KafkaStreams created =
          new KafkaStreams(topology, properties, clients, SteadyTime.ofMachine());
      clients.handOver();
      return created;
    } catch (RuntimeException | Error e) {
      clients.closeAfter(e);
      throw e;
    }
  }

  private KafkaClientSupplier gated(KafkaClientSupplier clients, Skips skips) {
    return schemas
        .<KafkaClientSupplier>map(
            fetcher -> new GatedClients(clients, fetcher, skips, waiting::addAndGet))
        .orElse(clients);
  }

  /** The record at which it stopped and the action to take; empty if no record was the cause. */
  private static String advice(Throwable exception) {
    if (unreadable(exception).isPresent()) {
      // The message itself says what to do; a control record cannot be skipped.
      return "";
    }
    return FailedRecord.in(exception)
        .map(
            place ->
                " at %s; restart it, and if it stops there again, run %s"
                    .formatted(place, FailedRecord.command(place)))
        .orElse("");
  }

  /**
   * Whether a restarted thread can continue: a request was not answered, or a transaction was lost,
   * for example because the process was suspended for longer than a transaction may last. The lost
   * work was not committed, and is done again.
   */
  private static boolean isPassing(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof InvalidTxnStateException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof ProducerFencedException
          || cause instanceof InvalidPidMappingException
          || cause instanceof UnknownProducerIdException
          || cause instanceof OutOfOrderSequenceException) {
        return true;
      }
    }
    return false;
  }

  /**
   * The message about a control record that this build does not understand, if one was the cause.
   */
  private static Optional<String> unreadable(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof ControlRecordException) {
        return Optional.of(cause.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Starts the pipeline and returns at once. */
  public void start() {
    streams.start();
  }

  /**
   * Waits until it runs, with its state restored.
   *
   * @throws UserError if it stopped instead
   */
  public void awaitRunning() {
    await(running);
    failure().ifPresent(PipelineRunner::fail);
  }

  /**
   * Waits until it has ended.
   *
   * @throws UserError if it ended with a fault
   */
  public void awaitEnd() {
    await(ended);
    failure().ifPresent(PipelineRunner::fail);
  }

  /** A message about the fault that stopped it, if there was one. */
  public Optional<String> failureSentence() {
    return failure().map(PipelineRunner::sentence);
  }

  /** The fault that stopped it, if there was one. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * The store of a partition's customers.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if this instance does not
   *     have it, or not at the moment, for example while it moves between threads
   */
  public ReadOnlyKeyValueStore<Bytes, byte[]> customers(int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                Names.CUSTOMERS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition));
  }

  /** The metrics of Kafka's clients, Kafka Streams and RocksDB; may be read at any time. */
  public Map<MetricName, Metric> metrics() {
    return StoreGauges.guarded(streams.metrics());
  }

  /** Kafka Streams, for access to its state, its metrics and its stores. */
  public KafkaStreams streams() {
    return streams;
  }

  /** The progress of state restoration. */
  public RestoreProgress restores() {
    return restores;
  }

  /** The number of partitions that wait for a schema from the registry. */
  public int waitingForSchemas() {
    return waiting.get();
  }

  @Override
  public void close() {
    CloseOptions how =
        CloseOptions.timeout(CLOSE)
            .withGroupMembershipOperation(
                leaveGroup
                    ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                    : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
    if (!streams.close(how)) {
      LOG.warn("The pipeline did not stop within {} s", CLOSE.toSeconds());
    }
    schemas.ifPresent(SchemaFetcher::close);
    ended.countDown();
  }

  private static void fail(Throwable cause) {
    throw new UserError(
        "The pipeline stopped%s: %s".formatted(advice(cause), sentence(cause)), cause);
  }

  private static String sentence(Throwable cause) {
    return unreadable(cause).orElseGet(() -> rootMessage(cause));
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
