package dev.lifesign.app.config;

import dev.lifesign.core.streams.wire.AvroSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a pipeline is run.
 *
 * @param applicationId names its consumer group, its transactions and its internal topics
 * @param bootstrapServers the brokers
 * @param serde class name of the serde of records
 * @param policy the policy file
 * @param stateDir where state is kept
 * @param temporaryState whether it may be under the system's temporary folder
 * @param partitions of every input topic and of the control topic, where topics are created
 * @param replication replicas of each partition, where topics are created
 * @param checkPartition whether a record must lie where murmur2 puts its key
 * @param settle how long a task writes no ticks after a gap in them
 * @param kafka Kafka client and Kafka Streams properties
 * @param registry properties of the serde, {@code schema.registry.url} among them
 */
public record Settings(
    String applicationId,
    String bootstrapServers,
    String serde,
    Path policy,
    Path stateDir,
    boolean temporaryState,
    int partitions,
    int replication,
    boolean checkPartition,
    Duration settle,
    Map<String, String> kafka,
    Map<String, String> registry) {

  /** The serde of this project. */
  public static final String OWN_SERDE = AvroSerde.class.getName();

  /** Keeps its own copies. */
  public Settings {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }
}
