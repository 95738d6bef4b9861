package dev.lifesign.bench.jmh;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.SchemaRegistry;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Benchmarks of the code that runs for every event, on a customer of typical size, with
 * allocations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPath {

  /** The number of events that the customer has had. */
  @Param({"5", "50", "500"})
  private int events;

  private final CustomerCodec codec = new CustomerCodec();
  private final Timeline timeline = new Timeline(Policies.of(BenchPolicy.policy()));
  private AvroSerde serde;
  private StoredCustomer customer;
  private byte[] customerBytes;
  private JobEvents.Arrived next;
  private byte[] eventBytes;

  /** For JMH. */
  public HotPath() {}

  /** Runs all benchmarks with the allocations per call. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(HotPath.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  /** Creates the customer. */
  @Setup
  public void grow() {
    serde = new AvroSerde(new OneSchema());
    JobEvents history = new JobEvents(new Job(1, events, 0, 1, 1));
    Optional<Customer> known = Optional.empty();
    while (history.hasNext()) {
      next = history.next();
      eventBytes = serde.serialize("events", EventCodec.encode(next.event()));
      if (history.hasNext()) {
        known = Optional.of(timeline.apply(known, next.event(), next.arrivedAt()).customer());
      }
    }
    customer = new StoredCustomer(known.orElseThrow(), Instants.FOREVER);
    customerBytes = codec.encode(customer);
  }

  /** Decodes an event. */
  @Benchmark
  public Event decodeEvent() {
    return EventCodec.decode(serde.deserialize("events", eventBytes));
  }

  /** Applies an event to the customer. */
  @Benchmark
  public Decision apply() {
    return timeline.apply(Optional.of(customer.customer()), next.event(), next.arrivedAt());
  }

  /** Takes the customer's next deadline. */
  @Benchmark
  public Decision advance() {
    long due = customer.customer().due();
    return timeline.advance(customer.customer(), due + 1, due);
  }

  /** Decodes the customer. */
  @Benchmark
  public StoredCustomer decodeCustomer() {
    return codec.decode("c", customerBytes);
  }

  /** Encodes the customer. */
  @Benchmark
  public byte[] encodeCustomer() {
    return codec.encode(customer);
  }

  /** A registry with the only schema used here. */
  private static final class OneSchema implements SchemaRegistry {

    private Schema schema;

    @Override
    public int register(String subject, Schema registered) {
      schema = registered;
      return 1;
    }

    @Override
    public Schema schema(int id) {
      return schema;
    }
  }
}
