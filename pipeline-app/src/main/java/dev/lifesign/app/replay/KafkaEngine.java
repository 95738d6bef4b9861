package dev.lifesign.app.replay;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.Folders;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.replay.DirectCustomers;
import dev.lifesign.lab.replay.Refused;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import dev.lifesign.lab.replay.Results;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.StatusChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays through an embedded broker and the real topology. The whole file, including ticks, is in
 * the topics before the topology starts.
 */
public final class KafkaEngine {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaEngine.class);
  private static final String LINE = "lifesign-line";
  private static final int ASK_AGAIN_MILLIS = 100;

  private final Replay replay;
  private final Results results;
  private final int partitions;
  private final Path workDir;

  /**
   * Creates an engine for one replay.
   *
   * @param partitions the number of partitions of every topic
   * @param workDir the folder for broker and state; created, and deleted at the end
   */
  public KafkaEngine(Replay replay, ReplayFiles results, int partitions, Path workDir) {
    this.replay = replay;
    this.results = results;
    this.partitions = partitions;
    this.workDir = workDir;
  }

  /** Runs the replay. */
  public void run() {
    Folders.delete(workDir);
    try (EmbeddedBroker broker = EmbeddedBroker.start(workDir.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(workDir.resolve("schemas.jsonl"), Ports.free())) {
      Settings settings =
          Settings.inProcess(
              "lifesign-replay",
              broker.bootstrapServers(),
              registry.url(),
              Path.of(replay.events().name()),
              workDir.resolve("state"),
              partitions);
      Connections connections = new Connections(settings);
      try (Admin admin = connections.admin()) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, partitions, false), 1);
      }
      produce(connections);
      score(settings);
      collect(connections);
    } finally {
      Folders.delete(workDir);
    }
  }

  private void produce(Connections connections) {
    Serde<SpecificRecord> serde = connections.serdes().create();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        connections.producer(
            Map.of("linger.ms", 20, "batch.size", 256 * 1024, "max.request.size", 64 << 20))) {
      // Cut points depend on all partitions, so they are computed here and written with the events.
      DirectCustomers all =
          new DirectCustomers(
              Policies.of(replay.policy().policy()),
              outcome -> {},
              cuts ->
                  toControl(
                      producer,
                      serde,
                      PopulationCodec.CUTS_KEY,
                      PopulationCodec.encode(cuts.cuts()),
                      cuts.from(),
                      failure));
      boolean byPopulation = replay.policy().policy().rfm().cutsEvery().isPresent();
      replay.play(
          results,
          line -> {
            send(producer, event(serde, line), failure);
            if (byPopulation
                && Acceptance.check(line.event().orElseThrow(), line.arrivedAt()).isEmpty()) {
              all.accept(line.event().orElseThrow(), line.arrivedAt());
            }
          },
          command -> {
            send(producer, command(serde, command), failure);
            if (byPopulation) {
              all.obey(command.command(), command.arrivedAt());
            }
          },
          at -> {
            toControl(producer, serde, Tick.KEY, new Tick(0, at).toRecord(), at, failure);
            if (byPopulation) {
              all.tick(at);
            }
          });
      producer.flush();
    }
    if (failure.get() != null) {
      throw new UserError(
          "The embedded broker did not accept an event or a command: " + failure.get().getMessage(),
          failure.get());
    }
  }

  private static ProducerRecord<byte[], byte[]> event(Serde<SpecificRecord> serde, Line line) {
    Event event = line.event().orElseThrow();
    String topic = Topics.STANDARD.of(event.family());
    RecordHeaders headers = new RecordHeaders();
    headers.add(LINE, ByteBuffer.allocate(Long.BYTES).putLong(line.number()).array());
    return new ProducerRecord<>(
        topic,
        null,
        line.arrivedAt(),
        event.customerId().getBytes(StandardCharsets.UTF_8),
        serde.serializer().serialize(topic, EventCodec.encode(event)),
        headers);
  }

  private static ProducerRecord<byte[], byte[]> command(
      Serde<SpecificRecord> serde, ArrivedCommand command) {
    String topic = Topics.STANDARD.commands();
    return new ProducerRecord<>(
        topic,
        null,
        command.arrivedAt(),
        command.command().customerId().getBytes(StandardCharsets.UTF_8),
        serde.serializer().serialize(topic, CommandCodec.encode(command.command())));
  }

  /** Sends a copy to each partition. */
  private void toControl(
      KafkaProducer<byte[], byte[]> producer,
      Serde<SpecificRecord> serde,
      String key,
      ControlRecord record,
      long at,
      AtomicReference<Exception> failure) {
    byte[] value = serde.serializer().serialize(Topics.STANDARD.control(), record);
    for (int partition = 0; partition < partitions; partition++) {
      send(
          producer,
          new ProducerRecord<>(
              Topics.STANDARD.control(),
              partition,
              at,
              key.getBytes(StandardCharsets.UTF_8),
              value),
          failure);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      AtomicReference<Exception> failure) {
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
  }

  private void score(Settings settings) {
    Set<Integer> caughtUp = ConcurrentHashMap.newKeySet();
    long lastTick = replay.lastTick();
    PipelineObserver observer =
        new PipelineObserver() {
          @Override
          public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
            results.handled(outcome);
          }

          @Override
          public void droppedAsErased(Family family) {
            results.erased();
          }

          @Override
          public void opened(int partition, long tick) {
            // A partition that moves to another thread continues at its committed offset.
            caughtUp.remove(partition);
          }

          @Override
          public void caughtUp(int partition, long tick) {
            if (tick == lastTick) {
              caughtUp.add(partition);
            }
          }
        };
    PipelineOptions options = PipelineOptions.ofLog(replay.policy().policy(), partitions, observer);
    try (PipelineRunner runner = new PipelineRunner(settings, options)) {
      runner.start();
      Optional<List<Profile>> profiles = Optional.empty();
      while (profiles.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
        requireUp(runner);
        if (caughtUp.size() == partitions) {
          profiles = profiles(runner).filter(found -> caughtUp.size() == partitions);
        }
      }
      profiles.get().forEach(results::profile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted", e);
    }
  }

  private static void requireUp(PipelineRunner runner) {
    runner
        .failure()
        .ifPresent(
            cause -> {
              throw new UserError("The pipeline stopped: " + cause.getMessage(), cause);
            });
  }

  /** The profiles of all customers; empty while a partition moves between threads. */
  private Optional<List<Profile>> profiles(PipelineRunner runner) {
    try {
      List<Profile> found = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        profiles(runner.customers(partition), found);
      }
      return Optional.of(found);
    } catch (InvalidStateStoreException e) {
      LOG.debug("Not all customers can be queried at the moment", e);
      return Optional.empty();
    }
  }

  private void profiles(ReadOnlyKeyValueStore<Bytes, byte[]> customers, List<Profile> found) {
    CustomerCodec codec = new CustomerCodec();
    Timeline timeline = new Timeline(Policies.of(replay.policy().policy()));
    try (KeyValueIterator<Bytes, byte[]> all = customers.range(null, CustomerKey.AFTER_ALL)) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        String id = new String(next.key.get(), StandardCharsets.UTF_8);
        Customer customer = codec.decode(id, next.value).customer();
        found.add(Profile.of(customer, timeline.policyOf(customer), replay.until()));
      }
    }
  }

  private void collect(Connections connections) {
    connections.readAll(
        List.of(
            Topics.STANDARD.statusChanges(),
            Topics.STANDARD.churnAlerts(),
            Topics.STANDARD.commandResults(),
            Topics.STANDARD.deadLetters()),
        fact -> {
          if (fact instanceof StatusChange change) {
            results.statusChange(ReplayRows.of(change));
          } else if (fact instanceof ChurnAlert alert) {
            results.alert(ReplayRows.of(alert));
          } else if (fact instanceof CommandResult answer) {
            results.command(ReplayRows.of(answer));
          } else if (fact instanceof DeadLetter letter) {
            ByteBuffer line = letter.getHeaders().get(LINE);
            results.deadLetter(
                line.getLong(line.position()),
                Refused.kind(letter.getReason()),
                letter.getReason(),
                letter.getMessage());
          }
        });
  }
}
