package dev.lifesign.core.task;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.DueWorkFailedException;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.RecordFailedException;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.WorkInHand;
import dev.lifesign.core.population.PopulationStore;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.core.store.CustomerStore;
import dev.lifesign.core.store.CustomersInHeap;
import dev.lifesign.core.wire.SchemaGate;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.policy.UnreadablePolicyException;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import dev.lifesign.schema.PopulationCuts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores and forwards what the {@link Timeline} decides, for the customers of one partition. Events
 * and ticks come in the order of their arrival; deadlines are taken when a tick has come past them,
 * a bounded number at a time, so that no call takes long however many are due.
 */
public final class ScoringProcessor implements Processor<byte[], byte[], byte[], Object> {

  private static final Logger LOG = LoggerFactory.getLogger(ScoringProcessor.class);

  /** Enough to be done with an ordinary tick at once, and short beside a transaction's timeout. */
  private static final int WORK_PER_RECORD = 256;

  private static final int WORK_PER_PUNCTUATION = 100_000;
  private static final long WORK_NANOS = Duration.ofMillis(250).toNanos();
  private static final int SWEEP_BATCH = 256;

  private static final Duration TICK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration WORK_INTERVAL = Duration.ofMillis(20);

  private final PipelineOptions options;
  private final Deserializer<SpecificRecord> deserializer;
  private final EarlyCommits.LastAsked lastAsked;
  private final WorkInHand inHand = new WorkInHand();
  private final Skips skips;

  private ProcessorContext<byte[], Object> context;
  private CustomerStore customers;
  private FactSink facts;
  private ControlState control;
  private PopulationStore population;
  private EventIntake reader;
  private ControlIntake controlReader;
  private Timeline timeline;
  private TickWriter ticks;
  private ArrivalOrder arrivals;
  private CommitNotice.Handle commits;
  private int partition;
  private boolean caughtUp;
  private long lastTick;
  private long lastArrival;

