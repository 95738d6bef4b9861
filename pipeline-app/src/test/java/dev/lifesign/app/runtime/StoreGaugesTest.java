package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Metrics are read by one thread while another closes their stores. */
class StoreGaugesTest {

  private static final MetricName OF_A_STORE =
      new MetricName("gauge", "stream-state-metrics", "", Map.of("rocksdb-state-id", "customers"));

  @TempDir Path dir;

  static {
    RocksDB.loadLibrary();
  }

  @Test
  void aGaugeIsNotReadFromTheBeginningOfACloseToItsEnd() {
    Metric gauge = guarded(() -> 7);
    try (Options options = new Options()) {
      assertThat(gauge.metricValue()).isEqualTo(7);
      StoreGauges.beginClose(options);
      assertThat(gauge.metricValue()).isEqualTo(Double.NaN);
    }
    assertThat(gauge.metricValue()).isEqualTo(7);
  }

  @Test
  void aCloseWaitsForAGaugeThatIsBeingRead() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Metric gauge =
        guarded(
            () -> {
              begun.countDown();
              return waitFor(go);
            });
    Thread reader = new Thread(gauge::metricValue);
    reader.start();
    begun.await();
    try (Options options = new Options()) {
      Thread closing = new Thread(() -> StoreGauges.beginClose(options));
      closing.start();
      await().until(() -> closing.getState() == Thread.State.BLOCKED);
      go.countDown();
      closing.join();
    }
    reader.join();
  }

  @Test
  void aRealStoreSaysWhenItsCloseBeginsAndEnds() {
    try (TopologyTestDriver open = driver("open")) {
      Collection<Metric> before;
      try (TopologyTestDriver closed = driver("closed")) {
        before = gauges(closed);
        assertThat(before).anyMatch(StoreGaugesTest::isPositive);
      }
      assertThat(before).noneMatch(StoreGaugesTest::isPositive);
      assertThat(gauges(open)).anyMatch(StoreGaugesTest::isPositive);
    }
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPositive(Metric metric) {
    return metric.metricValue() instanceof Number number && number.doubleValue() > 0;
  }

  private static Collection<Metric> gauges(TopologyTestDriver driver) {
    return StoreGauges.guarded(driver.metrics()).values().stream()
        .filter(metric -> metric.metricName().tags().containsKey("rocksdb-state-id"))
        .toList();
  }

  private static Metric guarded(Supplier<Object> value) {
    Metric metric =
        new Metric() {
          @Override
          public MetricName metricName() {
            return OF_A_STORE;
          }

          @Override
          public Object metricValue() {
            return value.get();
          }
        };
    return StoreGauges.guarded(Map.of(OF_A_STORE, metric)).get(OF_A_STORE);
  }

  private TopologyTestDriver driver(String id) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.globalTable(
        "none",
        Consumed.with(Serdes.String(), Serdes.String()),
        Materialized.<String, String>as(Stores.persistentKeyValueStore("customers"))
            .withKeySerde(Serdes.String())
            .withValueSerde(Serdes.String()));
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    properties.put(RocksSettings.BLOCK_CACHE, 8L << 20);
    properties.put(RocksSettings.WRITE_BUFFERS, 4L << 20);
    return new TopologyTestDriver(builder.build(), properties, Instant.EPOCH);
  }
}
