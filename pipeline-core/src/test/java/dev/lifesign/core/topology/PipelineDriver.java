package dev.lifesign.core.topology;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.TickGate;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.task.TaskMarks;
import dev.lifesign.core.task.TickWriter;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Reference;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PolicyInForce;
import dev.lifesign.schema.PopulationCuts;
import dev.lifesign.schema.SegmentChange;
import dev.lifesign.schema.StatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology under Kafka's test driver, one partition. */
public final class PipelineDriver implements AutoCloseable {

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AvroSerde serde = new AvroSerde(registry);
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  public final Counts counts = new Counts();

  /** Facts are said to be kept for a day, inputs for ever. */
  static final Map<String, Optional<Duration>> KEPT = kept();

  private static Map<String, Optional<Duration>> kept() {
    Map<String, Optional<Duration>> kept = new LinkedHashMap<>();
    kept.put("facts", Optional.of(Duration.ofDays(1)));
    kept.put("inputs", Optional.empty());
    return Collections.unmodifiableMap(kept);
  }

  /** What the observer was told. */
  public static final class Counts implements PipelineObserver {
    public int events;
    public int overtaken;
    public int overtakenByEvent;
    public int fired;
    public long caughtUpTo = -1;
    public int caughtUps;
    public int commands;
    public int droppedAsErased;

    @Override
    public void event(
        dev.lifesign.domain.event.Family family,
        dev.lifesign.domain.timeline.Decision outcome,
        long occurredAt,
        long arrivedAt) {
      events++;
    }

    @Override
    public void command(
        dev.lifesign.domain.command.CommandResult result,
        Optional<dev.lifesign.domain.timeline.Decision> outcome) {
      commands++;
    }

    @Override
    public void droppedAsErased(dev.lifesign.domain.event.Family family) {
      droppedAsErased++;
    }

    @Override
    public void overtakenByTick(long millis) {
      overtaken++;
    }

    @Override
    public void overtakenByEvent(long millis) {
      overtakenByEvent++;
    }

    @Override
    public void fired(dev.lifesign.domain.timeline.Decision outcome) {
      fired++;
    }

    @Override
    public void caughtUp(int partition, long tick) {
      caughtUpTo = tick;
      caughtUps++;
    }
  }

  /** A log with its own ticks. */
  public PipelineDriver(Policy policy, Path stateDir) {
    this(policy, stateDir, false, Instant.EPOCH);
  }

  /** A log with its own ticks, of which nothing is told that became true before an instant. */
  public static PipelineDriver muted(Policy policy, Path stateDir, long until) {
    return new PipelineDriver(policy, stateDir, false, Instant.EPOCH, 1, false, until, true);
  }

  /** A log with its own ticks, of which no profile is told. */
  public static PipelineDriver withoutProfiles(Policy policy, Path stateDir) {
    return new PipelineDriver(
        policy, stateDir, false, Instant.EPOCH, 1, false, Instants.NEVER, false);
  }

  /** A live pipeline whose wall clock begins at an instant. */
  public PipelineDriver(Policy policy, Path stateDir, boolean live, Instant now) {
    this(policy, stateDir, live, now, 1);
  }

  /** One that is told that topics have so many partitions, of which it is the first. */
  public PipelineDriver(Policy policy, Path stateDir, boolean live, Instant now, int partitions) {
    this(policy, stateDir, live, now, partitions, false, Instants.NEVER, true);
  }

  /** A log with its own ticks, of whose population cut points are taken. */
  public static PipelineDriver takingCuts(Policy policy, Path stateDir) {
    return new PipelineDriver(
        policy, stateDir, false, Instant.EPOCH, 1, true, Instants.NEVER, true);
  }

  /** A live pipeline whose ticks have a gate. */
  public static PipelineDriver gated(Policy policy, Path stateDir, Instant now, TickGate gate) {
    return new PipelineDriver(policy, stateDir, true, now, 1, false, Instants.NEVER, true, gate);
  }

  private PipelineDriver(
      Policy policy,
      Path stateDir,
      boolean live,
      Instant now,
      int partitions,
      boolean takesCuts,
      long mutedUntil,
      boolean tellsProfiles) {
    this(
        policy,
        stateDir,
        live,
        now,
        partitions,
        takesCuts,
        mutedUntil,
        tellsProfiles,
        TickGate.OPEN);
  }

