package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.CommandsFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay writes about alerts, and what it says of commands. */
class AlertFilesTest {

  private static final String POLICY =
      """
      version: 1
      rfm: { cuts: none }
      cases:
        - id: quiet
          owner: shop
          due: 1
          timeToLive: P60D
          ladder:
            - { id: ten-days, when: { silence: { of: PURCHASE, for: P10D } }, severity: LOW }
            - { id: twenty-days, when: { silence: { of: PURCHASE, for: P20D } }, severity: HIGH }
      """;

  private static final String PURCHASE =
      "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"c1\",\"occurredAt\":\"%s\",\"orderId\":\"o\",\"amount\":1000,\"currency\":\"USD\"}";

  private static final String COMMAND =
      "{\"commandId\":\"%s\",\"customerId\":\"c1\",\"at\":\"%s\",\"by\":\"olga\",\"action\":\"%s\",\"case\":\"quiet\",\"number\":1%s}";

  @TempDir Path dir;
  private ReplayFiles results;
  private List<ArrivedCommand> commands;

  /** Replays two purchases, 25 days apart, and commands. */
  private List<String> replay(String file, String... asked) throws IOException {
    Path events =
        Files.write(
            dir.resolve("events.jsonl"),
            List.of(
                PURCHASE.formatted("e1", "2024-03-01T10:00:00Z"),
                PURCHASE.formatted("e2", "2024-03-26T10:00:00Z")));
    return replay(events, file, "2024-04-01T00:00:00Z", asked);
  }

  private List<String> replay(Path events, String file, String until, String... asked)
      throws IOException {
    commands = CommandsFile.read(Files.write(dir.resolve("commands.jsonl"), List.of(asked)));
    JsonLinesFile read = new JsonLinesFile(events);
    results = new ReplayFiles();
    new DirectEngine(
            new Replay(
                read,
                PolicyFile.of(POLICY, "the policy"),
                commands,
                Instants.parse(until),
                total -> {},
                line -> {},
                line -> {}),
            results)
        .run();
    results.write(dir.resolve("out"), read);
    return Files.readAllLines(dir.resolve("out").resolve(file));
  }

  @Test
  void everyChangeOfAnAlertIsARow() throws IOException {
    assertThat(replay("alert-changes.csv"))
        .containsExactly(
            "customer_id,case,number,version,change,cleared_by,rung,severity,state,owner,due_at,expires_at,muted,notify,late,effective_at,detected_at",
            "c1,quiet,1,1,RAISED,,ten-days,LOW,OPEN,shop,2024-03-12T10:00:00Z,2024-05-10T10:00:00Z,false,true,false,2024-03-11T10:00:00Z,2024-03-12T00:00:00Z",
            "c1,quiet,1,2,OVERDUE,,ten-days,LOW,OPEN,shop,2024-03-12T10:00:00Z,2024-05-10T10:00:00Z,false,true,false,2024-03-12T10:00:00Z,2024-03-13T00:00:00Z",
            "c1,quiet,1,3,ESCALATED,,twenty-days,HIGH,OPEN,shop,2024-03-22T10:00:00Z,2024-05-20T10:00:00Z,false,true,false,2024-03-21T10:00:00Z,2024-03-22T00:00:00Z",
            "c1,quiet,1,4,OVERDUE,,twenty-days,HIGH,OPEN,shop,2024-03-22T10:00:00Z,2024-05-20T10:00:00Z,false,true,false,2024-03-22T10:00:00Z,2024-03-23T00:00:00Z",
            "c1,quiet,1,5,CLEARED,EVENT,twenty-days,HIGH,RESOLVED,shop,2024-03-22T10:00:00Z,2024-05-20T10:00:00Z,false,false,false,2024-03-26T10:00:00Z,2024-03-26T10:00:00Z");
    assertThat(results.cases().lines().get(0))
        .startsWith("Alerts of case quiet: 1. Notifications: 4,")
        .endsWith("(ESCALATED 1, OVERDUE 2, RAISED 1; 0 for customers who are held out)");
  }

