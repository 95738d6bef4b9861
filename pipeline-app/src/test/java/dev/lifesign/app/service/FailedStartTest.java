package dev.lifesign.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.UserError;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails at one of its steps closes everything opened by earlier steps. */
class FailedStartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The threads of resources opened by a start, by the prefix of their names. */
  private static final List<String> OURS =
      List.of("tick-gate", "watchdog", "metrics", "kafka-", "lifesign-test-", "JettyServer");

  @TempDir static Path dir;
  private static Sandbox sandbox;
  private Set<Thread> before;

  @BeforeAll
  static void open() {
    sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of());
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @BeforeEach
  void count() {
    before = Thread.getAllStackTraces().keySet();
  }

  private Set<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> OURS.stream().anyMatch(name::startsWith))
        // The broker in this process starts its scheduler threads when it needs them.
        .filter(name -> !name.startsWith("kafka-scheduler-"))
        .collect(Collectors.toSet());
  }

  private static Settings with(String property, String value) {
    return sandbox.settings.with(sandbox.settings.processing().settle(), Map.of(property, value));
  }

  @Test
  void theRegistryIsAway() {
    assertThatThrownBy(
            () ->
                LivePipeline.start(
                    sandbox.withRegistry("http://127.0.0.1:1"),
                    Optional.empty(),
                    PipelineObserver.NONE))
        .isInstanceOf(UserError.class);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
  }

  @Test
  void thePropertiesOfKafkaStreamsAreWrong() {
    assertThatThrownBy(
            () ->
                LivePipeline.start(
                    with("num.stream.threads", "many"), Optional.empty(), PipelineObserver.NONE))
        .isInstanceOf(ConfigException.class);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
  }

  @Test
  void aClientOfKafkaStreamsCannotBeMade() {
    assertThatThrownBy(
            () ->
                LivePipeline.start(
                    with("main.consumer.fetch.max.bytes", "-7"),
                    Optional.empty(),
                    PipelineObserver.NONE))
        .isInstanceOf(RuntimeException.class);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
  }

  @Test
  void aServiceThatFailsGivesItsFolderAndItsPortBack() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Settings settings =
        with("num.stream.threads", "many")
            .with(
                new Settings.Http(
                    "127.0.0.1", port, Optional.empty(), Optional.empty(), Duration.ofMinutes(5)));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Service.start(settings, System::currentTimeMillis))
          .isInstanceOf(ConfigException.class)
          .hasNoSuppressedExceptions();
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
  }
}
