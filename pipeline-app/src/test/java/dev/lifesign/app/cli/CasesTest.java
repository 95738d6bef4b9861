package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases in {@code shared/data/cases}: files as shops export them, with the command that a
 * shop's owner would run. Skipped if the data are not there.
 */
class CasesTest {

  private static final Path CASES = Path.of("../../shared/data/cases").toAbsolutePath().normalize();

  @TempDir Path dir;

  /** What a command left: its output, and its result folders by the end of their names. */
  private record Outcome(Path out, String printed, int exit) {

    List<String> rows(String folder, String file) throws IOException {
      return Files.readAllLines(Path.of(out + folder).resolve(file));
    }

    /** The values of a column of profiles.csv, by customer. */
    Map<String, String> profiles(String folder, String column) throws IOException {
      List<String> rows = rows(folder, "profiles.csv");
      int index = List.of(rows.get(0).split(",", -1)).indexOf(column);
      Map<String, String> values = new TreeMap<>();
      rows.stream()
          .skip(1)
          .forEach(row -> values.put(row.split(",", -1)[0], row.split(",", -1)[index]));
      return values;
    }

    List<String> deadLetters(String folder) throws IOException {
      return rows(folder, "dead-letters.jsonl");
    }
  }

  private Outcome run(String name) throws IOException, InterruptedException {
    return run(name, Files.readString(existing(name).resolve("cmd")));
  }

  private static Path existing(String name) {
    Path folder = CASES.resolve(name);
    assumeTrue(Files.exists(folder), "skipped: the test data are not there: " + folder);
    return folder;
  }

  /** The policies of the cases end with alert rules, which a policy file no longer has. */
  private String withoutFormerAlerts(String command) throws IOException {
    Path policies = Files.createDirectories(dir.resolve("policies"));
    try (Stream<Path> given = Files.list(CASES.resolve("policies"))) {
      for (Path policy : given.toList()) {
        String text = Files.readString(policy);
        int end = text.indexOf("\nalerts:");
        Files.writeString(
            policies.resolve(policy.getFileName()), end < 0 ? text : text.substring(0, end + 1));
      }
    }
    return command.replace("../policies/", policies + "/");
  }

  private Outcome run(String name, String command) throws IOException, InterruptedException {
    Path folder = existing(name);
    Path launcher = dir.resolve("lifesign");
    List<String> java =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    java.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    java.add(Main.class.getName());
    Files.writeString(
        launcher,
        "exec "
            + String.join(" ", java.stream().map(word -> "'" + word + "'").toList())
            + " \"$@\"\n");
    Path printed = dir.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", withoutFormerAlerts(command)).directory(folder.toFile());
    builder.environment().put("L", "bash " + launcher);
    builder.environment().put("OUT", dir.resolve("out").toString());
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    int exit = builder.start().waitFor();
    return new Outcome(dir.resolve("out"), Files.readString(printed), exit);
  }

