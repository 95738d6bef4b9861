package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The lower bound for any Kafka Streams application, in three variants ({@link Does}), with the
 * same settings as Lifesign. The first decodes an event, gets a record, puts one of the size of
 * Lifesign's records, and publishes nothing. The second makes as many store accesses and publishes
 * as many records as Lifesign in the job with five events per customer, each of the same size, but
 * decides nothing; the remaining difference is the cost of Lifesign's own code. The third publishes
 * as much and keeps everything in the heap; it shows the cost of publishing alone.
 */
final class BareProcessorEntrant implements Entrant {

  /**
   * The average size of a customer in Lifesign's store in this job; see
   * docs/explanation/performance.md.
   */
  private static final int RECORD_BYTES = 256;

  /** The name of the store, which gives it the settings of Lifesign's store. */
  private static final String RECORDS = Names.CUSTOMERS;

  private static final String INDEX = "index";
  private static final String CHANGES = "changes";
  private static final String PROFILES = "profiles";

  private static final String KEPT = "kept";

  private final Does does;

  /** What the processor does for an event. */
  enum Does {
    /** Decodes, gets and puts. */
    LITTLE,
    /** Makes the same store accesses as Lifesign, and publishes as much. */
    AS_MUCH,
    /** Publishes as much as Lifesign, without stores. */
    TELL_AS_MUCH
  }