  private PipelineDriver(
      Policy policy,
      Path stateDir,
      boolean live,
      Instant now,
      int partitions,
      boolean takesCuts,
      long mutedUntil,
      boolean tellsProfiles,
      TickGate gate) {
    PipelineOptions options =
        new PipelineOptions(
            Topics.STANDARD,
            policy,
            partitions,
            true,
            new PipelineOptions.Ticks(live, PipelineOptions.DEFAULT_SETTLE, gate),
            takesCuts,
            new PipelineOptions.Published(mutedUntil, tellsProfiles),
            new PipelineOptions.Erasing(PipelineOptions.Erasing.DEFAULT.dropsFor(), KEPT),
            counts);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(PipelineTopology.build(options, () -> serde), properties, now);
    for (String topic : Topics.STANDARD.inputs()) {
      inputs.put(topic, input(topic));
    }
    inputs.put(Topics.STANDARD.control(), input(Topics.STANDARD.control()));
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** What is kept of a quiet time after a gap in the ticks. */
  public Optional<TickWriter.Settling> settling() {
    return new TaskMarks(driver.getKeyValueStore(Names.CONTROL_STATE)).settling();
  }

  public void send(Event event, long arrivedAt) {
    String topic = Topics.STANDARD.of(event.family());
    sendRaw(
        topic,
        event.customerId().getBytes(StandardCharsets.UTF_8),
        serde.serialize(topic, EventCodec.encode(event)),
        arrivedAt);
  }

  public void send(Command command, long arrivedAt) {
    String topic = Topics.STANDARD.commands();
    sendRaw(
        topic,
        command.customerId().getBytes(StandardCharsets.UTF_8),
        serde.serialize(topic, CommandCodec.encode(command)),
        arrivedAt);
  }

  /** Where the schemas of its topics are. */
  public InMemoryRegistry registry() {
    return registry;
  }

  public byte[] bytes(String topic, SpecificRecord value) {
    return serde.serialize(topic, value);
  }

  public void sendRaw(String topic, byte[] key, byte[] value, long arrivedAt) {
    inputs
        .get(topic)
        .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), Long.valueOf(arrivedAt)));
  }

  public void tick(long at) {
    control(Tick.KEY, new Tick(0, at).toRecord(), at);
  }

  public void policy(int version, Long from, String yaml, long at) {
    policy(
        new PolicyInForce(version, from == null ? null : Instant.ofEpochMilli(from), yaml, 1, ""),
        at);
  }

  public void policy(PolicyInForce policy, long at) {
    control("policy/" + policy.getVersion(), new ControlRecord(policy), at);
  }

  private void control(String key, ControlRecord record, long at) {
    sendRaw(
        Topics.STANDARD.control(),
        key.getBytes(StandardCharsets.UTF_8),
        serde.serialize(Topics.STANDARD.control(), record),
        at);
  }

  /** Lets the processor work until all that is due by a tick is done, however slow the machine. */
  public void workUpTo(long tick) {
    while (counts.caughtUpTo < tick) {
      passTime(Duration.ofMillis(20));
    }
  }

  public void passTime(Duration duration) {
    driver.advanceWallClockTime(duration);
  }

  public List<StatusChange> statusChanges() {
    return read(Topics.STANDARD.statusChanges(), StatusChange.class);
  }

  public List<ChurnAlert> alerts() {
    return read(Topics.STANDARD.churnAlerts(), ChurnAlert.class);
  }

  public List<CommandResult> commandResults() {
    List<CommandResult> results = read(Topics.STANDARD.commandResults(), CommandResult.class);
    // Arrays as Avro reads them cannot compare instants that may be null.
    results.forEach(result -> result.setKept(new ArrayList<>(result.getKept())));
    return results;
  }

  public List<CustomerProfile> profiles() {
    return read(Topics.STANDARD.customerProfiles(), CustomerProfile.class);
  }

  public List<SegmentChange> segmentChanges() {
    return read(Topics.STANDARD.segmentChanges(), SegmentChange.class);
  }

  /** Cut points told since the last call. */
  public List<PopulationCuts> cuts() {
    return read(Topics.STANDARD.control(), ControlRecord.class).stream()
        .map(ControlRecord::getBody)
        .filter(PopulationCuts.class::isInstance)
        .map(PopulationCuts.class::cast)
        .toList();
  }

  public List<DeadLetter> deadLetters() {
    return read(Topics.STANDARD.deadLetters(), DeadLetter.class);
  }

  /** The values of a store's changelog; null where an entry was deleted. */
  public List<byte[]> changelog(String store) {
    return driver
        .createOutputTopic(
            "test-" + store + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readValuesToList();
  }

  /** The records of a topic as they are, since the last call. */
  public List<TestRecord<byte[], byte[]>> records(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** The entries of a store. */
  public Map<Bytes, byte[]> entries(String store) {
    Map<Bytes, byte[]> entries = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
      all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
    }
    return entries;
  }

  private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    List<T> values = new ArrayList<>();
    driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .forEach(
            record -> {
              if (record.value() != null) {
                values.add(type.cast(serde.deserialize(topic, record.value())));
              }
            });
    return values;
  }

  /** Rows by customer, in the reference's form. */
  public static Map<String, List<Reference.Row>> rows(List<StatusChange> changes) {
    Map<String, List<Reference.Row>> rows = new HashMap<>();
    for (StatusChange change : changes) {
      rows.computeIfAbsent(change.getCustomerId(), id -> new ArrayList<>())
          .add(
              new Reference.Row(
                  change.getSequence(),
                  change.getFrom() == null ? "" : change.getFrom(),
                  change.getTo(),
                  change.getReason(),
                  change.getLate(),
                  change.getEffectiveAt().toEpochMilli()));
    }
    return rows;
  }

  @Override
  public void close() {
    driver.close();
  }
}