  @Test
  void aPipeIsReadLikeAFile() throws Exception {
    String name = "01-pipe";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "orders")).isEqualTo(Map.of("a", "2", "b", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --mapping"})
  void aShopifyExportGivesOrdersRefundsAndPeople(String how) throws Exception {
    String command = Files.readString(existing("02-shopify").resolve("cmd"));
    String used = how.isEmpty() ? command : command.replaceAll("--csv .*", "--mapping shopify");
    Outcome outcome = run("02-shopify", used);
    Map<String, String> money = outcome.profiles("", "net_money");
    assertThat(money)
        .containsEntry("kim@example.org", "4500")
        .containsEntry("mia@example.org", "2500");
    assertThat(outcome.profiles("", "orders")).containsEntry("kim@example.org", "2");
    assertThat(money).doesNotContainKey("lee@example.org");
    if (how.isEmpty()) {
      assertThat(outcome.deadLetters("")).hasSize(1);
      assertThat(outcome.printed()).contains("rows without a customer (Email): 1, line 5.");
    } else {
      assertThat(money).hasSize(2);
      assertThat(outcome.printed()).containsPattern("rows without a customer \\(.*\\): 1, line 5");
    }
    assertThat(outcome.printed()).contains("voided");
  }

  @Test
  void rowsOfAnOrderAreOneOrder() throws Exception {
    String name = "03-line-items";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "orders")).isEqualTo(Map.of("amy", "2", "ben", "2"));
    assertThat(outcome.profiles("", "net_money")).isEqualTo(Map.of("amy", "4000", "ben", "4000"));
    assertThat(outcome.profiles("", "status")).isEqualTo(Map.of("amy", "ACTIVE", "ben", "ACTIVE"));
  }

  @Test
  void guestsAreNotOneCustomer() throws Exception {
    String name = "06-woo-guests";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "orders")).doesNotContainKey("0");
    assertThat(outcome.printed())
        .contains("rows without a customer (customer_id): 4, lines 2, 3, 4 and 1 more.");
    Outcome preset =
        run(
            name,
            Files.readString(existing(name).resolve("cmd"))
                .replaceAll("--csv .*", "--mapping woocommerce"));
    assertThat(preset.profiles("", "orders")).hasSize(5).containsEntry("ann@example.org", "1");
  }

  @Test
  void currenciesHaveTheirDigits() throws Exception {
    String name = "09-currencies";
    assertThat(run(name).profiles("", "net_money"))
        .containsEntry("jpy", "6700")
        .containsEntry("jpy2", "6700")
        .containsEntry("kwd", "4012")
        .containsEntry("usd", "1000")
        .containsEntry("eur", "1080");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws Exception {
    String name = "12-bom";
    Outcome outcome = run(name);
    assertThat(outcome.profiles(".a", "net_money")).isEqualTo(Map.of("a", "300"));
    assertThat(outcome.profiles(".b", "orders")).isEqualTo(Map.of("a", "2"));
    assertThat(outcome.profiles(".c", "orders")).isEqualTo(Map.of("c1", "1", "c2", "1"));
  }

  @Test
  void oneBadQuoteCostsOneLine() throws Exception {
    String name = "14-bad-quote";
    Outcome outcome = run(name);
    for (String folder : List.of(".a", ".b")) {
      assertThat(outcome.profiles(folder, "orders")).isEqualTo(Map.of("a", "1", "c", "1"));
      assertThat(outcome.deadLetters(folder)).singleElement().asString().contains("\"line\":3");
    }
    assertThat(outcome.profiles(".c", "orders")).hasSize(4);
  }

  @Test
  void aZoneInTheTextHolds() throws Exception {
    String name = "15-named-zone";
    Outcome outcome = run(name);
    for (String folder : List.of(".a", ".c")) {
      assertThat(outcome.profiles(folder, "first_commercial"))
          .isEqualTo(Map.of("newyork", "2024-01-02T04:30:00Z", "utc", "2024-01-01T23:30:00Z"));
    }
    assertThat(outcome.profiles(".b", "first_commercial"))
        .isEqualTo(Map.of("est", "2024-01-02T04:30:00Z", "cet", "2024-01-01T22:30:00Z"));
  }

  @Test
  void anotherCalendarIsAskedAboutAndReadWhenNamed() throws Exception {
    String name = "17-jalali";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "net_money")).isEqualTo(Map.of("d", "12300", "e", "12350"));
    assertThat(outcome.deadLetters(""))
        .hasSize(3)
        .allMatch(letter -> letter.contains("occurred in the year 1403; is this another calendar?"))
        .noneMatch(letter -> letter.contains("LogAppendTime"));
  }

  @Test
  void datesOfSeveralKindsAreReadOrRefused() throws Exception {
    String name = "18-other-dates";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "first_commercial"))
        .containsEntry("epoch", "2024-04-03T00:00:00Z")
        .containsEntry("millis", "2024-04-03T00:00:00Z")
        .containsEntry("minutes", "2024-01-01T23:30:00Z")
        .containsEntry("offset", "2024-01-02T04:30:00Z")
        .containsEntry("utc", "2024-01-01T23:30:00Z")
        .containsEntry("slashes", "2024-01-01T00:00:00Z")
        .doesNotContainKeys("buddhist", "feb30", "feb30t");
    assertThat(outcome.printed()).contains("2567", "does not exist");
  }

  @Test
  void aHeaderThatContradictsTheColumnsIsReported() throws Exception {
    String name = "33-header-option";
    assertThat(run(name).printed())
        .contains("customer is a name, but header is false")
        .doesNotContain("bug in Lifesign", "Exception");
  }

  @Test
  void whatArrivesTooLateIsReported() throws Exception {
    String name = "34-left-out";
    Outcome outcome = run(name);
    assertThat(outcome.printed())
        .contains(
            "2 lines arrive after 2024-06-01T00:00:00Z and are left out, the first is line 1 (2098-03-01)");
    assertThat(outcome.profiles(".b", "orders")).isEqualTo(Map.of("d", "1"));
  }

  @Test
  void placeholdersAreNoCustomers() throws Exception {
    String name = "36-placeholder-ids";
    Outcome outcome = run(name);
    assertThat(outcome.profiles("", "orders")).isEqualTo(Map.of("17850", "2"));
    assertThat(outcome.exit()).isEqualTo(ExitCodes.FAULTS);
  }

  @Test
  void whoNeverPaidIsNoCustomer() throws Exception {
    Outcome outcome = run("20-never-active");
    assertThat(outcome.profiles("", "status"))
        .isEqualTo(Map.of("mona", "PROSPECT", "nina", "PROSPECT", "olga", "PROSPECT"));
    assertThat(outcome.rows("", "alerts.csv")).hasSize(1);
  }

  @Test
  void whoOnlyTriedIsNoCustomer() throws Exception {
    // The events of the case cannot say that they are a trial; here they do.
    Path events = dir.resolve("events.jsonl");
    Files.writeString(
        events,
        Files.readString(existing("22-trial").resolve("events.jsonl"))
            .replace("\"amount\": 0,", "\"amount\": 0, \"trial\": true,"));
    String command =
        Files.readString(existing("22-trial").resolve("cmd"))
            .replace("events.jsonl", events.toString());
    Outcome outcome = run("22-trial", command);
    assertThat(outcome.profiles("", "status"))
        .containsEntry("tia", "PROSPECT")
        .containsEntry("vera", "PROSPECT");
    assertThat(outcome.profiles("", "first_commercial"))
        .containsEntry("uma", "2024-03-15T10:00:00Z");
    assertThat(outcome.rows("", "alerts.csv")).noneMatch(row -> row.contains("tia"));
  }

  @Test
  void nobodysScoresDependOnAStranger() throws Exception {
    Outcome outcome = run("28-population-cuts");
    for (String column : List.of("r", "f", "m", "segment")) {
      Map<String, String> alone = outcome.profiles("-a", column);
      Map<String, String> beside = outcome.profiles("-b", column);
      beside.remove("zz");
      assertThat(beside).as(column).isEqualTo(alone);
    }
    // The nearest ranks of 34 customers, three of whom bought at the same instant.
    assertThat(outcome.profiles("-a", "r").values().stream().filter(r -> !r.isEmpty()))
        .hasSize(34)
        .satisfies(scores -> assertThat(Collections.frequency(scores, "1")).isEqualTo(7))
        .satisfies(scores -> assertThat(Collections.frequency(scores, "3")).isEqualTo(9));
    assertThat(outcome.profiles("-c", "r").values()).hasSize(40).doesNotContain("");
  }

  @Test
  void whereNoThresholdSaysMoreThanAGuessNothingIsRecommended() throws Exception {
    Outcome outcome = run("30-backtest-majority");
    assertThat(outcome.printed())
        .contains("No threshold says more than calling everybody lost")
        .contains("keep what you have")
        .doesNotContain("NaN")
        .doesNotContain("fixed: P1D");
    assertThat(Files.readString(outcome.out().resolve("recommended.yaml")))
        .contains("method: personal");
  }
}