  BareProcessorEntrant(Does does) {
    this.does = does;
  }

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.settings(run, true);
    Connections connections = new Connections(settings);
    Topics topics = new Topics(run.inputs(), run.outputs());
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "events",
        null,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.inputs().toArray(String[]::new));
    topology.addProcessor(
        "bare",
        () -> {
          Deserializer<SpecificRecord> decode = connections.serdes().create().deserializer();
          return switch (does) {
            case LITTLE -> new Bare(decode, progress);
            case AS_MUCH -> new AsMuch(decode, progress);
            case TELL_AS_MUCH -> new TellsAsMuch(decode, progress);
          };
        },
        "events");
    ByteArraySerializer bytes = new ByteArraySerializer();
    if (does != Does.TELL_AS_MUCH) {
      topology.addStateStore(store(RECORDS), "bare");
    } else {
      // Takes the place of the changelog; nothing else writes to this topic in this job.
      topology.addSink(KEPT, topics.segmentChanges(), bytes, bytes, "bare");
    }
    if (does == Does.AS_MUCH) {
      topology.addStateStore(store(INDEX).withLoggingDisabled(), "bare");
    }
    if (does != Does.LITTLE) {
      topology.addSink(CHANGES, topics.statusChanges(), bytes, bytes, "bare");
      topology.addSink(PROFILES, topics.customerProfiles(), bytes, bytes, "bare");
    }
    KafkaStreams streams =
        new KafkaStreams(topology, StreamsProperties.of(settings, Optional.empty()));
    streams.start();
    progress.await(
        () -> {
          if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("Kafka Streams stopped");
          }
        });
    streams.close(Duration.ofSeconds(10));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  private static class Bare implements Processor<byte[], byte[], byte[], byte[]> {

    private final Deserializer<SpecificRecord> deserializer;
    private final Progress progress;
    private KeyValueStore<Bytes, byte[]> store;

    Bare(Deserializer<SpecificRecord> deserializer, Progress progress) {
      this.deserializer = deserializer;
      this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      open(context);
    }

    void open(ProcessorContext<byte[], byte[]> context) {
      store = context.getStateStore(RECORDS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      deserializer.deserialize("", record.value());
      touch(Bytes.wrap(record.key()), record.timestamp());
      more(record);
      progress.count();
    }

    void touch(Bytes key, long seed) {
      byte[] before = store.get(key);
      store.put(key, random(before == null ? RECORD_BYTES : before.length, seed));
    }

    void put(Bytes key, byte[] value) {
      store.put(key, value);
    }

    void more(Record<byte[], byte[]> record) {
      // The first variant does nothing more.
    }
  }

  /** Does as much per event as Lifesign, by the figures of Lifesign's own run, without ticks. */
  private static class AsMuch extends Bare {

    private static final double FIRED = 0.90;
    private static final double STATUS_CHANGES = 0.72;
    private static final double PROFILES_TOLD = 1.87;
    private static final int CHANGE_BYTES = 120;
    private static final int PROFILE_BYTES = 110;
    private static final int HISTORY_BYTES = 115;

    /** The number of status changes in a block of the store. */
    private static final int CHANGES_OF_BLOCK = 8;

    private static final long DAYS_AHEAD = Duration.ofDays(60).toMillis();

    private final Bytes[] known = new Bytes[4_096];
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> index;
    private long events;

    AsMuch(Deserializer<SpecificRecord> deserializer, Progress progress) {
      super(deserializer, progress);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
      context = newContext;
      open(newContext);
    }

    @Override
    void open(ProcessorContext<byte[], byte[]> newContext) {
      super.open(newContext);
      index = newContext.getStateStore(INDEX);
    }

    @Override
    void more(Record<byte[], byte[]> record) {
      events++;
      Bytes key = Bytes.wrap(record.key());
      if (isTurn(FIRED)) {
        Bytes other = known[(int) (events * 2_654_435_761L & (known.length - 1))];
        Bytes fired = other == null ? key : other;
        touch(fired, record.timestamp() + 1);
        rearm(fired, record.timestamp());
      }
      if (isTurn(STATUS_CHANGES)) {
        tell(record, CHANGE_BYTES, CHANGES);
      }
      if (isTurn(STATUS_CHANGES / CHANGES_OF_BLOCK)) {
        put(indexed(key, events), random(HISTORY_BYTES, record.timestamp()));
      }
      for (int i = isTurn(PROFILES_TOLD - 1) ? 0 : 1; i < 2; i++) {
        tell(record, PROFILE_BYTES, PROFILES);
      }
      known[(int) (events & (known.length - 1))] = key;
    }

    void rearm(Bytes fired, long at) {
      index.put(indexed(fired, at), null);
      index.put(indexed(fired, at + DAYS_AHEAD), new byte[0]);
    }

    void tellKept(Bytes key, byte[] value, long at) {
      context.forward(new Record<>(key.get(), value, at), KEPT);
    }

    private boolean isTurn(double each) {
      return (long) (events * each) != (long) ((events - 1) * each);
    }

    private void tell(Record<byte[], byte[]> record, int bytes, String sink) {
      context.forward(record.withValue(random(bytes, record.timestamp())), sink);
    }

    private static Bytes indexed(Bytes key, long at) {
      return Bytes.wrap(
          ByteBuffer.allocate(Long.BYTES + key.get().length).putLong(at).put(key.get()).array());
    }
  }

  /** Publishes as much, with a hash table instead of stores and without a deadline index. */
  private static final class TellsAsMuch extends AsMuch {

    private final Map<Bytes, byte[]> held = new HashMap<>();

    TellsAsMuch(Deserializer<SpecificRecord> deserializer, Progress progress) {
      super(deserializer, progress);
    }

    @Override
    void open(ProcessorContext<byte[], byte[]> context) {
      // There are none.
    }

    @Override
    void touch(Bytes key, long seed) {
      byte[] next = random(RECORD_BYTES, seed);
      byte[] before = held.putIfAbsent(key, next);
      if (before != null) {
        System.arraycopy(next, 0, before, 0, next.length);
      }
      tellKept(key, next, Math.max(0, seed));
    }

    @Override
    void put(Bytes key, byte[] value) {
      tellKept(key, value, 0);
    }

    @Override
    void rearm(Bytes fired, long at) {
      // There is no index.
    }
  }

  /** Incompressible bytes from a random number generator (xorshift, Marsaglia). */
  private static byte[] random(int length, long seed) {
    ByteBuffer bytes = ByteBuffer.allocate(length + Long.BYTES);
    long state = seed | 1;
    while (bytes.position() < length) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      bytes.putLong(state);
    }
    return Arrays.copyOf(bytes.array(), length);
  }
}
