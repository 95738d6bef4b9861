package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.FactFormat;
import dev.lifesign.core.streams.wire.TotalDeserializer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: one sub-topology that scores customers, partitioned by customer, and a small one
 * that adds up the populations of its partitions. Every name is part of the contract with the
 * stored state: a rename is a migration.
 */
public final class PipelineTopology {

  /** The store of customers, their deadlines, their last status changes, and the last tick. */
  public static final String CUSTOMERS = "customers";

  /** The store of what was read of the control topic. */
  public static final String CONTROL_STATE = "control";

  /** The store of a partition's population, counted. */
  static final String POPULATION = "population";

  /** Says when the task is about to commit. */
  static final String COMMIT_NOTICE = "commit-notice";

  /** The store of the last count of each partition. */
  static final String COUNTED = "counted";

  static final String POPULATION_SINK = "population-counts";
  static final String CUTS_SINK = "cuts";
  static final String STATUS_CHANGES_SINK = "status-changes";
  static final String CHURN_ALERTS_SINK = "churn-alerts";
  static final String SEGMENT_CHANGES_SINK = "segment-changes";
  static final String CUSTOMER_PROFILES_SINK = "customer-profiles";
  static final String DEAD_LETTERS_SINK = "dead-letters";
  static final String TICKS_SINK = "ticks";

  private static final String EVENTS_SOURCE = "events";
  private static final String CONTROL_SOURCE = "control-records";
  private static final String SCORING = "scoring";
  private static final String POPULATION_SOURCE = "population-of-partitions";
  private static final String CUTTING = "taking-cuts";

  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(64 * 1024 * 1024),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(24 * 60 * 60 * 1000L));

  private PipelineTopology() {}

  /** Makes a new, configured serde for the values of topics; called once a task and sink. */
  public interface SerdeFactory {
    /** A serde of its own, since serdes keep buffers. */
    Serde<SpecificRecord> create();
  }

  /** The topology with those options, the standard budget of the heap, and no record skipped. */
  public static Topology build(PipelineOptions options, SerdeFactory serdes) {
    return build(options, HeapBudget.standard(), serdes, new Skips());
  }

  /**
   * The topology with those options.
   *
   * @param heap what all its tasks in this process may keep of their stores in the heap
   * @param skips the records that an operator skips
   */
  public static Topology build(
      PipelineOptions options, HeapBudget heap, SerdeFactory serdes, Skips skips) {
    Topology topology = new Topology();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        EVENTS_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().inputs().toArray(String[]::new));
    topology.addSource(
        AutoOffsetReset.earliest(),
        CONTROL_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().control());
    EarlyCommits.LastAsked lastAsked = new EarlyCommits.LastAsked();
    topology.addProcessor(
        SCORING,
        () -> new ScoringProcessor(options, deserializer(serdes), lastAsked, skips),
        EVENTS_SOURCE,
        CONTROL_SOURCE);
    topology.addStateStore(customers(heap, options.observer()), SCORING);
    topology.addStateStore(store(CONTROL_STATE), SCORING);
    topology.addStateStore(store(POPULATION), SCORING);
    topology.addStateStore(CommitNotice.builder(COMMIT_NOTICE), SCORING);
    addFacts(topology, options, serdes);
    addSink(topology, DEAD_LETTERS_SINK, options.topics().deadLetters(), records(serdes));
    addSink(topology, POPULATION_SINK, options.topics().population(), records(serdes));
    addCuts(topology, options, serdes);
    Serializer<SpecificRecord> ticks = records(serdes);
    topology.addSink(
        TICKS_SINK,
        options.topics().control(),
        new ByteArraySerializer(),
        (String topic, Tick tick) -> ticks.serialize(topic, tick.toRecord()),
        ownPartition(),
        SCORING);
    return topology;
  }

  private static void addFacts(Topology topology, PipelineOptions options, SerdeFactory serdes) {
    Topics topics = options.topics();
    addSink(
        topology,
        STATUS_CHANGES_SINK,
        topics.statusChanges(),
        new FactSerializer<>(FactFormat.STATUS_CHANGE, records(serdes)));
    addSink(topology, CHURN_ALERTS_SINK, topics.churnAlerts(), records(serdes));
    addSink(
        topology,
        SEGMENT_CHANGES_SINK,
        topics.segmentChanges(),
        new FactSerializer<>(FactFormat.SEGMENT_CHANGE, records(serdes)));
    if (options.tellsProfiles()) {
      addSink(
          topology,
          CUSTOMER_PROFILES_SINK,
          topics.customerProfiles(),
          new FactSerializer<>(FactFormat.PROFILE, records(serdes)));
    }
  }

  private static void addCuts(Topology topology, PipelineOptions options, SerdeFactory serdes) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        POPULATION_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().population());
    topology.addProcessor(
        CUTTING, () -> new CutsProcessor(options, deserializer(serdes)), POPULATION_SOURCE);
    topology.addStateStore(store(COUNTED), CUTTING);
    topology.addSink(
        CUTS_SINK,
        options.topics().control(),
        new ByteArraySerializer(),
        records(serdes),
        everyPartition(),
        CUTTING);
  }

  private static StreamPartitioner<byte[], SpecificRecord> everyPartition() {
    return (topic, key, cuts, partitions) ->
        Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
  }

  private static void addSink(
      Topology topology, String name, String topic, Serializer<?> serializer) {
    topology.addSink(name, topic, new ByteArraySerializer(), serializer, SCORING);
  }

  private static Serializer<SpecificRecord> records(SerdeFactory serdes) {
    return serdes.create().serializer();
  }

  private static Deserializer<SpecificRecord> deserializer(SerdeFactory serdes) {
    return TotalDeserializer.of(serdes.create().deserializer());
  }

  private static StreamPartitioner<byte[], Tick> ownPartition() {
    return (topic, key, tick, partitions) -> Optional.of(Set.of(tick.partition()));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> customers(
      HeapBudget heap, PipelineObserver observer) {
    return IndexedCustomers.builder(Stores.persistentKeyValueStore(CUSTOMERS), heap, observer)
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