  @Test
  void anAlertIsOneRowAsItIsAtTheEnd() throws IOException {
    assertThat(replay("alerts.csv"))
        .hasSize(2)
        .startsWith(
            "alert_id,customer_id,case,number,rung,severity,state,raised_at,resolved_at,resolution,value_at_stake,muted,version,explanation");
    assertThat(replay("alerts.csv").get(1))
        .contains(
            ",c1,quiet,1,twenty-days,HIGH,RESOLVED,2024-03-11T10:00:00Z,2024-03-26T10:00:00Z,CLEARED_BY_EVENT,2000,false,5,");
  }

  @Test
  void commandsChangeAlertsAndTheirAnswersAreCounted() throws IOException {
    List<String> changes =
        replay(
            "alert-changes.csv",
            COMMAND.formatted("k1", "2024-03-11T12:00:00Z", "ACKNOWLEDGE", ""),
            COMMAND.formatted("k2", "2024-03-12T12:00:00Z", "ASSIGN", ",\"seenVersion\":1"),
            COMMAND.formatted("k3", "2024-03-13T12:00:00Z", "RESOLVE", ",\"outcome\":\"SAVED\""),
            COMMAND.formatted("k4", "2024-05-01T00:00:00Z", "REOPEN", ""));
    assertThat(changes)
        .anyMatch(row -> row.contains(",2,ACKNOWLEDGED,,ten-days,LOW,ACKNOWLEDGED,"))
        .anyMatch(row -> row.contains(",3,HANDLED,,ten-days,LOW,RESOLVED,"));
    assertThat(results.commands().sentences(commands))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo("Commands: 4. Accepted: 2. Refused: 1. Left out, after the end: 1."),
            second -> assertThat(second).startsWith("Refused, STALE: line 2. "));
  }

  @Test
  void atEqualArrivalsTheEventComesFirst() throws IOException {
    List<String> changes =
        replay(
            "alert-changes.csv", COMMAND.formatted("k", "2024-03-26T10:00:00Z", "ACKNOWLEDGE", ""));
    assertThat(changes).anyMatch(row -> row.contains(",CLEARED,EVENT,"));
    assertThat(results.commands().sentences(commands).get(1)).startsWith("Refused, NOT_OPEN");
  }

  @Test
  void anAlertOfACustomerWhoReturnsAfterErasureIsARowOfItsOwn() throws IOException {
    Path events =
        Files.write(
            dir.resolve("events.jsonl"),
            List.of(
                PURCHASE.formatted("e1", "2024-03-01T10:00:00Z"),
                PURCHASE.formatted("e2", "2024-05-01T10:00:00Z")));
    assertThat(
            replay(
                events,
                "alerts.csv",
                "2024-06-01T00:00:00Z",
                "{\"commandId\":\"k\",\"customerId\":\"c1\",\"at\":\"2024-03-15T00:00:00Z\",\"by\":\"o\",\"action\":\"ERASE\"}"))
        .hasSize(3)
        .anyMatch(row -> row.contains(",c1,quiet,1,") && row.contains(",ERASED,"))
        .anyMatch(row -> row.contains(",c1,quiet,1,") && row.contains(",OPEN,"));
  }

  @Test
  void anErasedCustomerHasNoProfileAndItsEventsAreDropped() throws IOException {
    assertThat(
            replay(
                "profiles.csv",
                "{\"commandId\":\"k\",\"customerId\":\"c1\",\"at\":\"2024-03-15T00:00:00Z\",\"by\":\"o\",\"action\":\"ERASE\"}"))
        .hasSize(1);
    assertThat(Files.readString(dir.resolve("out/alerts.csv"))).contains(",ERASED,");
    assertThat(results.counts().details(new JsonLinesFile(dir.resolve("events.jsonl")), 0))
        .anyMatch(line -> line.startsWith("Dropped") && line.endsWith(": 1"));
  }
}
