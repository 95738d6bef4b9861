package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests the output of the command line. */
class CommandLineTest {

  @TempDir Path dir;

  @Test
  void everyCommandHasHelpWithExamples() {
    List<String> checked = new ArrayList<>();
    check(Main.commandLine(), List.of(), checked);
    assertThat(checked)
        .contains(
            "run",
            "demo",
            "replay",
            "policy check",
            "policy explain",
            "policy preset",
            "topics create",
            "topics describe");
  }

  private static void check(CommandLine command, List<String> path, List<String> checked) {
    for (var entry : command.getSubcommands().entrySet()) {
      List<String> words = Stream.concat(path.stream(), Stream.of(entry.getKey())).toList();
      String[] arguments =
          Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
      Cli cli = Cli.run(arguments);
      assertThat(cli.exit()).isZero();
      assertThat(cli.out()).contains("Usage:");
      if (!entry.getKey().equals("generate-completion")) {
        assertThat(cli.out()).as("%s", words).contains("Examples:");
      }
      checked.add(String.join(" ", words));
      check(entry.getValue(), words, checked);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "replay, 'what arrives later is left out'",
    "fit, 'what arrives then or later is left out'",
    "backtest, 'what arrives then or later is left out'"
  })
  void theHelpSaysWhetherTheEndIsInclusive(String command, String sentence) {
    String help = Cli.run(command, "--help").out();
    assertThat(help.replaceAll("\\s+", " ")).contains(sentence);
  }

  @Test
  void completionIsGenerated() {
    assertThat(Cli.run("generate-completion").out()).contains("lifesign").contains("replay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retail", "subscription", "saas", "marketplace"})
  void aPresetThatIsPrintedIsValid(String name) throws IOException {
    Cli printed = Cli.run("policy", "preset", name);
    assertThat(printed.exit()).isZero();
    Path file = Files.writeString(dir.resolve("policy.yaml"), printed.out());
    Cli checked = Cli.run("policy", "check", file.toString());
    assertThat(checked.exit()).isZero();
    assertThat(checked.out()).contains("valid");
  }

  @Test
  void aPolicyIsExplainedInItsOwnLanguageOrInAnother() throws IOException {
    Path file = Files.writeString(dir.resolve("policy.yaml"), "version: 1\nlanguage: fa\n");
    Cli persian = Cli.run("policy", "explain", file.toString());
    assertThat(persian.exit()).isZero();
    assertThat(persian.out()).startsWith("وضعیت‌ها");
    Cli english = Cli.run("policy", "explain", file.toString(), "--language=en");
    assertThat(english.out())
        .startsWith("Statuses")
        .contains("- A customer is new for 30 days after their first purchase or subscription.");
  }

  @Test
  void aPolicyWithFaultsIsNotExplained() throws IOException {
    Path file = Files.writeString(dir.resolve("policy.yaml"), "version: 1\nnonsense: 2\n");
    Cli cli = Cli.run("policy", "explain", file.toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err()).contains("nonsense: unknown key");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void anUnknownPresetIsAUsageError() {
    Cli cli = Cli.run("policy", "preset", "bakery");
    assertThat(cli.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(cli.err()).contains("marketplace");
  }

  @Test
  void everyFaultOfAPolicyIsNamedWithItsFile() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("policy.yaml"),
            "version: 1\nnonsense: 2\nlifecycle: { churnAfter: P1D, newFor: soon }\n");
    Cli cli = Cli.run("policy", "check", file.toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith(file.toString()))
        .anyMatch(line -> line.contains("nonsense: unknown key"))
        .anyMatch(line -> line.contains("lifecycle.churnAfter"))
        .anyMatch(line -> line.contains("lifecycle.newFor"));
  }

