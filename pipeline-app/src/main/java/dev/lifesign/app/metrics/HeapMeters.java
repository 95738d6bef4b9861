package dev.lifesign.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What stores keep in the heap, and how long it takes to write it. Thread-safe. */
final class HeapMeters {

  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();
  private final Timer written;

  /** By a partition's store. */
  private record Kept(long bytes, long unwritten) {}

  HeapMeters(MeterRegistry registry) {
    gauge(
        registry,
        "lifesign.heap.held",
        "What customers and deadlines in memory take of the heap",
        Kept::bytes);
    gauge(
        registry,
        "lifesign.heap.unwritten",
        "What of it RocksDB does not have yet, and a task that stops in order writes",
        Kept::unwritten);
    written =
        Timer.builder("lifesign.heap.write")
            .description("Time in which a store's heap was written for a commit")
            .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToLongFunction<Kept> value) {
    Gauge.builder(name, kept, all -> all.values().stream().mapToLong(value).sum())
        .description(description)
        .baseUnit("bytes")
        .register(registry);
  }

  void kept(int partition, long bytes, long unwritten) {
    kept.put(partition, new Kept(bytes, unwritten));
  }

  void closed(int partition) {
    kept.remove(partition);
  }

  void written(long nanos) {
    written.record(nanos, TimeUnit.NANOSECONDS);
  }
}
