package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.cli.Main;
import dev.lifesign.core.topology.PipelineDriver;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.replay.HistoryFile;
import dev.lifesign.schema.CustomerProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Population cut points are taken as time passes, with or without events. */
class ScoresWithoutStrangersTest {

  private static final int CUSTOMERS = 40;
  private static final String POLICY =
      """
      version: 1
      lateness: PT5S
      rfm: { cuts: population, cutsEvery: PT1H, window: P45D }
      """;
  private static final long LOADED = Instant.parse("2024-03-01T00:30:00Z").toEpochMilli();
  private static final long UNTIL = LOADED + Instants.DAY;
  private static final long TICK = Instants.HOUR / 6;

  @TempDir Path dir;

  /** Returns events that all arrive at once, long after they occurred. */
  private static List<Arrival> bulkLoad() {
    return IntStream.range(0, CUSTOMERS)
        .mapToObj(
            i ->
                new Arrival(
                    purchase(
                        "c%02d".formatted(i),
                        100L * (i + 1),
                        LOADED - i * Instants.DAY - 5 * Instants.HOUR),
                    LOADED))
        .toList();
  }

  @Test
  void afterABulkLoadEverybodyIsScoredWithinADayLiveAndInAReplay() throws IOException {
    Map<String, String> live = live(bulkLoad());
    assertThat(live).hasSize(CUSTOMERS);
    assertThat(live.values()).allMatch(scores -> scores.matches("[1-5],[1-5],[1-5]"));
    assertThat(replayed("replay", bulkLoad(), UNTIL)).isEqualTo(live);
  }

  @Test
  void aStrangerWhoNeverBuysChangesNobodysScore() throws IOException {
    // Meanwhile half of the population leaves the window, and the others' ranks change.
    long until = LOADED + 25 * Instants.DAY;
    List<Arrival> withStranger = new ArrayList<>(bulkLoad());
    for (int day = 1; day < 25; day++) {
      long at = LOADED + day * Instants.DAY + 1;
      withStranger.add(new Arrival(refund("zz", at), at));
    }
    Map<String, String> among = replayed("stranger", withStranger, until);
    assertThat(among.remove("zz")).isEqualTo(",,");
    assertThat(among.values()).contains("1,1,5", "5,1,1", ",,");
    assertThat(replayed("alone", bulkLoad(), until)).isEqualTo(among);
  }

  /** Returns the last published R, F and M of each customer, with ticks as in a live pipeline. */
  private Map<String, String> live(List<Arrival> events) {
    Map<String, String> scores = new TreeMap<>();
    try (PipelineDriver driver =
        PipelineDriver.takingCuts(
            PolicyReader.read(POLICY).policy().orElseThrow(), dir.resolve("state"))) {
      events.forEach(arrival -> driver.send(arrival.event(), arrival.arrivedAt()));
      for (long tick = LOADED + TICK; tick <= UNTIL + TICK; tick += TICK) {
        driver.tick(tick);
        driver.workUpTo(tick);
      }
      for (CustomerProfile profile : driver.profiles()) {
        scores.put(
            profile.getCustomerId(),
            "%s,%s,%s"
                .formatted(
                    profile.getRecencyScore(),
                    profile.getFrequencyScore(),
                    profile.getMonetaryScore()));
      }
    }
    return scores;
  }

  private Map<String, String> replayed(String name, List<Arrival> events, long until)
      throws IOException {
    Path policy = Files.writeString(dir.resolve("policy.yaml"), POLICY);
    Path file =
        Files.write(dir.resolve(name + ".jsonl"), events.stream().map(HistoryFile::line).toList());
    StringWriter said = new StringWriter();
    int exit =
        Main.commandLine()
            .setErr(new PrintWriter(said))
            .execute(
                "replay",
                "--events",
                file.toString(),
                "--policy",
                policy.toString(),
                "--until",
                Instants.format(until),
                "--out",
                dir.resolve(name).toString());
    assertThat(exit).as(said::toString).isZero();
    Map<String, String> scores = new TreeMap<>();
    List<String> rows = Files.readAllLines(dir.resolve(name).resolve("profiles.csv"));
    for (String row : rows.subList(1, rows.size())) {
      List<String> fields = List.of(row.split(",", -1));
      scores.put(fields.get(0), String.join(",", fields.subList(11, 14)));
    }
    return scores;
  }

  private static Event purchase(String customer, long amount, long at) {
    return new Purchase(
        "e-" + customer, customer, at, Purchase.Action.PURCHASE, "o", amount, "USD", List.of(), "");
  }

  private static Event refund(String customer, long at) {
    return new Purchase(
        "r" + at, customer, at, Purchase.Action.REFUND, "o", 1, "USD", List.of(), "");
  }
}
