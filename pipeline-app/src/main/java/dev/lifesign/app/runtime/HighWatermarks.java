package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks brokers for the ends of partitions, open transactions included, which a consumer of
 * committed records cannot do. Its client is created on first use. Used by one thread.
 */
final class HighWatermarks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HighWatermarks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Map<String, Object> config;
  private KafkaConsumer<byte[], byte[]> consumer;
  private long silentUntil = System.nanoTime();

  /**
   * Uses the brokers of a consumer.
   *
   * @param config the configuration of the consumer
   */
  HighWatermarks(Map<String, Object> config) {
    this.config = new HashMap<>(config);
    this.config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    this.config.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    this.config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.config.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_UNCOMMITTED.toString().toLowerCase(Locale.ROOT));
    this.config.computeIfPresent(
        CommonClientConfigs.CLIENT_ID_CONFIG, (name, id) -> id + "-high-watermarks");
  }

  /**
   * The high watermark of a partition; empty if its broker does not answer within a second. For a
   * few seconds after that nothing is asked, because the thread that asks has other work.
   */
  OptionalLong of(TopicPartition place) {
    if (System.nanoTime() - silentUntil < 0) {
      return OptionalLong.empty();
    }
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    try {
      return OptionalLong.of(consumer.endOffsets(List.of(place), PATIENCE).get(place));
    } catch (KafkaException e) {
      LOG.debug("The end of {} is not known", place, e);
      silentUntil = System.nanoTime() + PAUSE.toNanos();
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(PATIENCE));
    }
  }
}
