package dev.lifesign.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Meters of the heap that stores use, and of the time it takes to write its changes. Thread-safe.
 */
final class HeapMeters {

  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();
  private final Timer written;

  /** The heap used by the stores of one partition. */
  private record Kept(long bytes, long unwritten) {}

  HeapMeters(MeterRegistry registry) {
    gauge(
        registry,
        "lifesign.heap.held",
        "Heap used by customers and deadlines in memory",
        Kept::bytes);
    gauge(
        registry,
        "lifesign.heap.unwritten",
        "Heap of customers and deadlines not yet in RocksDB; a task writes them when it stops cleanly",
        Kept::unwritten);
    written =
        Timer.builder("lifesign.heap.write")
            .description("Time to write a store's heap for a commit")
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
