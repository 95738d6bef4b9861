package dev.lifesign.core.task;

import dev.lifesign.core.contract.DueWorkFailedException;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.RecordFailedException;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.WorkInHand;
import dev.lifesign.core.store.CustomersInHeap;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Stores and publishes the decisions of the {@link Timeline} for the customers of one partition.
 * Events, commands and ticks come in order of arrival; a deadline fires once a tick has passed it.
 */
public final class ScoringProcessor implements Processor<byte[], byte[], byte[], Object> {

  private static final Duration TICK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration WORK_INTERVAL = Duration.ofMillis(20);

  private final PipelineOptions options;
  private final Deserializer<SpecificRecord> deserializer;
  private final EarlyCommits.LastAsked lastAsked;
  private final WorkInHand inHand = new WorkInHand();
  private final Skips skips;

  private ProcessorContext<byte[], Object> context;
  private TaskState state;
  private EventHandler events;
  private CommandHandler commands;
  private ControlHandler control;
  private DueWork due;
  private TickWriter ticks;

  /**
   * Creates the processor of one task.
   *
   * @param lastAsked shared by all tasks of a pipeline
   * @param skips the records to skip
   */
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
    state =
        new TaskState(
            context, options, new FactSink(context, options, new EarlyCommits(context, lastAsked)));
    due = new DueWork(state, options);
    Arrivals arrivals =
        new Arrivals(state, skips, options.observer(), context.getStateStore(Names.COMMIT_NOTICE));
    events =
        new EventHandler(
            state, new EventIntake(deserializer, options), arrivals, options.observer());
    commands =
        new CommandHandler(
            state, new CommandIntake(deserializer, options), arrivals, options.observer());
    control =
        new ControlHandler(
            state,
            due,
            new ControlIntake(deserializer, options.topics().control()),
            options.observer());
    ticks =
        new TickWriter(
            state.lastTick(), options.ticks().settle().toMillis(), state.marks.settling());
    options.observer().opened(state.partition, state.lastTick());
    options.observer().working(inHand);
    context.schedule(WORK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> workOn());
    if (options.ticks().live()) {
      context.schedule(TICK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::writeTick);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    inHand.begin(origin.topic(), origin.partition(), origin.offset());
    try {
      if (origin.topic().equals(options.topics().control())) {
        control.handle(record, origin);
      } else if (origin.topic().equals(options.topics().commands())) {
        commands.handle(record, origin);
      } else {
        events.handle(record, origin);
      }
    } catch (KafkaException e) {
      // Kafka Streams handles faults of the brokers and of the registry.
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new RecordFailedException(
          new Skips.Place(origin.topic(), origin.partition(), origin.offset()), e);
    } finally {
      inHand.end();
    }
    workBeside();
    if (state.customers.heap().wantsCommit()) {
      context.commit();
    }
  }

  /** Does due work after a record; the record is not the cause if it fails. */
  private void workBeside() {
    if (due.isDone()) {
      return;
    }
    inHand.beginDueWork(state.partition);
    try {
      due.work();
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new DueWorkFailedException(state.partition, e);
    } finally {
      inHand.end();
    }
  }

  private void workOn() {
    inHand.beginDueWork(state.partition);
    try {
      due.workForAWhile();
    } finally {
      inHand.end();
    }
    CustomersInHeap heap = state.customers.heap();
    heap.tend();
    if (heap.wantsCommit()) {
      context.commit();
    }
    options.observer().heap(state.partition, heap.bytes(), heap.unwrittenBytes());
  }

  private void writeTick(long now) {
    long lateness = now - state.timeline().horizon(now);
    if (ticks.isDue(now, lateness, options.ticks().gate().isOpen(state.partition, lateness))) {
      state.facts.tick(new Tick(state.partition, now));
    }
    ticks.settling().ifPresent(state.marks::settling);
  }

  @Override
  public void close() {
    options.observer().closed(state.partition);
    options.observer().stopped(inHand);
  }
}
