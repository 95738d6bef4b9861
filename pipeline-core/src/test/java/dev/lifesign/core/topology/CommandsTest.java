package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.Command.OnAlert;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.AlertCommand;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands through the topology: accepted, carried out, answered. */
class CommandsTest {

  private static final long START = Instants.parse("2024-03-01T10:00:00Z");
  private static final String ALERT = AlertId.of("c1", "silence", 1);
  private static final Policy POLICY =
      PolicyReader.read(
              """
              version: 1
              lifecycle: { risk: { method: fixed, fixed: P45D } }
              cases:
                - id: silence
                  owner: crm
                  due: 2
                  action: { play: win-back, channel: EMAIL, note: Be kind }
                  ladder:
                    - { id: at-risk, when: { status: { in: [AT_RISK] } }, severity: HIGH }
              """)
          .policy()
          .orElseThrow();

  @TempDir Path dir;

  private PipelineDriver driver;
  private long at = START;

  @BeforeEach
  void open() {
    driver = new PipelineDriver(POLICY, dir);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static Event purchase(String id, long occurredAt) {
    return new Purchase(
        id, "c1", occurredAt, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  private static Command command(String id, Command.Step step) {
    return new Command(id, "c1", "ann", new OnAlert(ALERT, OptionalInt.empty(), step));
  }

  private void send(Command command) {
    at += 1_000;
    driver.send(command, at);
  }

  /** A customer who bought once, and has been silent for 46 days. */
  private ChurnAlert raised() {
    driver.send(purchase("e1", at), at);
    at += 46 * Instants.DAY;
    driver.tick(at);
    List<ChurnAlert> alerts = driver.alerts();
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  @Test
  void theRecordOfARaisedAlertHasEveryFieldOfBeforeAndOfNow() {
    ChurnAlert alert = raised();
    long riskAt = START + 45 * Instants.DAY;
    assertThat(alert.getAlertId()).isEqualTo(ALERT);
    assertThat(alert.getRule()).isEqualTo("silence").isEqualTo(alert.getCase$());
    assertThat(alert.getOccurrence()).isEqualTo(1).isEqualTo(alert.getNumber());
    assertThat(alert.getVersion()).isEqualTo(1);
    assertThat(alert.getChange()).isEqualTo("RAISED");
    assertThat(alert.getState()).isEqualTo("OPEN");
    assertThat(alert.getRung()).isEqualTo("at-risk");
    assertThat(alert.getSeverity()).isEqualTo("HIGH");
    assertThat(alert.getOwner()).isEqualTo("crm");
    assertThat(alert.getAction()).isEqualTo("win-back").isEqualTo(alert.getPlay());
    assertThat(alert.getChannel()).isEqualTo("EMAIL");
    assertThat(alert.getActionNote()).isEqualTo("Be kind");
    assertThat(alert.getStatus()).isEqualTo("AT_RISK");
    assertThat(alert.getReason()).isEqualTo("SILENCE");
    assertThat(alert.getValueAtStake()).isEqualTo(100);
    assertThat(alert.getRaisedAt().toEpochMilli()).isEqualTo(riskAt);
    assertThat(alert.getEffectiveAt()).isEqualTo(alert.getRaisedAt());
    assertThat(alert.getDetectedAt().toEpochMilli()).isEqualTo(at);
    assertThat(alert.getDueAt().toEpochMilli()).isEqualTo(riskAt + 2 * Instants.DAY);
    assertThat(alert.getExpiresAt().toEpochMilli()).isEqualTo(riskAt + 60 * Instants.DAY);
    assertThat(alert.getResolvedAt()).isNull();
    assertThat(alert.getResolution()).isNull();
    assertThat(alert.getCount()).isEqualTo(1);
    assertThat(alert.getPrevious()).isNull();
    assertThat(alert.getMuted()).isFalse();
    assertThat(alert.getNotify()).isTrue();
    assertThat(alert.getLanguage()).isEqualTo("en");
    assertThat(alert.getExplanation()).isNotBlank();
    assertThat(alert.getEvidence())
        .extracting(evidence -> evidence.getName() + " " + evidence.getKind())
        .contains("silentSince INSTANT", "threshold DURATION", "status WORD");
  }

  @Test
  void aCommandIsCarriedOutAndAnswered() {
    raised();
    send(command("k1", new Command.Acknowledge()));
    send(command("k2", new Command.Assign("bob")));
    send(command("k3", new Command.Resolve(Outcome.SAVED)));
    assertThat(driver.alerts())
        .extracting(
            ChurnAlert::getVersion,
            ChurnAlert::getChange,
            ChurnAlert::getState,
            ChurnAlert::getOwner,
            ChurnAlert::getBy,
            ChurnAlert::getOutcome,
            ChurnAlert::getResolution)
        .containsExactly(
            tuple(2, "ACKNOWLEDGED", "ACKNOWLEDGED", "crm", "ann", "", null),
            tuple(3, "ASSIGNED", "ACKNOWLEDGED", "bob", "ann", "", null),
            tuple(4, "HANDLED", "RESOLVED", "bob", "ann", "SAVED", "HANDLED"));
    assertThat(driver.commandResults())
        .extracting(
            CommandResult::getCommandId,
            CommandResult::getCustomerId,
            CommandResult::getAccepted,
            CommandResult::getReason,
            CommandResult::getSentence,
            CommandResult::getVersion)
        .containsExactly(
            tuple("k1", "c1", true, "", "", 2),
            tuple("k2", "c1", true, "", "", 3),
            tuple("k3", "c1", true, "", "", 4));
    assertThat(driver.counts.commands).isEqualTo(3);
  }

  @Test
  void aRepeatedCommandIsDoneOnceAndAnsweredAgain() {
    raised();
    send(command("k1", new Command.Acknowledge()));
    driver.alerts();
    CommandResult first = driver.commandResults().get(0);
    int stored = driver.changelog(Names.CUSTOMERS).size();
    assertThat(stored).isPositive();
    send(command("k1", new Command.Acknowledge()));
    CommandResult again = driver.commandResults().get(0);
    assertThat(again.getDetectedAt()).isAfter(first.getDetectedAt());
    again.setDetectedAt(first.getDetectedAt());
    assertThat(again).isEqualTo(first);
    assertThat(driver.alerts()).isEmpty();
    assertThat(driver.changelog(Names.CUSTOMERS)).isEmpty();
  }

  @Test
  void aRefusedCommandIsAnsweredWithASentenceAndPublishesNothingElse() {
    raised();
    send(command("k0", new Command.Reopen()));
    send(command("k1", new Command.Acknowledge()));
    send(
        new Command(
            "k2", "c1", "ann", new OnAlert(ALERT, OptionalInt.of(1), new Command.Assign("bob"))));
    send(
        new Command(
            "k3", "c1", "ann", new OnAlert(ALERT, OptionalInt.of(3), new Command.Assign("bob"))));
    send(command("k4", new Command.Assign("")));
    send(command("k5", new Command.Snooze(Instants.NEVER)));
    send(
        new Command(
            "k6",
            "c1",
            "ann",
            new OnAlert("another", OptionalInt.empty(), new Command.Acknowledge())));
    assertThat(driver.alerts()).extracting(ChurnAlert::getChange).containsExactly("ACKNOWLEDGED");
    assertThat(driver.commandResults())
        .extracting(
            CommandResult::getCommandId,
            CommandResult::getAccepted,
            CommandResult::getReason,
            CommandResult::getVersion)
        .containsExactly(
            tuple("k0", false, "NOT_REOPENABLE", 1),
            tuple("k1", true, "", 2),
            tuple("k2", false, "STALE", 2),
            tuple("k3", false, "VERSION_AHEAD", 2),
            tuple("k4", false, "INCOMPLETE", 2),
            tuple("k5", false, "BAD_UNTIL", 2),
            tuple("k6", false, "UNKNOWN_ALERT", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNKNOWN_CUSTOMER | check the customerId
          UNKNOWN_ALERT | take the alertId from the latest record of the customer
          NOT_OPEN | The alert has ended. You can resolve it or add a note
          NOT_REOPENABLE | Only an alert that was handled can be reopened
          STALE | look at version 7, then decide again
          VERSION_AHEAD | has only reached version 7; check seenVersion
          BAD_UNTIL | at most 90 days ahead; set until
          INCOMPLETE | ASSIGN an owner
          """)
  void everyReasonHasASentenceThatSaysWhatToDo(Refusal reason, String part) {
    dev.lifesign.domain.command.CommandResult result =
        new dev.lifesign.domain.command.CommandResult(
            command("k1", new Command.Acknowledge()), reason, 7);
    assertThat(CommandCodec.encode(result, START, OptionalLong.empty(), Map.of()).getSentence())
        .contains(part)
        .endsWith(".");
  }

  @Test
  void aCommandForAnUnknownCustomerIsRefusedAndMakesNone() {
    send(command("k1", new Command.Acknowledge()));
    assertThat(driver.commandResults())
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.getReason()).isEqualTo("UNKNOWN_CUSTOMER");
              assertThat(answer.getSentence()).contains("check the customerId");
              assertThat(answer.getVersion()).isZero();
            });
    assertThat(driver.changelog(Names.CUSTOMERS)).isEmpty();
  }

  @Test
  void aCommandTakesItsCustomersDeadlinesFirst() {
    driver.send(purchase("e1", at), at);
    at += 46 * Instants.DAY;
    send(command("k1", new Command.Acknowledge()));
    assertThat(driver.alerts())
        .extracting(ChurnAlert::getChange)
        .containsExactly("RAISED", "ACKNOWLEDGED");
  }

  @Test
  void aCommandThatIsReadAfterAnEventOfTheSameArrivalArrivesAMillisecondLater() {
    raised();
    at += 1_000;
    driver.send(purchase("e2", at), at);
    driver.send(command("k1", new Command.Note("They called")), at);
    assertThat(driver.alerts())
        .extracting(ChurnAlert::getChange, alert -> alert.getDetectedAt().toEpochMilli())
        .containsExactly(tuple("CLEARED", at), tuple("NOTED", at + 1));
  }

  @Test
  void whatIsNoCommandBecomesADeadLetter() {
    byte[] key = "c1".getBytes(StandardCharsets.UTF_8);
    AlertCommand right = CommandCodec.encode(command("k1", new Command.Acknowledge()));
    sendRaw(key, AlertCommand.newBuilder(right).setAction("DANCE").build());
    sendRaw(key, AlertCommand.newBuilder(right).setCommandId("").build());
    sendRaw(key, AlertCommand.newBuilder(right).setBy("").build());
    sendRaw(key, AlertCommand.newBuilder(right).setCommandId("k".repeat(129)).build());
    sendRaw(
        key, AlertCommand.newBuilder(right).setAction("ASSIGN").setOwner("o".repeat(257)).build());
    sendRaw("c2".getBytes(StandardCharsets.UTF_8), right);
    driver.sendRaw(Topics.STANDARD.commands(), key, new byte[] {1, 2, 3}, at);
    driver.sendRaw(Topics.STANDARD.commands(), key, null, at);
    assertThat(driver.deadLetters())
        .extracting(DeadLetter::getTopic, DeadLetter::getReason)
        .containsExactly(
            tuple("lifesign.commands", "UNKNOWN_ACTION"),
            tuple("lifesign.commands", "MISSING_FIELD"),
            tuple("lifesign.commands", "MISSING_FIELD"),
            tuple("lifesign.commands", "INVALID_FIELD"),
            tuple("lifesign.commands", "INVALID_FIELD"),
            tuple("lifesign.commands", "KEY_MISMATCH"),
            tuple("lifesign.commands", "UNDECODABLE"),
            tuple("lifesign.commands", "UNDECODABLE"));
    assertThat(driver.commandResults()).isEmpty();
  }

  @Test
  void anEventInTheTopicOfCommandsBecomesADeadLetter() {
    byte[] key = "c1".getBytes(StandardCharsets.UTF_8);
    driver.sendRaw(
        Topics.STANDARD.commands(),
        key,
        driver.bytes(Topics.STANDARD.commands(), EventCodec.encode(purchase("e1", at))),
        at);
    assertThat(driver.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly("UNDECODABLE");
  }

  private void sendRaw(byte[] key, AlertCommand value) {
    String topic = Topics.STANDARD.commands();
    driver.sendRaw(topic, key, driver.bytes(topic, value), at);
  }
}
