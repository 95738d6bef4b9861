package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Properties of Kafka Streams: those that the guarantees need, defaults chosen by measurement, and
 * those set by the user, which override the defaults only.
 */
public final class StreamsProperties {

  /** Large enough for all records that a partition gets between two commits while catching up. */
  private static final String BATCH_BYTES = String.valueOf(128 * 1024);

  /** Only the store that notifies a task of its next commit uses the cache. */
  private static final String NOTICE_CACHE = String.valueOf(1024 * 1024);

  private static final String EVERYTHING_FETCHED = "1000000";

  /**
   * The minimum that Kafka Streams accepts for the interval at which it checks whether a new
   * instance has caught up.
   */
  private static final String PROBE_MILLIS = "60000";

  /**
   * A new instance restores all its future tasks at once. Its read rate limits the speed anyway;
   * with fewer tasks at a time, it would only wait for more probes.
   */
  private static final String ALL_AT_ONCE = "100";

  /**
   * The maximum lag in records of a task that is moved. With a smaller one, a partition that is
   * written to at full speed would never count as caught up.
   */
  private static final String RECOVERED_IN_A_SECOND = "100000";

  private StreamsProperties() {}

  /**
   * Returns the properties for the settings.
   *
   * @param settings the settings
   * @param server host and port at which other instances reach this one, if any
   * @throws UserError if the state directory cannot be used
   */
  public static Properties of(Settings settings, Optional<String> server) {
    Path stateDir = settings.state().dir().toAbsolutePath().normalize();
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, NOTICE_CACHE);
    properties.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
        String.valueOf(Runtime.getRuntime().availableProcessors()));
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class.getName());
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
        Connections.COMPRESSION);
    // Only Kafka Streams itself reads its internal topics.
    properties.put(StreamsConfig.topicPrefix(TopicConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "1000");
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        instanceId(stateDir));
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
        String.valueOf(4 * 1024 * 1024));
    // Hidden records are known once the broker answers a fetch, which it may delay for this long.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), "100");
    properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBE_MILLIS);
    properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, ALL_AT_ONCE);
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, RECOVERED_IN_A_SECOND);
    settings.clients().kafka().keySet().forEach(name -> yieldTo(name, properties));
    properties.putAll(settings.clients().kafka());
    // With fewer, fetched records that were not yet polled would not count as lag, and ticks would
    // overtake them.
    properties.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        EVERYTHING_FETCHED);
    server.ifPresent(address -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address));
    properties.put(RocksSettings.BLOCK_CACHE, settings.memory().blockCache());
    properties.put(RocksSettings.WRITE_BUFFERS, settings.memory().writeBuffers());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.clients().bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    return properties;
  }

  /**
   * Removes defaults that would override a property of the user, because Kafka Streams prefers a
   * name with a longer prefix.
   */
  private static void yieldTo(String name, Properties properties) {
    String bare =
        name.startsWith(StreamsConfig.CONSUMER_PREFIX)
            ? name.substring(StreamsConfig.CONSUMER_PREFIX.length())
            : name;
    properties.remove(StreamsConfig.mainConsumerPrefix(bare));
    properties.remove(StreamsConfig.consumerPrefix(name));
    properties.remove(StreamsConfig.producerPrefix(name));
  }

  /**
   * Stored with the state, so that a restarted instance gets its tasks back without a rebalance.
   */
  private static String instanceId(Path stateDir) {
    Path file = stateDir.resolve("instance-id");
    try {
      Files.createDirectories(stateDir);
      if (!Files.exists(file)) {
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UserError(
          "The instance id could not be stored in %s: %s; choose another stateDir"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
