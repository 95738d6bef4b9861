package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the alerts that rules would have raised in a history, and whether they would have been
 * right.
 */
class BacktestCommandTest {

  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private Path policy;

  @BeforeEach
  void policy() throws IOException {
    policy = Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
  }

  @Test
  void theCdBuyersOf1997() throws IOException {
    Path events = DATA.resolve("cdnow/CDNOW_sample.txt");
    assumeTrue(Files.exists(events), "skipped: the test data are not there");
    reportsOnARealShop(
        "--events=" + events,
        "--csv=customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space,currency=USD",
        "--folds=2");
  }

  @Test
  void aWholesaler() throws IOException {
    Path events = DATA.resolve("online-retail/invoices-to-2011-06.csv");
    assumeTrue(Files.exists(events), "skipped: the test data are not there");
    Files.writeString(policy, Presets.text("retail").replace("base: USD", "base: GBP"));
    reportsOnARealShop(
        "--events=" + events,
        "--csv=customer=CustomerID,time=InvoiceDate,amount=amount,order=InvoiceNo,type=type,"
            + "currency=GBP,format=yyyy-MM-dd HH:mm:ss",
        "--holdout=P60D");
  }

  private void reportsOnARealShop(String... input) throws IOException {
    JsonNode report = backtest(dir.resolve("out"), input);
    JsonNode given = report.at("/policies/0");
    JsonNode last = given.get("folds").get(given.get("folds").size() - 1);
    assertThat(last.get("seenByTuning").asBoolean()).isFalse();
    assertThat(last.at("/policy/customers").asInt())
        .isEqualTo(last.at("/bestFixedInHindsight/customers").asInt())
        .isEqualTo(last.at("/majority/customers").asInt())
        .isGreaterThan(500);
    assertThat(last.get("auroc").asDouble()).isGreaterThan(0.6);
    assertThat(last.get("calibration")).hasSize(10);
    assertThat(report.get("tried")).hasSizeGreaterThan(4);
    String html = Files.readString(dir.resolve("out/backtest.html"));
    assertThat(html).contains("<svg").doesNotContain("http://", "https://", "<script");
    assertThat(PolicyReader.read(Files.readString(dir.resolve("out/recommended.yaml"))).faults())
        .isEmpty();
  }

  @Test
  void profitNeedsToKnowWhatContactingCosts() throws IOException {
    Cli cli = run("--objective=profit", "--margin=0.3");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains("add --contact-cost, --margin and --save-rate");
    assertThat(run("--margin=0.3").err()).contains("add --objective profit, or leave them out");
    assertThat(run("--objective=profit", "--contact-cost=1", "--margin=3", "--save-rate=0.1").err())
        .contains("--margin is 3.0; set it to a share above 0 and up to 1");
    assertThat(run("--max-alerts-per-week=0").err()).contains("set it to a number above 0");
  }

  @Test
  void profitIsShownAsMoney() throws IOException {
    Cli cli = run("--objective=profit", "--contact-cost=1.50", "--margin=0.3", "--save-rate=0.1");
    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("profit").containsPattern("-?\\$[0-9,]+");
  }

