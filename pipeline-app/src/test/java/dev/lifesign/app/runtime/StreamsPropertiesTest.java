package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsPropertiesTest {

  @TempDir Path dir;

  private Properties properties(Map<String, String> kafka) {
    Settings settings =
        Settings.inProcess(
                "test", "localhost:1", "http://localhost:1", dir.resolve("policy.yaml"), dir, 4)
            .with(Duration.ZERO, kafka);
    return StreamsProperties.of(settings, Optional.empty());
  }

  @Test
  void outputsAreWhatEveryClientReadsAndChangelogsAreCompressedByTheBrokers() {
    assertThat(properties(Map.of()))
        .containsEntry("producer.compression.type", "none")
        .containsEntry("topic.compression.type", "lz4");
    assertThat(properties(Map.of("producer.compression.type", "zstd")))
        .containsEntry("producer.compression.type", "zstd");
  }

  @Test
  void aPropertyOfTheUsersGoesBeforeADefaultOfOursHoweverItIsPrefixed() {
    StreamsConfig config =
        new StreamsConfig(
            properties(
                Map.of(
                    "compression.type", "zstd",
                    "fetch.max.wait.ms", "250",
                    "consumer.fetch.max.bytes", "1000000",
                    "session.timeout.ms", "20000")));
    assertThat(config.getProducerConfigs("id")).containsEntry("compression.type", "zstd");
    assertThat(config.getMainConsumerConfigs("group", "id", 0))
        .containsEntry("fetch.max.wait.ms", "250")
        .containsEntry("fetch.max.bytes", "1000000")
        .containsEntry("session.timeout.ms", "20000");
  }

  @Test
  void onlyAPropertyOfTheMainConsumerChangesHowManyRecordsAPollCollects() {
    StreamsConfig config = new StreamsConfig(properties(Map.of("max.poll.records", "500")));
    assertThat(config.getMainConsumerConfigs("group", "id", 0))
        .containsEntry("max.poll.records", "1000000");
  }

  @Test
  void aNewInstanceRestoresAllOfItsShareAtOnceAndIsLookedAfterEveryMinute() {
    StreamsConfig config = new StreamsConfig(properties(Map.of()));
    assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    assertThat(config.getLong("acceptable.recovery.lag")).isEqualTo(100_000);
    assertThat(config.getInt("max.warmup.replicas")).isEqualTo(100);
    assertThat(properties(Map.of("max.warmup.replicas", "2")))
        .containsEntry("max.warmup.replicas", "2");
  }
}
