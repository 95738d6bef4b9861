package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.app.service.Service;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Support;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the work on alerts through a broker and a running pipeline. */
class AlertsCommandTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      cases:
        - id: welcome
          owner: sales
          due: 2
          ladder:
            - { id: new, when: { status: { in: [NEW] } }, severity: HIGH }
        - id: complaint
          owner: support
          due: 1
          action: { play: call-back }
          on: { match: "event.family == 'support' && event.action == 'OPENED'" }
          endsWhen: "event.family == 'support' && event.action == 'RESOLVED' && event.ticketId == alert.subject"
          severity: LOW
        - id: quiet
          holdout: 1
          on: { match: "event.family == 'support' && event.action == 'ESCALATED'" }
      """;

  @TempDir static Path dir;
  private static Sandbox sandbox;
  private static Service service;

  @BeforeAll
  static void start() {
    sandbox = new Sandbox(dir, 2, POLICY, Map.of());
    service = Service.start(sandbox.settings, System::currentTimeMillis);
    service.pipeline().runner().awaitRunning();
  }

  @AfterAll
  static void stop() {
    service.close();
    sandbox.close();
  }

  private static Cli cli(String... command) {
    return cli(sandbox, command);
  }

  private static Cli cli(Sandbox with, String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    Map.of(
            "applicationId", with.settings.applicationId(),
            "bootstrapServers", with.settings.clients().bootstrapServers(),
            "registry.schema.registry.url",
                with.settings.clients().registry().get("schema.registry.url"),
            "policy", with.settings.policy().toString(),
            "stateDir", with.settings.state().dir().toString(),
            "temporaryState", "true")
        .forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static void send(Sandbox to, Event... events) {
    for (Event event : events) {
      to.send(event);
    }
    to.producer.flush();
  }

  private static Purchase purchase(String customer) {
    return new Purchase(
        customer + "-p",
        customer,
        System.currentTimeMillis(),
        Purchase.Action.PURCHASE,
        "o",
        1999,
        "USD",
        List.of(),
        "");
  }

  private static Support support(String customer, Support.Action action, String ticket) {
    return new Support(
        customer + action + ticket,
        customer,
        System.currentTimeMillis(),
        action,
        ticket,
        Support.Category.COMPLAINT,
        "");
  }

  /** Makes a customer complain, and returns the id of the alert once it is there. */
  private static String complaint(String customer) {
    send(sandbox, support(customer, Support.Action.OPENED, "t1"));
    String alert = AlertId.of(customer, "complaint", 1);
    await(sandbox, alert, 1);
    return alert;
  }

  /** Waits until an alert has so many facts, and returns them. */
  private static List<ChurnAlert> await(Sandbox in, String alert, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> facts(in, alert), facts -> facts.size() >= count);
  }

  private static List<ChurnAlert> facts(Sandbox in, String alert) {
    return in.read(Topics.STANDARD.churnAlerts(), ChurnAlert.class).stream()
        .filter(fact -> fact.getAlertId().equals(alert))
        .toList();
  }

  private static void accepted(Cli answer, String alert, int version) {
    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.out())
        .contains("accepted: alert %s is at version %d".formatted(alert, version));
  }

  private static void refused(Cli answer, String reason, String sentence) {
    assertThat(answer.exit()).as(answer.err()).isEqualTo(ExitCodes.FAULTS);
    assertThat(answer.err()).contains("refused, " + reason + ": ").contains(sentence);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void anAlertIsWorkedOnFromAcknowledgementToAReopening() {
    String alert = complaint("worked");
    accepted(cli("alerts", "acknowledge", alert, "--by", "ann"), alert, 2);
    accepted(cli("alerts", "assign", alert, "olga"), alert, 3);
    accepted(cli("alerts", "snooze", alert, "--until", "P3D"), alert, 4);
    accepted(cli("alerts", "note", alert, "calls back on Monday"), alert, 5);
    accepted(cli("alerts", "resolve", alert, "--outcome", "saved"), alert, 6);
    refused(cli("alerts", "acknowledge", alert), "NOT_OPEN", "The alert has ended");
    accepted(cli("alerts", "reopen", alert), alert, 7);
    refused(cli("alerts", "reopen", alert), "NOT_REOPENABLE", "Only an alert that was handled");
    List<ChurnAlert> facts = facts(sandbox, alert);
    assertThat(facts)
        .extracting(ChurnAlert::getChange)
        .containsExactly(
            "RAISED", "ACKNOWLEDGED", "ASSIGNED", "SNOOZED", "NOTED", "HANDLED", "REOPENED");
    assertThat(facts).extracting(ChurnAlert::getVersion).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(facts.get(1).getBy()).isEqualTo("ann");
    assertThat(facts.get(3).getSnoozedUntil())
        .isAfter(Instant.now().plus(2, ChronoUnit.DAYS))
        .isBefore(Instant.now().plus(3, ChronoUnit.DAYS));
    assertThat(cli("alerts", "show", alert).out())
        .contains("alert " + alert + ", version 7")
        .containsPattern("owner +olga")
        .containsPattern("play +call-back")
        .containsPattern("1 +\\S+Z +RAISED +LOW")
        .containsPattern("2 +\\S+Z +ACKNOWLEDGED by ann")
        .containsPattern("3 +\\S+Z +ASSIGNED +owner olga")
        .containsPattern("4 +\\S+Z +SNOOZED +until \\S+Z")
        .containsPattern("5 +\\S+Z +NOTED +calls back on Monday")
        .containsPattern("6 +\\S+Z +HANDLED +SAVED")
        .containsPattern("7 +\\S+Z +REOPENED");
  }

  @Test
  void aStaleVersionIsRefusedAndOneAheadToo() {
    String alert = complaint("seen");
    accepted(cli("alerts", "assign", alert, "olga", "--seen-version", "1"), alert, 2);
    refused(
        cli("alerts", "acknowledge", alert, "--seen-version", "1"),
        "STALE",
        "The alert has changed since the version seen; look at version 2");
    refused(
        cli("alerts", "acknowledge", alert, "--seen-version", "3"),
        "VERSION_AHEAD",
        "The alert has only reached version 2");
    accepted(cli("alerts", "note", alert, "a note makes no version stale"), alert, 3);
    accepted(cli("alerts", "acknowledge", alert, "--seen-version", "2"), alert, 4);
  }

  @Test
  void aRepeatedCommandIsDoneOnceAndAnsweredAsBefore() {
    String alert = complaint("twice");
    accepted(cli("alerts", "note", alert, "once", "--command-id", "k1"), alert, 2);
    accepted(cli("alerts", "note", alert, "once", "--command-id", "k1"), alert, 2);
    accepted(cli("alerts", "note", alert, "again", "--command-id", "k2"), alert, 3);
    assertThat(facts(sandbox, alert)).hasSize(3);
  }

  @Test
  void whatCannotBeDoneIsRefusedWithASentence() {
    String alert = complaint("refused");
    refused(
        cli("alerts", "snooze", alert, "--until", "P91D"), "BAD_UNTIL", "at most 90 days ahead");
    refused(cli("alerts", "note", alert, ""), "INCOMPLETE", "NOTE a text");
    String second = AlertId.of("refused", "complaint", 2);
    Cli unknown = cli("alerts", "acknowledge", second);
    assertThat(unknown.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(unknown.err())
        .contains("There is no alert %s in lifesign.churn-alerts".formatted(second));
    refused(
        cli("alerts", "acknowledge", second, "--customer", "refused"),
        "UNKNOWN_ALERT",
        "The customer has no such alert");
    refused(
        cli("alerts", "acknowledge", second, "--customer", "nobody"),
        "UNKNOWN_CUSTOMER",
        "No event of this customer has arrived");
    refused(
        cli("alerts", "resolve", alert, "--outcome", "none"), "INCOMPLETE", "RESOLVE an outcome");
    assertThat(cli("alerts", "resolve", "--help").out())
        .contains("SAVED, LOST, FALSE_ALARM, OTHER")
        .doesNotContain("NONE");
    assertThat(cli("alerts", "snooze", alert, "--until", "later").err())
        .contains("--until is later; set it to an instant such as");
    assertThat(cli("alerts", "note", alert, "x", "--timeout", "soon").err())
        .contains("--timeout is soon; set it to a duration such as PT30S");
    assertThat(facts(sandbox, alert)).hasSize(1);
  }

  @Test
  void whatWouldBecomeADeadLetterIsNotSent() {
    String alert = complaint("unsent");
    unsent(
        cli("alerts", "assign", alert, "o".repeat(257)),
        "Expected owner to have at most 256 bytes, but it has 257; shorten it");
    unsent(
        cli("alerts", "acknowledge", alert, "--command-id", "k".repeat(129)),
        "Expected commandId to have at most 128 bytes, but it has 129; shorten it");
    unsent(
        cli("customer", "erase", "unsent", "--yes", "--by", ""),
        "Expected a value for by, but it is missing; set it");
    assertThat(sandbox.read(Topics.STANDARD.deadLetters(), DeadLetter.class)).isEmpty();
    assertThat(facts(sandbox, alert)).hasSize(1);
  }

  private static void unsent(Cli command, String sentence) {
    assertThat(command.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(command.err()).contains("The command was not sent. " + sentence);
  }

  @Test
  void aTopicThatDoesNotExistIsNamed() {
    for (String[] command :
        List.of(
            new String[] {"alerts", "list"},
            new String[] {"alerts", "show", "a1"},
            new String[] {"alerts", "acknowledge", "a1"})) {
      List<String> arguments = new ArrayList<>(Arrays.asList(command));
      arguments.add("--set=topics.outputPrefix=elsewhere.");
      Cli refused = cli(arguments.toArray(String[]::new));
      assertThat(refused.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .contains("The topic elsewhere.churn-alerts does not exist; correct")
          .contains("lifesign topics create");
    }
    assertThat(
            cli("customer", "erase", "c1", "--yes", "--set=topics.outputPrefix=elsewhere.").err())
        .contains("The topic elsewhere.command-results does not exist");
    assertThat(cli("customer", "erase", "c1", "--yes", "--set=topics.inputPrefix=elsewhere.").err())
        .contains("The topic elsewhere.commands does not exist");
  }

  @Test
  void alertsAreListedByWhatSelectsThem() throws IOException {
    send(
        sandbox,
        purchase("listed"),
        support("listed", Support.Action.OPENED, "t1"),
        support("listed", Support.Action.ESCALATED, "t1"));
    String welcome = AlertId.of("listed", "welcome", 1);
    String complaint = AlertId.of("listed", "complaint", 1);
    String muted = AlertId.of("listed", "quiet", 1);
    await(sandbox, muted, 1);
    assertThat(listed()).containsExactly(complaint, welcome);
    assertThat(listed("--case", "welcome")).containsExactly(welcome);
    assertThat(listed("--severity", "high,critical")).containsExactly(welcome);
    assertThat(listed("--owner", "support")).containsExactly(complaint);
    assertThat(listed("--muted")).containsExactly(muted);
    assertThat(listed("--due-before", "PT1H")).isEmpty();
    assertThat(listed("--due-before", "P30D")).containsExactly(complaint, welcome);
    assertThat(listed("--due-before", "2020-01-01T00:00:00Z")).isEmpty();
    assertThat(listed("--state", "resolved")).isEmpty();
    accepted(cli("alerts", "resolve", complaint, "--outcome", "lost"), complaint, 2);
    assertThat(listed("--state", "resolved")).containsExactly(complaint);
    assertThat(listed()).containsExactly(welcome);
    assertThat(cli("alerts", "list", "--customer", "nobody").out()).isEqualTo("none%n".formatted());
  }

  /** The ids of one customer's alerts, as json lists them. */
  private static List<String> listed(String... filter) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("alerts", "list", "--customer", "listed", "--output", "json"));
    command.addAll(List.of(filter));
    Cli list = cli(command.toArray(String[]::new));
    assertThat(list.exit()).as(list.err()).isZero();
    List<String> ids = new ArrayList<>();
    new ObjectMapper()
        .readTree(list.out())
        .forEach(alert -> ids.add(alert.path("alertId").asText()));
    return ids;
  }

  @Test
  void alertsAreWrittenAsATableAsJsonAndAsCsv() throws IOException {
    String alert = complaint("formats");
    send(sandbox, purchase("formats"));
    await(sandbox, AlertId.of("formats", "welcome", 1), 1);
    String table = cli("alerts", "list", "--customer", "formats").out();
    assertThat(table.lines())
        .hasSize(3)
        .first()
        .asString()
        .matches("alert +customer +case +severity +state +owner +due +ver");
    assertThat(table)
        .containsPattern(alert + " formats +complaint +LOW +OPEN +support +\\S+Z +1")
        .containsPattern("welcome/new +HIGH +OPEN +sales");
    assertThat(cli("alerts", "list", "--customer", "formats", "--limit", "1").out())
        .contains("showing the first 1 of 2; see --limit");
    List<String> csv =
        cli("alerts", "list", "--customer", "formats", "--output", "csv").out().lines().toList();
    assertThat(csv).hasSize(3);
    assertThat(csv.get(0)).startsWith("alertId,customerId,case,number,version,change,");
    assertThat(csv.get(1)).startsWith(alert + ",formats,complaint,1,1,RAISED,");
    JsonNode shown =
        new ObjectMapper()
            .readTree(
                cli("alerts", "show", alert, "--customer", "formats", "--output", "json").out());
    assertThat(shown).hasSize(1);
    assertThat(shown.path(0).path("change").asText()).isEqualTo("RAISED");
    assertThat(shown.path(0).path("dueAt").asText()).endsWith("Z");
    assertThat(shown.path(0).path("explanation").asText()).isNotEmpty();
    assertThat(shown.path(0).path("evidence")).isNotEmpty();
    assertThat(cli("alerts", "show", alert, "--output", "csv").out().lines()).hasSize(2);
  }

  @Test
  void aCustomerIsShownWithOpenAlertsAndWhatWouldEndThem() {
    String url = "http://" + service.address();
    String alert = complaint("shown");
    send(sandbox, purchase("shown"));
    await(sandbox, AlertId.of("shown", "welcome", 1), 1);
    accepted(cli("alerts", "acknowledge", alert), alert, 2);
    assertThat(show("shown", url))
        .containsPattern("open alert +alertId +" + alert)
        .containsPattern("version +2")
        .containsPattern("state +ACKNOWLEDGED")
        .containsPattern("ends +when an event comes for which event.family == 'support'")
        .containsPattern("case +welcome")
        .containsPattern("ends +when none of these holds any more: status NEW");
    send(sandbox, support("shown", Support.Action.RESOLVED, "t1"));
    List<ChurnAlert> facts = await(sandbox, alert, 3);
    assertThat(facts.get(2).getChange()).isEqualTo("CLEARED");
    assertThat(facts.get(2).getClearedBy()).isEqualTo("EVENT");
    assertThat(show("shown", url)).contains("welcome").doesNotContain(alert);
    accepted(cli("alerts", "resolve", alert, "--outcome", "saved"), alert, 4);
    assertThat(facts(sandbox, alert).get(3).getChange()).isEqualTo("NOTED");
  }

  private static String show(String customer, String url) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Cli.run("customer", "show", customer, "--url", url), one -> one.exit() == 0)
        .out();
  }

  @Test
  void aCustomerIsErasedWhereSomebodySaysYes() {
    String url = "http://" + service.address();
    String alert = complaint("gone");
    Cli unsure = cli("customer", "erase", "gone");
    assertThat(unsure.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(unsure.err()).contains("nothing was erased; add --yes, or answer with y");
    assertThat(show("gone", url)).contains(alert);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Cli sure = cli("customer", "erase", "gone", "--yes", "--command-id", "k1");
    assertThat(sure.exit()).as(sure.err()).isZero();
    assertThat(sure.out()).contains("accepted: customer gone is erased");
    // Facts are kept for 400 days, and the segment that has them for up to a day.
    Matcher until =
        Pattern.compile("facts in lifesign.churn-alerts are kept until (\\S+Z)")
            .matcher(sure.out());
    assertThat(until.find()).isTrue();
    assertThat(Instant.parse(until.group(1)).minus(401, ChronoUnit.DAYS))
        .isBetween(before, Instant.now());
    Cli repeated = cli("customer", "erase", "gone", "--yes", "--command-id", "k1");
    assertThat(repeated.exit()).as(repeated.err()).isZero();
    assertThat(repeated.out()).isEqualTo(sure.out());
    Cli unknown = Cli.run("customer", "show", "gone", "--url", url);
    assertThat(unknown.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(unknown.err()).contains("gone");
    assertThat(facts(sandbox, alert))
        .extracting(ChurnAlert::getChange)
        .containsExactly("RAISED", "ERASED");
    refused(
        cli("customer", "erase", "gone", "--yes"),
        "UNKNOWN_CUSTOMER",
        "or it was erased; check the customerId");
  }

  @Test
  void aCommandWaitsForThePipelineAndIsThenDoneOnce(@TempDir Path own) {
    try (Sandbox stopped = new Sandbox(own, 1, POLICY, Map.of())) {
      send(stopped, support("waits", Support.Action.OPENED, "t1"));
      String alert = AlertId.of("waits", "complaint", 1);
      String[] command = {
        "alerts",
        "acknowledge",
        alert,
        "--customer",
        "waits",
        "--command-id",
        "k1",
        "--timeout",
        "PT1S"
      };
      Cli unanswered = cli(stopped, command);
      assertThat(unanswered.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(unanswered.err())
          .contains("No answer came within PT1S; is the pipeline running?")
          .contains("repeat the command with --command-id k1")
          .contains("lifesign dead-letters list --topic lifesign.commands");
      try (Service running = Service.start(stopped.settings, System::currentTimeMillis)) {
        await(stopped, alert, 2);
        command[command.length - 1] = "PT5M";
        accepted(cli(stopped, command), alert, 2);
        assertThat(running.pipeline().runner().failure()).isEmpty();
      }
      assertThat(facts(stopped, alert))
          .extracting(ChurnAlert::getChange)
          .containsExactly("RAISED", "ACKNOWLEDGED");
    }
  }
}
