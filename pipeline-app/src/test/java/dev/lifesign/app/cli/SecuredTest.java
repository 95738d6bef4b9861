package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.config.SettingsReader;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.registry.Certificates;
import dev.lifesign.app.service.Service;
import dev.lifesign.domain.policy.Presets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers with TLS and SASL: the right certificate and password work, and wrong ones are reported.
 */
class SecuredTest {

  private static final String JAAS =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";

  @TempDir static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static int securePort;

  @BeforeAll
  static void start() throws Exception {
    Certificates.make(dir, "broker");
    Certificates.make(dir, "stranger");
    int port = Ports.free();
    securePort = Ports.free();
    int controllerPort = Ports.free();
    Map<String, String> overrides = new HashMap<>();
    overrides.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    overrides.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,SECURE://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(port, securePort, controllerPort));
    overrides.put(
        "advertised.listeners",
        "PLAINTEXT://127.0.0.1:%d,SECURE://127.0.0.1:%d".formatted(port, securePort));
    overrides.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL");
    overrides.put("listener.name.secure.sasl.enabled.mechanisms", "PLAIN");
    overrides.put(
        "listener.name.secure.plain.sasl.jaas.config",
        JAAS.formatted("broker", "b") + " user_broker=\"b\" user_lifesign=\"secret\";");
    overrides.put("ssl.keystore.location", dir.resolve("broker.p12").toString());
    overrides.put("ssl.keystore.password", Certificates.PASSWORD);
    overrides.put("ssl.keystore.type", "PKCS12");
    broker = EmbeddedBroker.start(dir.resolve("kafka"), port, overrides);
    registry = EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free());
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  private static List<String> sets(String password, String trusted) {
    return List.of(
        "bootstrapServers=127.0.0.1:" + securePort,
        "registry.schema.registry.url=" + registry.url(),
        "policy=" + dir.resolve("policy.yaml"),
        "stateDir=" + dir.resolve("state"),
        "temporaryState=true",
        "http.port=0",
        "topics.partitions=2",
        "topics.replication=1",
        "kafka.security.protocol=SASL_SSL",
        "kafka.sasl.mechanism=PLAIN",
        "kafka.sasl.jaas.config=" + JAAS.formatted("lifesign", password) + ";",
        "kafka.ssl.truststore.location=" + dir.resolve(trusted + ".p12"),
        "kafka.ssl.truststore.password=" + Certificates.PASSWORD,
        "kafka.ssl.truststore.type=PKCS12");
  }

  private static Cli cli(List<String> sets, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    sets.forEach(set -> arguments.add("--set=" + set));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theRightCertificateAndPasswordRunAPipeline() {
    List<String> sets = sets("secret", "broker");
    assertThat(cli(sets, "topics", "create").err()).isEmpty();
    Map<String, String> flags = new HashMap<>();
    sets.forEach(set -> flags.put(set.split("=", 2)[0], set.split("=", 2)[1]));
    Settings settings = SettingsReader.read(Optional.empty(), Map.of(), flags).settings();
    try (Service service = Service.start(settings, System::currentTimeMillis)) {
      service.pipeline().runner().awaitRunning();
      assertThat(service.pipeline().runner().failure()).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsASentence() {
    Cli cli = cli(sets("wrong", "broker"), "run");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err())
        .contains("Could not connect to the brokers at 127.0.0.1:" + securePort)
        .contains("Invalid username or password")
        .contains("section kafka");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void aWrongCertificateIsASentence() {
    Cli cli = cli(sets("secret", "stranger"), "run");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err())
        .contains("Could not connect to the brokers at 127.0.0.1:" + securePort)
        .contains("SSL handshake failed")
        .contains("unable to find valid certification path");
    assertThat(cli.err().lines()).hasSize(1);
  }
}
