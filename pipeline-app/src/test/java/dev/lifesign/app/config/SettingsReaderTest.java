package dev.lifesign.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flags override the environment, the file and the defaults; every fault names where it was set.
 */
class SettingsReaderTest {

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file =
        Files.writeString(
            dir.resolve("lifesign.yaml"),
            """
            bootstrapServers: file:9092
            applicationId: from-file
            policy: policy.yaml
            stateDir: state
            settle: PT1M
            registry: { schema.registry.url: "http://file:8081", basic.auth.user.info: "me:secret" }
            kafka:
              consumer: { max.poll.interval.ms: 1000 }
              sasl.jaas.config: "password=hidden"
            """);
  }

  private EffectiveSettings read(Map<String, String> environment, Map<String, String> flags) {
    return SettingsReader.read(Optional.of(file), environment, flags);
  }

  @Test
  void flagsGoBeforeTheEnvironmentBeforeTheFileBeforeDefaults() {
    Settings settings =
        read(
                Map.of(
                    "LIFESIGN_APPLICATION_ID", "from-environment",
                    "LIFESIGN_SETTLE", "PT2S",
                    "LIFESIGN_KAFKA_CONSUMER_MAX_POLL_INTERVAL_MS", "2000",
                    "LIFESIGN_ROCKSDB_BLOCK_CACHE_MIB", "300",
                    "LIFESIGN_HEAP_UNWRITTEN_MIB", "64",
                    "LIFESIGN_JAVA_OPTS", "none of the settings",
                    "PATH", "neither"),
                Map.of("settle", "PT3S", "tellProfiles", "false", "leaveGroupOnStop", "true"))
            .settings();
    assertThat(settings.output().profiles()).isFalse();
    assertThat(settings.topics().checkPartition()).isTrue();
    assertThat(settings.processing().leaveGroupOnStop()).isTrue();
    assertThat(settings.processing().settle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.applicationId()).isEqualTo("from-environment");
    assertThat(settings.clients().bootstrapServers()).isEqualTo("file:9092");
    assertThat(settings.clients().kafka()).containsEntry("consumer.max.poll.interval.ms", "2000");
    assertThat(settings.memory().blockCache()).isEqualTo(300L << 20);
    assertThat(settings.memory().heap().unwritten()).isEqualTo(64L << 20);
    assertThat(settings.memory().heap().customers())
        .isEqualTo(Runtime.getRuntime().maxMemory() / 100 * 25);
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.policy()).isEqualTo(dir.resolve("policy.yaml"));
  }

  @Test
  void eachSettingIsShownWithItsOriginAndSecretsAreMasked() {
    List<EffectiveSettings.Line> lines =
        read(Map.of("LIFESIGN_HTTP_API_KEY", "hidden"), Map.of("logs", "json")).lines();
    assertThat(lines)
        .contains(
            new EffectiveSettings.Line("applicationId", "from-file", file.toString()),
            new EffectiveSettings.Line("logs", "json", "--set logs"),
            new EffectiveSettings.Line(
                "http.apiKey", "********", "environment LIFESIGN_HTTP_API_KEY"),
            new EffectiveSettings.Line("http.port", "8080", "default"));
    assertThat(lines.toString()).doesNotContain("hidden").doesNotContain("secret");
  }

  @Test
  void everySettingHasAVariable() {
    assertThat(Setting.all().map(Setting::variable).distinct().count())
        .isEqualTo(Setting.all().count());
    assertThat(Setting.all())
        .allMatch(
            setting -> Setting.ofVariable(setting.variable()).equals(Optional.of(setting.key())));
    assertThat(Setting.HTTP_MAX_STALE.variable()).isEqualTo("LIFESIGN_HTTP_MAX_STALE");
  }

  @Test
  void aKafkaPropertyThatLifesignSetsItselfIsRefusedWithTheSettingToUse() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of("LIFESIGN_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
                    Map.of("kafka.default.client.supplier", "com.example.Clients")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "LIFESIGN_KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap.servers: has no effect; set"
                + " bootstrapServers")
        .hasMessageContaining("kafka.default.client.supplier: has no effect; leave it out");
  }

  @Test
  void anEmptyValueIsNamedAsSuch() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("settle", "")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("an empty value is not valid; set it to an ISO 8601 duration");
  }

  @Test
  void aFileThatCannotBeReadIsTheOnlyFault() {
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    Optional.of(dir.resolve("none.yaml")), Map.of(), Map.of("settle", "soon")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "The settings in %s could not be read; check --config or LIFESIGN_CONFIG"
                .formatted(dir.resolve("none.yaml")));
  }

  @Test
  void aFileThatIsNoYamlDrawsNoFaultsOfWhatItWouldHaveSet() throws IOException {
    for (String text : List.of("bootstrapServers: [ a", "- a list", "just words")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> read(Map.of(), Map.of()))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": ")
          .satisfies(
              thrown ->
                  assertThat(thrown.getMessage())
                      .as(text)
                      .doesNotContain("schema.registry.url", "policy", "stateDir"));
    }
  }

  @Test
  void everyFaultIsNamedByWhereItStands() throws IOException {
    Files.writeString(
        file,
        """
        bootstrapServer: typo
        policy: p
        stateDir: s
        http: { port: 99999 }
        topics: { partitions: [1] }
        kafka: { max.task.idle.ms: -1 }
        """);
    assertThatThrownBy(
            () ->
                read(
                    Map.of("LIFESIGN_SETTEL", "PT1S", "LIFESIGN_LOGS", "xml"),
                    Map.of(
                        "nonsense", "1",
                        "settle", "soon",
                        "rocksdb.writeBuffersMiB", "2000",
                        "heap.customersPercent", "55")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ": bootstrapServer: unknown setting")
        .hasMessageContaining("bootstrapServers: missing; set it to brokers such as")
        .hasMessageContaining(
            file + ": http.port: 99999 is not valid; set it to a whole number from 0 to 65535")
        .hasMessageContaining(file + ": topics.partitions: expected a single value")
        .hasMessageContaining(file + ": kafka.max.task.idle.ms: -1 lets ticks overtake")
        .hasMessageContaining("registry.schema.registry.url: missing; set it to an address")
        .hasMessageContaining("environment LIFESIGN_SETTEL: unknown setting")
        .hasMessageContaining(
            "environment LIFESIGN_LOGS: logs: xml is not valid; set it to one of [text, json]")
        .hasMessageContaining("--set nonsense: unknown setting")
        .hasMessageContaining("--set settle: soon is not valid; set it to an ISO 8601 duration")
        .hasMessageContaining("--set rocksdb.writeBuffersMiB: (2000) is more than")
        .hasMessageContaining(
            "heap.deadlinesPercent: (6) and heap.customersPercent (55) are more than 60 together");
  }
}