  private Cli run(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backtest",
                "--events=" + shop(5, 400),
                "--policy=" + policy,
                "--holdout=P60D",
                "--out=" + dir.resolve("run")));
    arguments.addAll(List.of(options));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theStatusesAtTheCutAreThoseOfAReplay() throws IOException {
    // A deadline that lies exactly at the cutoff counts, and an order at that instant does not.
    Path events = without("2024-10-03T00:00:00Z", daily(shop(5, 400)));
    JsonNode report =
        backtest(dir.resolve("out"), "--events=" + events, "--until=2025-01-01T00:00:00Z");
    assertThat(report.at("/policies/0/folds/0/cutoff").asText()).isEqualTo("2024-10-03T00:00:00Z");
    assertThat(statuses(report))
        .isEqualTo(replayed(events, "2024-10-03T00:00:00Z"))
        .isNotEqualTo(replayed(events, "2024-10-02T23:59:59.999Z"))
        .containsKeys("AT_RISK", "CHURNED", "ACTIVE");
  }

  @Test
  void cutoffsDatesAndWeeksAreThoseOfThePolicysCalendar() throws IOException {
    Files.writeString(
        policy,
        Presets.text("retail") + "\ncalendar: { zone: Asia/Tehran, weekStart: SATURDAY }\n");
    Path events = without("2024-10-02T20:30:00Z", shop(5, 400));
    JsonNode report =
        backtest(dir.resolve("out"), "--events=" + events, "--until=2024-12-31T20:30:00Z");
    assertThat(report.at("/policies/0/folds/0/cutoff").asText()).isEqualTo("2024-10-02T20:30:00Z");
    assertThat(report.get("text").asText()).contains("October 3, 2024");
    assertThat(Files.readString(dir.resolve("out/backtest.html"))).contains("October 3, 2024");
    assertThat(statuses(report)).isEqualTo(replayed(events, "2024-10-02T20:30:00Z"));
    assertThat(report.at("/policies/0/weeks"))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            week ->
                assertThat(LocalDate.parse(week.get("begin").asText()).getDayOfWeek())
                    .isEqualTo(DayOfWeek.SATURDAY));
  }

  /** The same events at the midnights of their days, as in data without a time of day. */
  private Path daily(Path events) throws IOException {
    return Files.write(
        dir.resolve("daily.jsonl"),
        Files.readAllLines(events).stream()
            .map(line -> line.replaceAll("T\\d\\d:00:00Z", "T00:00:00Z"))
            .toList());
  }

  private Path without(String instant, Path events) throws IOException {
    return Files.write(
        dir.resolve("without.jsonl"),
        Files.readAllLines(events).stream().filter(line -> !line.contains(instant)).toList());
  }

  private static Map<String, Integer> statuses(JsonNode report) {
    Map<String, Integer> statuses = new HashMap<>();
    for (JsonNode row : report.at("/policies/0/folds/0/statuses")) {
      statuses.put(row.get("status").asText(), row.get("customers").asInt());
    }
    return statuses;
  }

  /** The number of customers by status, as a replay has them. */
  private Map<String, Integer> replayed(Path events, String until) throws IOException {
    assertThat(
            Cli.run(
                    "replay",
                    "--events=" + events,
                    "--policy=" + policy,
                    "--until=" + until,
                    "--out=" + dir.resolve("replay"))
                .exit())
        .isZero();
    Map<String, Integer> replayed = new HashMap<>();
    for (String row : Files.readAllLines(dir.resolve("replay/profiles.csv"))) {
      if (row.startsWith("c")) {
        String[] fields = row.split(",", -1);
        if (!fields[0].equals("customer_id")) {
          replayed.merge(fields[1], 1, Integer::sum);
        }
      }
    }
    return replayed;
  }

  @Test
  void theOrderOfTheLinesChangesNothing() throws IOException {
    List<String> lines = Files.readAllLines(shop(7, 300));
    Path inOrder = Files.write(dir.resolve("in-order.jsonl"), lines);
    List<String> mixed = new ArrayList<>(lines);
    Collections.shuffle(mixed, new Random(7));
    Path shuffled = Files.write(dir.resolve("shuffled.jsonl"), mixed);
    String until = "--until=2025-01-01T00:00:00Z";
    JsonNode one = backtest(dir.resolve("a"), "--events=" + inOrder, until);
    JsonNode other = backtest(dir.resolve("b"), "--events=" + shuffled, until);
    assertThat(one.get("policies")).isNotEmpty();
    assertThat(other).isEqualTo(one);
  }

  @Test
  void nothingAfterTheCutIsLookedAtBeforeItIsJudged() throws IOException {
    List<String> lines = Files.readAllLines(shop(6, 400));
    Path whole = Files.write(dir.resolve("whole.jsonl"), lines);
    Path without =
        Files.write(
            dir.resolve("without.jsonl"),
            lines.stream().filter(line -> !line.contains("2024-1")).toList());
    String until = "--until=2025-01-01T00:00:00Z";
    JsonNode known = backtest(dir.resolve("a"), "--events=" + whole, until, "--holdout=P92D");
    JsonNode unknown = backtest(dir.resolve("b"), "--events=" + without, until, "--holdout=P92D");
    assertThat(known.get("tried")).isNotEmpty().isEqualTo(unknown.get("tried"));
    for (int i = 0; i < unknown.get("policies").size(); i++) {
      JsonNode one = known.get("policies").get(i).at("/folds/0");
      JsonNode other = unknown.get("policies").get(i).at("/folds/0");
      for (int row = 0; row < one.get("statuses").size(); row++) {
        assertThat(one.get("statuses").get(row).get("customers"))
            .isEqualTo(other.get("statuses").get(row).get("customers"));
        assertThat(other.get("statuses").get(row).get("cameBack").asInt()).isZero();
      }
    }
  }

  @Test
  void aHistoryThatIsTooShortIsSaidToBe() throws IOException {
    Cli cli =
        Cli.run(
            "backtest",
            "--events=" + shop(7, 20),
            "--policy=" + policy,
            "--holdout=P200D",
            "--out=" + dir.resolve("out"));
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains("Expected a history of more than 400 days");
  }

  private JsonNode backtest(Path out, String... input) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("backtest", "--policy=" + policy));
    arguments.addAll(List.of(input));
    arguments.add("--out=" + out);
    Cli cli = Cli.run(arguments.toArray(String[]::new));
    assertThat(cli.exit()).as(cli.err()).isZero();
    JsonNode report = JSON.readTree(out.resolve("backtest.json").toFile());
    assertThat(cli.out().replaceAll("\\s+", " ")).contains(report.get("text").asText());
    return report;
  }

  /** Writes a year of customers who buy at random and leave. */
  private Path shop(int seed, int customers) throws IOException {
    Random random = new Random(seed);
    int first = (int) LocalDate.of(2024, 1, 1).toEpochDay();
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      double rate = 0.01 + 0.06 * random.nextDouble();
      double day = first + 150 * random.nextDouble();
      do {
        lines.add(
            "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e%d\",\"customerId\":\"c%d\",\"occurredAt\":\"%sT%02d:00:00Z\",\"orderId\":\"o\",\"amount\":%d,\"currency\":\"USD\"}"
                .formatted(
                    lines.size(),
                    customer,
                    LocalDate.ofEpochDay((long) day),
                    random.nextInt(24),
                    1_000 + random.nextInt(9_000)));
        day -= Math.log(1 - random.nextDouble()) / rate;
      } while (day < first + 366 && random.nextDouble() > 0.15);
    }
    return Files.write(dir.resolve("events-" + seed + ".jsonl"), lines);
  }
}