  @Test
  void aFileThatIsNotThereIsASentence() {
    Cli cli = Cli.run("policy", "check", dir.resolve("none.yaml").toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains("none.yaml").contains("lifesign policy preset");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void settingsWithFaultsNameThemAll() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("lifesign.yaml"),
            "bootstrapServer: x\nkafka: { max.task.idle.ms: -1 }\ntopics: { partitions: 0 }\n");
    Cli cli = Cli.run("run", "--config", file.toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err())
        .contains("bootstrapServers")
        .contains("bootstrapServer: unknown setting")
        .contains("schema.registry.url")
        .contains("kafka.max.task.idle.ms")
        .contains("topics.partitions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:1", "no.such.host.invalid:9092", "no port"})
  void brokersThatDoNotAnswerAreASentence(String brokers) throws IOException {
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
    Path file =
        Files.writeString(
            dir.resolve("lifesign.yaml"),
            """
            bootstrapServers: "%s"
            registry: { schema.registry.url: "http://127.0.0.1:1" }
            policy: policy.yaml
            stateDir: state
            temporaryState: true
            http: { port: 0 }
            """
                .formatted(brokers));
    Cli cli = Cli.run("run", "--config", file.toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err())
        .contains("Could not connect to the brokers at " + brokers)
        .doesNotContain("Exception");
  }

  @Test
  void linesThatCannotBeReadAreReportedAndTheRestGoesOn() throws IOException {
    Path events = events("good", "{bad", "good2");
    Cli cli = replay(events);
    assertThat(cli.exit()).isZero();
    assertThat(cli.err()).contains("Refused, lines that are not JSON: 1, line 2. ");
    assertThat(Files.readAllLines(dir.resolve("out/profiles.csv"))).hasSize(3);
    assertThat(Files.readString(dir.resolve("out/dead-letters.jsonl")))
        .contains("\"line\":2")
        .contains("UNDECODABLE")
        .contains("\"text\":\"{bad\"");
  }

  @Test
  void strictStopsAtTheFirstLineThatCannotBeRead() throws IOException {
    Cli cli = replay(events("good", "{bad", "good2"), "--strict");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(dir.resolve("out/profiles.csv")).doesNotExist();
  }

  @Test
  void aLineThatArrivesAfterTheEndIsLeftOut() throws IOException {
    Path events = events("good", "late");
    Files.writeString(
        events, Files.readString(events).replace("2024-03-01T10:00:01Z", "2024-07-01T00:00:01Z"));
    assertThat(replay(events).exit()).isZero();
    assertThat(Files.readAllLines(dir.resolve("out/profiles.csv"))).hasSize(2);
  }

  @Test
  void theFilesAreAsTheSemanticsSay() throws IOException {
    assertThat(replay(events("c1")).exit()).isZero();
    assertThat(dir.resolve("out/status-changes.csv"))
        .hasContent(
            """
            customer_id,sequence,from,to,reason,late,effective_at,detected_at
            c1,1,,NEW,,false,2024-03-01T10:00:00Z,2024-03-01T10:00:00Z
            c1,2,NEW,ACTIVE,,false,2024-03-31T10:00:00Z,2024-04-01T00:00:00Z
            c1,3,ACTIVE,AT_RISK,SILENCE,false,2024-04-30T10:00:00Z,2024-05-01T00:00:00Z
            c1,4,AT_RISK,DORMANT,SILENCE,false,2024-06-29T10:00:00Z,2024-06-30T00:00:00Z
            """);
    assertThat(dir.resolve("out/profiles.csv"))
        .hasContent(
            """
            customer_id,status,since,first_commercial,last_activity,last_transaction,orders,net_money,orders_in_window,net_money_in_window,activity_score,r,f,m,segment,types,p_alive,purchase_within_90_days,next_purchase,predicted_value,value_at_stake
            c1,DORMANT,2024-06-29T10:00:00Z,2024-03-01T10:00:00Z,2024-03-01T10:00:00Z,2024-03-01T10:00:00Z,1,1999,1,1999,2.97,2,1,1,Hibernating,,,,,,1999
            """);
    assertThat(dir.resolve("out/alert-changes.csv"))
        .hasContent(
            """
            customer_id,case,number,version,change,cleared_by,rung,severity,state,owner,due_at,expires_at,muted,notify,late,effective_at,detected_at
            c1,no-second-order,1,1,RAISED,,waiting,LOW,OPEN,crm,,2024-04-30T10:00:00Z,false,true,false,2024-03-31T10:00:00Z,2024-04-01T00:00:00Z
            c1,no-second-order,1,2,EXPIRED,,waiting,LOW,RESOLVED,crm,,2024-04-30T10:00:00Z,false,false,false,2024-04-30T10:00:00Z,2024-05-01T00:00:00Z
            c1,silence,1,1,RAISED,,at-risk,LOW,OPEN,crm,,2024-08-28T10:15:00Z,false,true,false,2024-04-30T10:15:00Z,2024-05-01T00:00:00Z
            """);
    assertThat(Files.readAllLines(dir.resolve("out/alerts.csv")))
        .satisfiesExactly(
            header ->
                assertThat(header)
                    .isEqualTo(
                        "alert_id,customer_id,case,number,rung,severity,state,raised_at,resolved_at,resolution,value_at_stake,muted,version,explanation"),
            ended ->
                assertThat(ended)
                    .contains(
                        ",c1,no-second-order,1,waiting,LOW,RESOLVED,2024-03-31T10:00:00Z,2024-04-30T10:00:00Z,EXPIRED,1999,false,2,Expired"),
            open ->
                assertThat(open)
                    .contains(
                        ",c1,silence,1,at-risk,LOW,OPEN,2024-04-30T10:15:00Z,,,1999,false,1,Silent for 60 days (since 1 March). At risk after 60 days."));
  }

