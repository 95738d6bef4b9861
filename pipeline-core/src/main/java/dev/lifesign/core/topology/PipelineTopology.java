package dev.lifesign.core.topology;

import dev.lifesign.core.codec.FactFormat;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.population.CutsProcessor;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.core.store.IndexedCustomers;
import dev.lifesign.core.task.ArrivalExtractor;
import dev.lifesign.core.task.EarlyCommits;
import dev.lifesign.core.task.FactSerializer;
import dev.lifesign.core.task.ScoringProcessor;
import dev.lifesign.core.wire.TotalDeserializer;
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
 * Builds the topology: one sub-topology that scores customers, partitioned by customer, and a small
 * one that adds up the populations of the partitions. Every name is part of the contract with the
 * stored state: renaming one is a migration.
 */
public final class PipelineTopology {

  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(64 * 1024 * 1024),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(24 * 60 * 60 * 1000L));

  private PipelineTopology() {}

  /** Creates configured serdes for the values of topics; called once per task and sink. */
  public interface SerdeFactory {
    /** A new serde on each call, since serdes have buffers. */
    Serde<SpecificRecord> create();
  }

  /** Builds the topology with the default heap budget and without skips. */
  public static Topology build(PipelineOptions options, SerdeFactory serdes) {
    return build(options, HeapBudget.standard(), serdes, new Skips());
  }

  /**
   * Builds the topology.
   *
   * @param heap how much of their stores all tasks of this process may keep in the heap
   * @param skips the records that an operator skips
   */
  public static Topology build(
      PipelineOptions options, HeapBudget heap, SerdeFactory serdes, Skips skips) {
    Topology topology = new Topology();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        Names.EVENTS_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().events().toArray(String[]::new));
    topology.addSource(
        AutoOffsetReset.earliest(),
        Names.COMMANDS_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().commands());
    topology.addSource(
        AutoOffsetReset.earliest(),
        Names.CONTROL_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().control());
    EarlyCommits.LastAsked lastAsked = new EarlyCommits.LastAsked();
    topology.addProcessor(
        Names.SCORING,
        () -> new ScoringProcessor(options, deserializer(serdes), lastAsked, skips),
        Names.EVENTS_SOURCE,
        Names.COMMANDS_SOURCE,
        Names.CONTROL_SOURCE);
    topology.addStateStore(customers(heap, options.observer()), Names.SCORING);
    topology.addStateStore(store(Names.CONTROL_STATE), Names.SCORING);
    topology.addStateStore(store(Names.POPULATION), Names.SCORING);
    topology.addStateStore(CommitNotice.builder(Names.COMMIT_NOTICE), Names.SCORING);
    addFacts(topology, options, serdes);
    addSink(
        topology, Names.COMMAND_RESULTS_SINK, options.topics().commandResults(), records(serdes));
    addSink(topology, Names.DEAD_LETTERS_SINK, options.topics().deadLetters(), records(serdes));
    addSink(topology, Names.POPULATION_SINK, options.topics().population(), records(serdes));
    addCuts(topology, options, serdes);
    Serializer<SpecificRecord> ticks = records(serdes);
    topology.addSink(
        Names.TICKS_SINK,
        options.topics().control(),
        new ByteArraySerializer(),
        (String topic, Tick tick) -> ticks.serialize(topic, tick.toRecord()),
        ownPartition(),
        Names.SCORING);
    return topology;
  }

  private static void addFacts(Topology topology, PipelineOptions options, SerdeFactory serdes) {
    Topics topics = options.topics();
    addSink(
        topology,
        Names.STATUS_CHANGES_SINK,
        topics.statusChanges(),
        new FactSerializer<>(FactFormat.STATUS_CHANGE, records(serdes)));
    addSink(topology, Names.CHURN_ALERTS_SINK, topics.churnAlerts(), records(serdes));
    addSink(topology, Names.SEGMENT_CHANGES_SINK, topics.segmentChanges(), records(serdes));
    addSink(
        topology,
        Names.CUSTOMER_PROFILES_SINK,
        topics.customerProfiles(),
        new FactSerializer<>(FactFormat.PROFILE, records(serdes)));
  }

  private static void addCuts(Topology topology, PipelineOptions options, SerdeFactory serdes) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology.addSource(
        AutoOffsetReset.earliest(),
        Names.POPULATION_SOURCE,
        new ArrivalExtractor(),
        bytes,
        bytes,
        options.topics().population());
    topology.addProcessor(
        Names.CUTTING,
        () -> new CutsProcessor(options, deserializer(serdes)),
        Names.POPULATION_SOURCE);
    topology.addStateStore(store(Names.COUNTED), Names.CUTTING);
    topology.addSink(
        Names.CUTS_SINK,
        options.topics().control(),
        new ByteArraySerializer(),
        records(serdes),
        everyPartition(),
        Names.CUTTING);
  }

  private static StreamPartitioner<byte[], SpecificRecord> everyPartition() {
    return (topic, key, cuts, partitions) ->
        Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
  }

  private static void addSink(
      Topology topology, String name, String topic, Serializer<?> serializer) {
    topology.addSink(name, topic, new ByteArraySerializer(), serializer, Names.SCORING);
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
    return IndexedCustomers.builder(Stores.persistentKeyValueStore(Names.CUSTOMERS), heap, observer)
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
