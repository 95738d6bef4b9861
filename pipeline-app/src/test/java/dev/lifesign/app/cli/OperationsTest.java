package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.app.service.Service;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.StatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the operations on a pipeline: dead letters, customers, a reset. */
class OperationsTest {

  private static final Topics TOPICS = Topics.STANDARD;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path dir;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Cli cli(String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    Map.of(
            "applicationId", sandbox.settings.applicationId(),
            "bootstrapServers", sandbox.settings.clients().bootstrapServers(),
            "registry.schema.registry.url",
                sandbox.settings.clients().registry().get("schema.registry.url"),
            "policy", sandbox.settings.policy().toString(),
            "stateDir", sandbox.settings.state().dir().toString(),
            "temporaryState", "true")
        .forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static Purchase purchase(String id, String customer) {
    return new Purchase(
        id,
        customer,
        System.currentTimeMillis(),
        Purchase.Action.PURCHASE,
        "o-" + id,
        1999,
        "USD",
        List.of(),
        "");
  }

  private Service run() {
    Service service = Service.start(sandbox.settings, System::currentTimeMillis);
    service.pipeline().runner().awaitRunning();
    return service;
  }

  private <T> List<T> await(String topic, Class<T> type, int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> sandbox.read(topic, type).size() >= count);
    return sandbox.read(topic, type);
  }

  @Test
  void deadLettersAreListedShownAndSentAgainOnceEver() {
    String purchases = TOPICS.of(Family.PURCHASE);
    ProducerRecord<byte[], byte[]> good = sandbox.record(purchase("p1", "c1"));
    byte[] large = new byte[100_000];
    for (int partition = 0; partition < 2; partition++) {
      sandbox.producer.send(
          new ProducerRecord<>(good.topic(), partition, good.key(), good.value()));
    }
    sandbox.producer.send(
        new ProducerRecord<>(purchases, 0, "big".getBytes(StandardCharsets.UTF_8), large));
    sandbox.producer.flush();
    try (Service service = run()) {
      assertThat(service.address()).isNotEmpty();
      List<DeadLetter> letters = await(TOPICS.deadLetters(), DeadLetter.class, 2);
      String misplaced =
          letters.stream()
              .filter(letter -> letter.getReason().equals("WRONG_PARTITION"))
              .map(l -> l.getTopic() + "-" + l.getPartition() + "@" + l.getOffset())
              .findFirst()
              .orElseThrow();

      Cli list = cli("dead-letters", "list");
      assertThat(list.exit()).as(list.err()).isZero();
      assertThat(list.out()).contains(misplaced).contains("1 WRONG_PARTITION").contains("1 UNDEC");
      assertThat(cli("dead-letters", "list", "--reason", "KEY_MISMATCH").out()).contains("none");
      assertThat(cli("dead-letters", "list", "--until", "2020-01-01T00:00:00Z").out())
          .contains("none");
      assertThat(cli("dead-letters", "show", misplaced).out())
          .contains("murmur2")
          .contains("63 31")
          .contains("sent again no");
      assertThat(cli("dead-letters", "show", "x-1@2").err()).contains("There is no dead letter");
      assertThat(cli("dead-letters", "show", "nonsense").err()).contains("dead-letters list");

      assertThat(cli("dead-letters", "resend", "--dry-run").out())
          .contains("would send 2, 0 already sent before, 0 would fail");
      assertThat(cli("dead-letters", "resend", "--only", misplaced).out()).contains("sent 1, 0");
      String until = Instant.now().toString();
      assertThat(cli("dead-letters", "resend", "--until", until).out())
          .contains("sent 1, 1 already sent before");
      assertThat(cli("dead-letters", "resend", "--until", until).out())
          .contains("sent 0, 2 already sent before");
      assertThat(cli("dead-letters", "list").out())
          .contains("1 WRONG_PARTITION, sent again")
          .contains("(sent again)");

      // The large record was resent with all its bytes, and still cannot be decoded.
      List<DeadLetter> again =
          await(TOPICS.deadLetters(), DeadLetter.class, 5).stream()
              .filter(letter -> letter.getHeaders().containsKey("lifesign-resent-from"))
              .toList();
      assertThat(again).hasSize(1);
      assertThat(again.get(0).getValueLength()).isEqualTo(large.length);
      // The misplaced record is now in the right partition, where its twin had been accepted.
      assertThat(await(TOPICS.statusChanges(), StatusChange.class, 1)).hasSize(1);
    }
  }

  @Test
  void aCustomerIsShown() {
    sandbox.send(purchase("p1", "c1"));
    sandbox.producer.flush();
    try (Service service = run()) {
      String url = "http://" + service.address();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> Cli.run("customer", "show", "c1", "--url", url).exit() == 0);
      assertThat(Cli.run("customer", "show", "c1", "--url", url).out())
          .contains("status         NEW, since")
          .containsPattern("next +ACTIVE at .*, if no further event arrives")
          .contains("RECENT_BUYER");
      assertThat(Cli.run("customer", "show", "c1", "--timeline", "--url", url).out())
          .containsPattern("   1  .* - -> NEW");
      assertThat(Cli.run("customer", "show", "c1", "--json", "--url", url).out())
          .contains("\"customerId\" : \"c1\"");
      Cli byConfig = cli("customer", "show", "c1", "--set=http.advertised=" + service.address());
      assertThat(byConfig.exit()).as(byConfig.err()).isZero();
      assertThat(byConfig.out()).contains("status         NEW, since");
      assertThat(cli("customer", "show", "c1", "--set=http.port=1").err())
          .contains("No instance of Lifesign answers at http://127.0.0.1:1 (");
      assertThat(
              cli("customer", "show", "c1", "--set=http.host=0.0.0.0", "--set=http.port=1").err())
          .contains("at http://127.0.0.1:1 (");
      assertThat(cli("customer", "show", "c1", "--set=http.port=1", "--url", url).exit()).isZero();
      assertThat(cli("customer", "show", "c1", "--set=http.port=0").err())
          .contains("http.port is 0")
          .contains("set --url");
      Cli nobody = Cli.run("customer", "show", "nobody", "--url", url);
      assertThat(nobody.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(nobody.err()).contains("No event of customer");
    }
    assertThat(Cli.run("customer", "show", "c1", "--url", "http://127.0.0.1:1").err())
        .contains("start one with lifesign run");
  }

  @Test
  void aResetForgetsStateAndTheNextStartReadsTheInputsAgain() {
    sandbox.send(purchase("p1", "c1"));
    sandbox.producer.flush();
    try (Service service = run()) {
      await(TOPICS.statusChanges(), StatusChange.class, 1);
      assertThat(service.pipeline().runner().failure()).isEmpty();
      Cli running = cli("state", "reset", "--yes");
      assertThat(running.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(running.err()).contains("lifesign-test is running: its group has");
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> cli("state", "reset").out().contains("nothing was deleted"));
    assertThat(cli("state", "reset").out())
        .contains("topic lifesign-test-customers-changelog")
        .contains("offsets of group lifesign-test");
    assertThat(cli("state", "reset", "--yes").exit()).isZero();
    assertThat(cli("state", "reset").out()).contains("has no state");
    try (Service service = run()) {
      assertThat(await(TOPICS.statusChanges(), StatusChange.class, 2))
          .extracting(StatusChange::getSequence)
          .containsExactly(1, 1);
      assertThat(service.pipeline().runner().failure()).isEmpty();
    }
  }
}