  @Test
  void profilesShowWhatTheModelOfThePolicyPredicts() throws IOException {
    Path policy =
        Files.writeString(
            dir.resolve("model.yaml"),
            Presets.text("retail")
                + """
                model: { family: BG_NBD, unit: P7D, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426,
                         spend: { p: 6.25, q: 3.74, v: 15.44 }, discountRate: 0.10, horizon: P365D }
                """);
    assertThat(replay(policy, events("c1")).exit()).isZero();
    String[] cells = Files.readAllLines(dir.resolve("out/profiles.csv")).get(1).split(",", -1);
    // A customer who has bought once is certainly alive under BG/NBD, so the value at stake is the
    // predicted one, if that is above the 19.99 of the window.
    assertThat(List.of(cells).subList(16, 21))
        .satisfies(
            predicted -> {
              assertThat(predicted.get(0)).isEqualTo("1.0000");
              assertThat(Double.parseDouble(predicted.get(1))).isBetween(0.05, 0.5);
              assertThat(predicted.get(2)).matches("202\\d-\\d\\d-\\d\\dT.*Z");
              assertThat(Long.parseLong(predicted.get(3))).isPositive();
              assertThat(Long.parseLong(predicted.get(4)))
                  .isEqualTo(Math.max(1_999, Long.parseLong(predicted.get(3))));
            });
  }

  @Test
  void textThatASpreadsheetWouldCalculateIsMarkedAsTextOnRequest() throws IOException {
    Path events = events("=1+1", "+4912345");
    assertThat(replay(events).exit()).isZero();
    assertThat(Files.readString(dir.resolve("out/profiles.csv")))
        .contains("\n=1+1,")
        .contains("\n+4912345,");
    assertThat(replay(events, "--spreadsheet-safe").exit()).isZero();
    assertThat(Files.readString(dir.resolve("out/profiles.csv")))
        .contains("\n'=1+1,")
        .contains("\n'+4912345,");
    assertThat(Files.readString(dir.resolve("out/alerts.csv"))).contains(",'=1+1,silence,");
  }

  private Path events(String... customers) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String customer : customers) {
      lines.add(
          customer.startsWith("{")
              ? customer
              : """
                {"family":"purchase","action":"PURCHASE","eventId":"e1","customerId":"%s","occurredAt":"2024-03-01T10:00:0%dZ","orderId":"o1","amount":1999,"currency":"USD"}"""
                  .formatted(customer, lines.size() > 1 ? 1 : lines.size()));
    }
    return Files.write(dir.resolve("events.jsonl"), lines);
  }

  private Cli replay(Path events, String... more) throws IOException {
    return replay(
        Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail")), events, more);
  }

  private Cli replay(Path policy, Path events, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--events",
                events.toString(),
                "--policy",
                policy.toString(),
                "--until",
                "2024-07-01T00:00:00Z",
                "--out",
                dir.resolve("out").toString()));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments.toArray(String[]::new));
  }
}
