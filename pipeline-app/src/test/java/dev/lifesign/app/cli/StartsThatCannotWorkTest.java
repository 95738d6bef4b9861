package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.OffsetCheckTest;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.CustomerProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot work says why, and what to do, in one sentence. */
class StartsThatCannotWorkTest {

  @TempDir static Path shared;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;

  @TempDir Path dir;
  private String config;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(shared.resolve("kafka"));
    registry = EmbeddedRegistry.start(shared.resolve("schemas.jsonl"), Ports.free());
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @BeforeEach
  void writeSettings() throws IOException {
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
    config =
        Files.writeString(
                dir.resolve("lifesign.yaml"),
                """
                bootstrapServers: %s
                registry: { schema.registry.url: "%s" }
                policy: policy.yaml
                stateDir: state
                temporaryState: true
                http: { port: 0 }
                topics: { partitions: 2, replication: 1 }
                """
                    .formatted(broker.bootstrapServers(), registry.url()))
            .toString();
    assertThat(Cli.run("topics", "create", "--config", config).exit()).isZero();
  }

  private Cli run(String... sets) {
    List<String> arguments = new ArrayList<>(List.of("run", "--config", config));
    for (String set : sets) {
      arguments.add("--set=" + set);
    }
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static void assertSentence(Cli cli, String... parts) {
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains(parts).doesNotContain("\tat ");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void withoutARegistry() {
    assertSentence(
        run("registry.schema.registry.url=http://127.0.0.1:1"),
        "The schema registry could not",
        "at http://127.0.0.1:1;",
        "check schema.registry.url");
  }

  @Test
  void withARegistryThatFindsASchemaIncompatible() throws Exception {
    try (EmbeddedRegistry strange =
        EmbeddedRegistry.start(dir.resolve("strange.jsonl"), Ports.free())) {
      Schema other =
          new Schema.Parser()
              .parse(
                  CustomerProfile.getClassSchema()
                      .toString()
                      .replace("\"orders\",\"type\":\"long\"", "\"orders\",\"type\":\"string\""));
      new Connections(
              Settings.inProcess("x", broker.bootstrapServers(), strange.url(), dir, dir, 1))
          .registry()
          .register(Topics.STANDARD.customerProfiles() + "-value", other);
      assertSentence(
          run("registry.schema.registry.url=" + strange.url()),
          "refused to register the schema of lifesign.customer-profiles-value: 409",
          "compatibility level");
    }
  }

  @Test
  void withAStateDirectoryThatAnotherProcessHolds() throws IOException {
    Files.createDirectories(dir.resolve("state"));
    try (FileChannel other =
            FileChannel.open(
                dir.resolve("state/lifesign.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertSentence(run(), "is in use by another process; give each instance its own folder");
    }
  }

  @Test
  void withAStateDirectoryThatCannotBeWritten() throws IOException {
    Files.writeString(dir.resolve("state"), "a file stands where the folder should");
    assertSentence(run(), "is not writable", "choose another stateDir");
  }

  @Test
  void withAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertSentence(
          run("http.port=" + taken.getLocalPort()),
          "127.0.0.1:" + taken.getLocalPort(),
          "choose another http.port");
    }
  }

  @Test
  void withStateWhoseOffsetsAreGone() throws Exception {
    OffsetCheckTest.leaveStateWithoutOffsets(broker.bootstrapServers(), "forgetful");
    assertSentence(
        run("applicationId=forgetful"),
        "forgetful has state but no committed offsets for these partitions",
        "lifesign.purchases [1]",
        "events that were read before would count twice");
  }
}