  public ScoringProcessor(
      PipelineOptions options,
      Deserializer<SpecificRecord> deserializer,
      EarlyCommits.LastAsked lastAsked,
      Skips skips) {
    this.options = options;
    this.deserializer = deserializer;
    this.lastAsked = lastAsked;
    this.skips = skips;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    context = newContext;
    partition = context.taskId().partition();
    customers = new CustomerStore(context.getStateStore(Names.CUSTOMERS));
    facts = new FactSink(context, options, new EarlyCommits(context, lastAsked));
    control = new ControlState(context.getStateStore(Names.CONTROL_STATE), options.firstPolicy());
    population =
        new PopulationStore(
            context.getStateStore(Names.POPULATION), context.getStateStore(Names.COMMIT_NOTICE));
    arrivals = control.arrivals();
    commits =
        new CommitNotice.Handle(context.getStateStore(Names.COMMIT_NOTICE), this::keepArrivals);
    timeline = timeline();
    reader = new EventIntake(deserializer, options);
    controlReader = new ControlIntake(deserializer, options.topics().control());
    lastTick = customers.lastTick();
    ticks = new TickWriter(lastTick, options.settle().toMillis(), control.settling());
    lastArrival = Instants.NEVER;
    caughtUp = false;
    options.observer().opened(partition, lastTick);
    options.observer().working(inHand);
    context.schedule(WORK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> workOn());
    if (options.liveTicks()) {
      context.schedule(TICK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::writeTick);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    inHand.begin(origin.topic(), origin.partition(), origin.offset());
    try {
      if (origin.topic().equals(options.topics().control())) {
        readControl(record, origin);
      } else {
        readEvent(record, origin);
      }
    } catch (KafkaException e) {
      // Of the brokers, the registry or Kafka Streams, which knows what it means.
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new RecordFailedException(
          new Skips.Place(origin.topic(), origin.partition(), origin.offset()), e);
    } finally {
      inHand.end();
    }
    workBeside();
    if (customers.heap().wantsCommit()) {
      context.commit();
    }
  }

  /** Due work at a record: if it fails, the record is not the cause. */
  private void workBeside() {
    if (caughtUp) {
      return;
    }
    inHand.beginDueWork(partition);
    try {
      work(WORK_PER_RECORD);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new DueWorkFailedException(partition, e);
    } finally {
      inHand.end();
    }
  }

  @Override
  public void close() {
    options.observer().closed(partition);
    options.observer().stopped(inHand);
  }

  private void readEvent(Record<byte[], byte[]> record, RecordMetadata origin) {
    Header negative = record.headers().lastHeader(ArrivalExtractor.NEGATIVE);
    Bytes key = Bytes.wrap(record.key() == null ? new byte[0] : record.key());
    long arrivedAt =
        negative == null
            ? arrivals.arrivalOf(key, record.timestamp())
            : ByteBuffer.wrap(negative.value()).getLong();
    Optional<Rejection> unread = unread(record, origin);
    EventIntake.Read read =
        unread.isPresent()
            ? EventIntake.Read.rejected(unread.get())
            : reader.read(
                origin.topic(), origin.partition(), record.key(), record.value(), arrivedAt);
    if (negative == null && record.timestamp() <= Acceptance.LATEST && read.isOfItsCustomer()) {
      noteArrival(key, record.timestamp(), arrivedAt);
    }
    if (read.rejection().isPresent()) {
      reject(record, origin, arrivedAt, read.rejection().get());
      return;
    }
    Event event = read.event().orElseThrow();
    countOvertaken(record.timestamp());
    Optional<StoredCustomer> known = customers.get(event.customerId());
    Decision outcome = timeline.apply(known.map(StoredCustomer::customer), event, arrivedAt);
    if (outcome.kind() != Decision.Kind.DUPLICATE) {
      keep(known, outcome, record.timestamp());
    }
    options.observer().event(event.family(), outcome, event.occurredAt(), arrivedAt);
  }

  /** Why a record is not even to be read; empty if it is. */
  private Optional<Rejection> unread(Record<byte[], byte[]> record, RecordMetadata origin) {
    Optional<Rejection> skipped =
        skips
            .of(origin.topic(), origin.partition(), origin.offset())
            .map(
                skip ->
                    new Rejection(
                        RejectionReason.SKIPPED,
                        "Skipped by %s at %s: %s".formatted(skip.by(), skip.at(), skip.reason())));
    if (skipped.isPresent()) {
      return skipped;
    }
    return SchemaGate.refusal(record.headers())
        .map(sentence -> new Rejection(RejectionReason.UNDECODABLE, sentence));
  }

  private void noteArrival(Bytes key, long timestamp, long arrivedAt) {
    boolean asked = arrivals.hasChanged();
    arrivals.read(key, timestamp, arrivedAt);
    if (!asked) {
      commits.ask();
    }
  }

  private void keepArrivals() {
    if (arrivals.hasChanged()) {
      control.arrivals(arrivals);
    }
  }

  private void countOvertaken(long arrivedAt) {
    if (lastTick != Instants.NEVER && timeline.horizon(lastTick) > arrivedAt) {
      options.observer().overtakenByTick(timeline.horizon(lastTick) - arrivedAt);
    }
    if (lastArrival > arrivedAt) {
      options.observer().overtakenByEvent(lastArrival - arrivedAt);
    }
    lastArrival = Math.max(lastArrival, arrivedAt);
  }

  private void readControl(Record<byte[], byte[]> record, RecordMetadata origin) {
    if (record.value() == null) {
      return;
    }
    ControlIntake.Read read = controlReader.read(record.key(), record.value(), origin);
    if (read.rejection().isPresent()) {
      Rejection rejection = read.rejection().get();
      LOG.warn("{}: {}", ControlIntake.place(origin), rejection.message());
      reject(record, origin, record.timestamp(), rejection);
      return;
    }
    try {
      take(read.record().orElseThrow(), record.timestamp());
    } catch (UnreadablePolicyException | IllegalArgumentException e) {
      throw new ControlRecordException(ControlIntake.place(origin) + ": " + e.getMessage(), e);
    }
  }

  private void take(ControlRecord record, long timestamp) {
    if (record.getBody() instanceof PolicyInForce policy) {
      adopt(policy);
    } else if (record.getBody() instanceof PopulationCuts cuts) {
      // Not before what is judged already.
      adopt(cuts, Math.max(timestamp, lastTick));
    } else if (timestamp <= Acceptance.LATEST && timestamp > lastTick) {
      lastTick = timestamp;
      customers.tick(lastTick);
      caughtUp = false;
      options.observer().tickRead(partition, timestamp);
    }
  }

  private void adopt(PolicyInForce policy) {
    long from = policy.getFrom() == null ? Instants.NEVER : policy.getFrom().toEpochMilli();
    PublishedPolicy published =
        new PublishedPolicy(
            policy.getVersion(), policy.getPolicy(), policy.getFormat(), policy.getBuild());
    if (control.adopt(from, published)) {
      LOG.info(
          "Partition {}: policy version {} holds from {}",
          partition,
          policy.getVersion(),
          policy.getFrom());
    }
    timeline = timeline();
    caughtUp = false;
  }

  private void adopt(PopulationCuts cuts, long from) {
    control.adopt(new CutHistory.InForce(from, PopulationCodec.decode(cuts)));
    timeline = timeline();
  }

  private Timeline timeline() {
    return new Timeline(control.policies(), control.cuts());
  }

  private void reject(
      Record<byte[], byte[]> record, RecordMetadata origin, long timestamp, Rejection rejection) {
    options.observer().rejected(rejection.reason());
    DeadLetters.Origin place =
        new DeadLetters.Origin(origin.topic(), origin.partition(), origin.offset(), timestamp);
    facts.tell(
        DeadLetters.key(record.key()),
        DeadLetters.of(place, record.key(), record.value(), record.headers(), rejection),
        record.timestamp());
  }

  private void workOn() {
    long begin = System.nanoTime();
    int left = WORK_PER_PUNCTUATION;
    inHand.beginDueWork(partition);
    try {
      while (!caughtUp && left > 0 && System.nanoTime() - begin < WORK_NANOS) {
        work(WORK_PER_RECORD);
        left -= WORK_PER_RECORD;
      }
    } finally {
      inHand.end();
    }
    CustomersInHeap heap = customers.heap();
    heap.tend();
    if (heap.wantsCommit()) {
      context.commit();
    }
    options.observer().heap(partition, heap.bytes(), heap.unwrittenBytes());
  }

  /** Takes due deadlines, and goes on with a sweep, up to a number of customers. */
  private void work(int limit) {
    if (caughtUp || lastTick == Instants.NEVER) {
      return;
    }
    long tick = lastTick;
    long bound = timeline.horizon(tick);
    for (int i = 0; i < limit; i++) {
      Optional<DeadlineKey> due = customers.firstDueBefore(bound);
      if (due.isEmpty()) {
        if (sweepBefore(bound, tick)) {
          return;
        }
        caughtUp = true;
        if (control.dropCutsBefore(bound)) {
          timeline = timeline();
        }
        count(tick);
        options.observer().overdue(partition, 0);
        options.observer().caughtUp(partition, tick);
        return;
      }
      fire(due.get(), tick);
    }
    options
        .observer()
        .overdue(
            partition,
            customers.firstDueBefore(bound).map(first -> bound - first.due()).orElse(0L));
  }

  private void fire(DeadlineKey due, long tick) {
    Optional<StoredCustomer> before = customers.take(due);
    if (before.isEmpty()) {
      return;
    }
    Decision outcome = timeline.advance(before.get().customer(), due.due() + 1, tick);
    keep(before, outcome, tick);
    if (outcome.deadlines() > 0) {
      options.observer().fired(outcome);
    }
  }

  /** Goes on with a sweep that a new policy wants; true while there is more to do. */
  private boolean sweepBefore(long bound, long tick) {
    if (!control.isSweepPending() || control.policies().newest().from() >= bound) {
      return false;
    }
    List<String> batch = customers.idsFrom(control.sweepPlace(), SWEEP_BATCH + 1);
    for (String id : batch) {
      StoredCustomer stored = customers.get(id).orElseThrow();
      if (stored.customer().policyVersion() < control.policies().newest().policy().version()) {
        keep(Optional.of(stored), timeline.advance(stored.customer(), bound, tick), tick);
      }
    }
    if (batch.size() <= SWEEP_BATCH) {
      control.swept();
      timeline = timeline();
      return false;
    }
    control.sweptTo(batch.get(SWEEP_BATCH));
    return true;
  }

  private void keep(Optional<StoredCustomer> known, Decision outcome, long timestamp) {
    Customer now = outcome.customer();
    Optional<Customer> before = known.map(StoredCustomer::customer);
    if (before.isEmpty() || !PopulationMember.isSame(before.get(), now)) {
      population.replace(before.flatMap(this::member), member(now));
    }
    customers.put(known, now, outcome.statusChanges(), timeline.nextTouch(now));
    facts.tell(outcome, timeline, timestamp);
  }

  private Optional<PopulationMember> member(Customer customer) {
    return PopulationMember.of(customer, timeline.policyOf(customer).rfm());
  }

  /** Sends the population to where all are added up, when it is time to take cut points. */
  private void count(long tick) {
    OptionalLong every = timeline.policyAt(tick).rfm().cutsEvery();
    if (every.isEmpty() || !options.takesCuts()) {
      return;
    }
    population.coarsen(tick);
    long asOf = CutHistory.lastTaken(tick, every.getAsLong());
    if (asOf > control.lastCounted()) {
      control.counted(asOf);
      facts.tell(population.snapshot(partition, asOf), tick);
    }
  }

  private void writeTick(long now) {
    long lateness = now - timeline.horizon(now);
    if (ticks.isDue(now, lateness, options.gate().isOpen(partition, lateness))) {
      facts.tick(new Tick(partition, now));
    }
    ticks.settling().ifPresent(control::settling);
  }
}
