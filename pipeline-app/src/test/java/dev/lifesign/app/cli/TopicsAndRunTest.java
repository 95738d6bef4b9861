package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.Presets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Correct topics, and starts that cannot work. */
class TopicsAndRunTest {

  @TempDir Path dir;

  @Test
  void topicsAreMadeDescribedAndRequired() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(Cli.run("run", "--config", config(broker, false)).err())
          .contains("which the system may clear; choose another folder");
      String config = config(broker, true);

      Cli missing = Cli.run("run", "--config", config);
      assertThat(missing.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(missing.err()).contains("missing").contains("lifesign topics create");
      assertThat(Cli.run("topics", "describe", "--config", config).exit())
          .isEqualTo(ExitCodes.FAULTS);

      NewTopic shortLived =
          new NewTopic(Topics.STANDARD.deadLetters(), 3, (short) 1)
              .configs(Map.of("retention.ms", "1000"));
      admin.createTopics(List.of(shortLived)).all().get();
      Cli created = Cli.run("topics", "create", "--config", config);
      assertThat(created.exit()).isZero();
      assertThat(created.out().lines()).hasSize(17);
      assertThat(created.out()).containsPattern("dead-letters +already exists");

      Cli described = Cli.run("topics", "describe", "--config", config);
      assertThat(described.exit()).isEqualTo(ExitCodes.FAULTS);
      assertThat(described.out())
          .containsPattern("lifesign.purchases +3 +ok")
          .contains("LogAppendTime")
          .containsPattern("lifesign.dead-letters +3 +differs");
      admin.deleteTopics(List.of(Topics.STANDARD.deadLetters())).all().get();
      Cli.run("topics", "create", "--config", config);
      assertThat(Cli.run("topics", "describe", "--config", config).exit()).isZero();

      admin
          .createPartitions(Map.of(Topics.STANDARD.control(), NewPartitions.increaseTo(4)))
          .all()
          .get();
      Cli uneven = Cli.run("run", "--config", config);
      assertThat(uneven.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(uneven.err()).contains("same number of partitions").contains("lifesign.control=4");
    }
  }

  @Test
  void aPipelineRunsUntilItIsToldToStop() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free())) {
      String config = config(broker, true);
      Files.writeString(
          Path.of(config),
          Files.readString(Path.of(config)).replace("http://127.0.0.1:1", registry.url()));
      assertThat(Cli.run("topics", "create", "--config", config).exit()).isZero();
      List<String> command =
          new ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      if (Runtime.version().feature() >= 24) {
        // As the launcher does; without them the JVM prints warnings.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
      }
      command.addAll(
          List.of(
              "-Dlogback.configurationFile=logback.xml",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              Main.class.getName(),
              "run",
              "--config",
              config,
              "--set=logs=json"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> said = new ArrayList<>();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.contains("Running: lifesign")) {
          process.toHandle().destroy();
        }
      }
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      assertThat(String.join("\n", said)).contains("Running: lifesign").doesNotContain("Exception");
      for (String line : said) {
        assertThat(new ObjectMapper().readTree(line).path("formattedMessage").asText())
            .isNotBlank();
      }
    }
  }

  private String config(EmbeddedBroker broker, boolean temporaryState) throws IOException {
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
    return Files.writeString(
            dir.resolve("lifesign.yaml"),
            """
            bootstrapServers: %s
            registry: { schema.registry.url: "http://127.0.0.1:1" }
            policy: policy.yaml
            stateDir: state
            temporaryState: %s
            http: { port: 0 }
            topics: { partitions: 3, replication: 1 }
            """
                .formatted(broker.bootstrapServers(), temporaryState))
        .toString();
  }
}
