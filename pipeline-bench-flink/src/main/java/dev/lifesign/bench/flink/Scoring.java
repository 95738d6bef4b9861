package dev.lifesign.bench.flink;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.bench.entrant.Progress;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.codec.FactFormat;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Scores a customer: its record in a value state, its deadline as an event-time timer that is moved
 * as lazily as Lifesign's, and, since elements of several topics come in no order, what is ahead of
 * the watermark in a map state until its time has come.
 */
final class Scoring
    extends KeyedProcessFunction<String, Tuple3<String, Long, byte[]>, Tuple2<byte[], byte[]>> {

  private static final long serialVersionUID = 1L;

  /** A bounded source ends with the end of time; what is due after the job's is left. */
  private final long last;

  /** Of this process; the tasks of a mini cluster run in it. */
  private static volatile Progress progress;

  private final String registryUrl;
  private final String statusChanges;
  private final boolean ordered;

  private transient ValueState<byte[]> record;
  private transient MapState<Long, byte[]> ahead;
  private transient AvroSerde serde;
  private transient CustomerCodec codec;
  private transient Timeline timeline;
  private transient long lateness;

  /**
   * A function.
   *
   * @param ordered whether events wait for the watermark; without it, those of several topics are
   *     taken in whatever order they come, and what comes out is not the same
   * @param last the instant up to which deadlines are taken
   */
  Scoring(String registryUrl, Topics topics, boolean ordered, long last) {
    this.registryUrl = registryUrl;
    this.statusChanges = topics.statusChanges();
    this.ordered = ordered;
    this.last = last;
  }

  static void start(Progress ofThisProcess) {
    progress = ofThisProcess;
  }

  @Override
  public void open(OpenContext context) {
    record =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "record", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    ahead =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "ahead", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    serde = new AvroSerde();
    serde.configure(Map.of("schema.registry.url", registryUrl), false);
    codec = new CustomerCodec();
    Policy policy = BenchPolicy.policy();
    timeline = new Timeline(Policies.of(policy));
    lateness = policy.lateness();
  }

  @Override
  public void processElement(
      Tuple3<String, Long, byte[]> arrived, Context context, Collector<Tuple2<byte[], byte[]>> out)
      throws Exception {
    if (ordered && arrived.f1 > context.timerService().currentWatermark()) {
      ahead.put(arrived.f1, arrived.f2);
      context.timerService().registerEventTimeTimer(arrived.f1);
    } else {
      hear(arrived.f2, arrived.f1, context, out);
    }
  }

  @Override
  public void onTimer(long at, OnTimerContext context, Collector<Tuple2<byte[], byte[]>> out)
      throws Exception {
    if (at > last) {
      return;
    }
    byte[] event = ordered ? ahead.get(at) : null;
    if (event != null) {
      ahead.remove(at);
      hear(event, at, context, out);
      return;
    }
    byte[] bytes = record.value();
    StoredCustomer stored = codec.decode(context.getCurrentKey(), bytes);
    if (stored.armed() != Instants.FOREVER && timer(stored.armed()) <= at) {
      Decision outcome = timeline.advance(stored.customer(), stored.armed() + 1, at);
      keep(outcome, Instants.FOREVER, context, out);
    }
  }

  private void hear(
      byte[] bytes, long arrivedAt, Context context, Collector<Tuple2<byte[], byte[]>> out)
      throws IOException {
    Event event = EventCodec.decode(serde.deserialize("", bytes));
    byte[] before = record.value();
    Optional<StoredCustomer> stored =
        before == null
            ? Optional.empty()
            : Optional.of(codec.decode(context.getCurrentKey(), before));
    Optional<Customer> known = stored.map(StoredCustomer::customer);
    Decision outcome = timeline.apply(known, Acceptance.settle(event, arrivedAt), arrivedAt);
    if (outcome.kind() != Decision.Kind.DUPLICATE) {
      long armed = stored.map(StoredCustomer::armed).orElse(Instants.FOREVER);
      boolean gone = armed != Instants.FOREVER && timer(armed) <= arrivedAt;
      keep(outcome, gone ? Instants.FOREVER : armed, context, out);
    }
    progress.count();
  }

  private void keep(
      Decision outcome, long armed, Context context, Collector<Tuple2<byte[], byte[]>> out)
      throws IOException {
    Customer customer = outcome.customer();
    long due = timeline.nextTouch(customer);
    long nowArmed = armed;
    if (due < armed) {
      if (armed != Instants.FOREVER) {
        context.timerService().deleteEventTimeTimer(timer(armed));
      }
      context.timerService().registerEventTimeTimer(timer(due));
      nowArmed = due;
    }
    record.update(codec.encode(new StoredCustomer(customer, nowArmed)));
    byte[] key = customer.id().getBytes(StandardCharsets.UTF_8);
    for (StatusChange change : outcome.statusChanges()) {
      out.collect(Tuple2.of(key, FactFormat.STATUS_CHANGE.serialize(serde, statusChanges, change)));
    }
  }

  /** The instant at which a deadline is behind the horizon. */
  private long timer(long due) {
    return due + lateness + 1;
  }
}
