package dev.lifesign.app.runtime;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.rocksdb.Options;

/**
 * Prevents reads of RocksDB's gauges while their database is being closed. Kafka Streams reads them
 * without a lock (KAFKA-10025), so a metrics reader could use a database that the stream thread had
 * just freed, which ends the process with "pthread lock: Invalid argument" or a segmentation fault.
 * While a store is being closed, all gauges of stores are NaN.
 */
final class StoreGauges {

  private static final String STORE_TAG = "rocksdb-state-id";

  /** The options of the stores that are being closed; a store closes its options last. */
  private static final Set<Options> CLOSING = new HashSet<>();

  private StoreGauges() {}

  /**
   * Waits until no gauge is being read, and blocks reads until the store is closed.
   *
   * @param options the store's options, which it closes after its database
   */
  static void beginClose(Options options) {
    synchronized (CLOSING) {
      CLOSING.add(options);
    }
  }

  /** Returns the same metrics, with those of stores made safe to read at any time. */
  static Map<MetricName, Metric> guarded(Map<MetricName, ? extends Metric> metrics) {
    Map<MetricName, Metric> guarded = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) ->
            guarded.put(name, name.tags().containsKey(STORE_TAG) ? new Guarded(metric) : metric));
    return guarded;
  }

  private record Guarded(Metric metric) implements Metric {
    @Override
    public MetricName metricName() {
      return metric.metricName();
    }

    @Override
    public Object metricValue() {
      synchronized (CLOSING) {
        CLOSING.removeIf(options -> !options.isOwningHandle());
        return CLOSING.isEmpty() ? metric.metricValue() : Double.NaN;
      }
    }
  }
}
