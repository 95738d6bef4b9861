package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.core.codec.FactFormat;
import dev.lifesign.core.codec.HistoryCodec;
import dev.lifesign.core.codec.PastChanges;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The upper bound for Lifesign with any store: makes the same decisions and publishes the same
 * records, including those of the changelog, from a hash table in the heap, with deadlines in one
 * list per hour. It cannot restore or query its state, has no memory limit and no deadline index,
 * and does not validate events.
 */
final class DecidingEntrant implements Entrant {

  private static final String EVENTS = "events";
  private static final String CONTROL = "control";
  private static final String DECIDING = "deciding";
  private static final String KEPT = "kept";
  private static final String CHANGES = "changes";
  private static final String ALERTS = "alerts";
  private static final String PROFILES = "profiles";

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.settings(run, true);
    Connections connections = new Connections(settings);
    Topics topics = new Topics(run.inputs(), run.outputs());
    CountDownLatch through = new CountDownLatch(run.job().partitions());
    long lastTick = run.ticks().last(run.job());
    Topology topology = new Topology();
    source(topology, EVENTS, topics.inputs().toArray(String[]::new));
    source(topology, CONTROL, topics.control());
    topology.addProcessor(
        DECIDING,
        () ->
            new Deciding(
                own(connections),
                topics.control(),
                progress,
                at -> {
                  if (at == lastTick) {
                    through.countDown();
                  }
                }),
        EVENTS,
        CONTROL);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Serializer<StatusChange> changes = facts(connections, FactFormat.STATUS_CHANGE);
    Serializer<Profile> profiles = facts(connections, FactFormat.PROFILE);
    // Takes the place of a changelog; nothing else writes to this topic in this job.
    topology.addSink(KEPT, topics.segmentChanges(), bytes, bytes, DECIDING);
    topology.addSink(CHANGES, topics.statusChanges(), bytes, changes, DECIDING);
    topology.addSink(ALERTS, topics.churnAlerts(), bytes, own(connections).serializer(), DECIDING);
    topology.addSink(PROFILES, topics.customerProfiles(), bytes, profiles, DECIDING);
    KafkaStreams streams =
        new KafkaStreams(topology, StreamsProperties.of(settings, Optional.empty()));
    streams.start();
    Runnable alive =
        () -> {
          if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("Kafka Streams stopped");
          }
        };
    progress.await(alive);
    try {
      while (!through.await(100, TimeUnit.MILLISECONDS)) {
        alive.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
    streams.close(Duration.ofSeconds(10));
  }

  private static void source(Topology topology, String name, String... topics) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology.addSource(AutoOffsetReset.earliest(), name, null, bytes, bytes, topics);
  }

  private static AvroSerde own(Connections connections) {
    return (AvroSerde) connections.serdes().create();
  }

  private static <T> Serializer<T> facts(Connections connections, FactFormat<T> format) {
    AvroSerde serde = own(connections);
    return (topic, fact) -> format.serialize(serde, topic, fact);
  }

  /** The customers of a partition. */
  private static final class Deciding implements Processor<byte[], byte[], byte[], Object> {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int CHANGES_OF_BLOCK = 8;

    private final AvroSerde serde;
    private final String control;
    private final Progress progress;
    private final LongConsumer ticked;
    private final Timeline timeline = new Timeline(Policies.of(BenchPolicy.policy()));
    private final CustomerCodec codec = new CustomerCodec();
    private final Map<String, byte[]> customers = new HashMap<>();

    /** The customers with a deadline, current or former, per hour. */
    private final Map<Long, List<String>> due = new HashMap<>();

    private long nextHour = Long.MAX_VALUE;
    private ProcessorContext<byte[], Object> context;

    Deciding(AvroSerde serde, String control, Progress progress, LongConsumer ticked) {
      this.serde = serde;
      this.control = control;
      this.progress = progress;
      this.ticked = ticked;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> newContext) {
      context = newContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (context.recordMetadata().orElseThrow().topic().equals(control)) {
        tick(record.timestamp());
        ticked.accept(record.timestamp());
      } else {
        hear(record);
        progress.count();
      }
    }

    private void hear(Record<byte[], byte[]> record) {
      long arrivedAt = record.timestamp();
      Event read = EventCodec.decode(serde.deserialize("", record.value()));
      Event event = Acceptance.settle(read, arrivedAt);
      Optional<StoredCustomer> known = get(event.customerId());
      Decision outcome = timeline.apply(known.map(StoredCustomer::customer), event, arrivedAt);
      if (outcome.kind() != Decision.Kind.DUPLICATE) {
        keep(known, outcome, arrivedAt);
      }
    }

    private void tick(long tick) {
      long bound = timeline.horizon(tick);
      for (; nextHour < bound; nextHour += HOUR) {
        List<String> these = due.getOrDefault(nextHour, List.of());
        List<String> left = new ArrayList<>();
        // Customers that are due again within the hour are appended meanwhile.
        for (int i = 0; i < these.size(); i++) {
          fire(these.get(i), tick, bound, left);
        }
        if (!left.isEmpty()) {
          due.put(nextHour, left);
          return;
        }
        due.remove(nextHour);
      }
    }

    private void fire(String id, long tick, long bound, List<String> left) {
      StoredCustomer stored = get(id).orElseThrow();
      if (hour(stored.armed()) != nextHour) {
        return;
      }
      if (stored.armed() >= bound) {
        left.add(id);
        return;
      }
      keep(
          Optional.of(stored.disarmed()),
          timeline.advance(stored.customer(), stored.armed() + 1, tick),
          tick);
    }

    private Optional<StoredCustomer> get(String id) {
      byte[] bytes = customers.get(id);
      return bytes == null ? Optional.empty() : Optional.of(codec.decode(id, bytes));
    }

    private void keep(Optional<StoredCustomer> known, Decision outcome, long at) {
      Customer now = outcome.customer();
      byte[] key = now.id().getBytes(StandardCharsets.UTF_8);
      long armed = known.map(StoredCustomer::armed).orElse(Instants.FOREVER);
      long next = timeline.nextTouch(now);
      if (next < armed) {
        armed = next;
        due.computeIfAbsent(hour(next), any -> new ArrayList<>()).add(now.id());
        nextHour = Math.min(nextHour, hour(next));
      }
      PastChanges changes = known.map(StoredCustomer::changes).orElse(PastChanges.NONE);
      for (StatusChange change : outcome.statusChanges()) {
        changes = changes.plus(History.Change.of(change));
        if (change.sequence() % CHANGES_OF_BLOCK == 0) {
          forward(key, HistoryCodec.encode(changes), at, KEPT);
          changes = PastChanges.NONE;
        }
        forward(key, change, at, CHANGES);
      }
      byte[] bytes = codec.encode(new StoredCustomer(now, armed, changes));
      customers.put(now.id(), bytes);
      forward(key, bytes, at, KEPT);
      for (AlertFact alert : outcome.alerts()) {
        forward(key, FactCodec.encode(alert), at, ALERTS);
      }
      if (outcome.profileChanged()) {
        Profile profile = Profile.of(now, timeline.policyOf(now), now.clock());
        forward(key, profile, at, PROFILES);
      }
    }

    private void forward(byte[] key, Object fact, long at, String sink) {
      context.forward(new Record<>(key, fact, at), sink);
    }

    private static long hour(long at) {
      return at == Instants.FOREVER ? at : Math.floorDiv(at, HOUR) * HOUR;
    }
  }
}
