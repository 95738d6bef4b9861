package dev.lifesign.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.app.service.Service;
import dev.lifesign.schema.ChurnAlert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Third-party clients produce events and read facts: kafkajs with its registry client, and kcat.
 */
class ForeignClientsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String POLICY =
      """
      version: 1
      cases:
        - id: payment-failed
          ladder:
            - { id: failed, when: { status: { in: [AT_RISK], reasons: [PAYMENT_FAILED] } } }
      """;
  private static final Path SOURCES = Path.of("src", "test", "clients");
  private static final Path CLIENTS = Path.of("target", "clients");
  private static final Path SCHEMAS = Path.of("..", "schemas", "src", "main", "avro");

  @TempDir static Path dir;
  private static Sandbox sandbox;
  private static Service service;

  private record Said(int exit, String text) {}

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(isThere("node") && isThere("npm"), "skipped: Node is not installed");
    Files.createDirectories(CLIENTS);
    for (String file : List.of("package.json", "check.js")) {
      Files.copy(SOURCES.resolve(file), CLIENTS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Said install =
        run(
            CLIENTS,
            "npm",
            "install",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--loglevel=error");
    assumeTrue(install.exit() == 0, "skipped: npm cannot install: " + install.text());
    sandbox = new Sandbox(dir, 3, POLICY, Map.of());
    service = Service.start(sandbox.settings, System::currentTimeMillis);
    service.pipeline().runner().awaitRunning();
    Said produced = node("produce", SCHEMAS.toAbsolutePath().toString());
    assertThat(produced.exit()).as(produced.text()).isZero();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !sandbox.read("lifesign.churn-alerts", ChurnAlert.class).isEmpty());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
      sandbox.close();
    }
  }

  private static boolean isThere(String command) throws IOException, InterruptedException {
    return run(Path.of("."), "sh", "-c", "command -v " + command).exit() == 0;
  }

  private static Said node(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("node", "check.js", command));
    all.add(sandbox.settings.clients().bootstrapServers());
    all.add(sandbox.settings.clients().registry().get("schema.registry.url"));
    all.addAll(List.of(arguments));
    return run(CLIENTS, all.toArray(String[]::new));
  }

  private static Said run(Path folder, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("client", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
    Files.delete(out);
    return new Said(process.exitValue(), text);
  }

  /** kafkajs supports gzip, but not LZ4, Snappy or zstd. */
  @Test
  void nodeReadsWhatItsEventsBroughtAboutWithoutACodec() throws Exception {
    Said changes = node("read", "lifesign.status-changes", "node-1", "2");
    assertThat(changes.exit()).as(changes.text()).isZero();
    assertThat(changes.text().lines())
        .anyMatch(line -> line.contains("\"to\":\"NEW\"") && line.contains("\"sequence\":1"))
        .anyMatch(line -> line.contains("\"to\":\"AT_RISK\"") && line.contains("PAYMENT_FAILED"));
    Said alerts = node("read", "lifesign.churn-alerts", "node-1", "1");
    assertThat(alerts.text()).contains("\"state\":\"OPEN\"").contains("PAYMENT_FAILED");
    Said profiles = node("read", "lifesign.customer-profiles", "node-1", "1");
    assertThat(profiles.text()).contains("\"customerId\":\"node-1\"").contains("\"orders\":");
    assertThat(sandbox.read("lifesign.dead-letters", Object.class)).isEmpty();
  }

  @Test
  void kcatReadsTheAlerts() throws Exception {
    assumeTrue(isThere("kcat"), "skipped: kcat is not installed");
    Said alerts =
        run(
            Path.of("."),
            "kcat",
            "-b",
            sandbox.settings.clients().bootstrapServers(),
            "-C",
            "-e",
            "-q",
            "-t",
            "lifesign.churn-alerts",
            "-X",
            "isolation.level=read_committed",
            "-f",
            "%k %s\\n");
    // Debian's kcat does not support Avro; it prints the strings between the other bytes.
    assertThat(alerts.exit()).as(alerts.text()).isZero();
    assertThat(alerts.text()).startsWith("node-1 ").contains("PAYMENT_FAILED").contains("RAISED");
  }
}
