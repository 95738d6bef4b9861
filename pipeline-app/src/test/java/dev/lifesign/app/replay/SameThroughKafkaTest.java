package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.cli.Main;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.history.Reference;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.replay.HistoryFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the same histories through the direct engine and through an embedded broker. */
class SameThroughKafkaTest {

  private static final int CUSTOMERS = 300;
  private static final long SEED = 20_260_101;

  @TempDir Path dir;

  @Test
  void theEnginesWriteTheSameFilesWhateverThePartitions() throws IOException {
    String yaml = RandomPolicies.yaml(SEED, 1);
    Path policyFile = Files.writeString(dir.resolve("policy.yaml"), yaml);
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      all.addAll(Histories.of(SEED + i, "c" + i, 40));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    long until = all.get(all.size() - 1).arrivedAt() + Duration.ofDays(100).toMillis();
    List<String> expected = expected(RandomPolicies.of(SEED), all, until);
    List<String> lines = new ArrayList<>(all.stream().map(HistoryFile::line).toList());
    lines.add(10, "no JSON at all");
    lines.add(20, lines.get(19).replaceAll("\"occurredAt\":\"2", "\"occurredAt\":\"1"));
    lines.add(30, lines.get(29).replaceAll("\"occurredAt\":\"2", "\"occurredAt\":\"3"));
    Path events = Files.write(dir.resolve("events.jsonl"), lines);

    replay(events, policyFile, until, "direct", 1);
    assertThat(rows("direct")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Files.readAllLines(dir.resolve("direct/dead-letters.jsonl"))).hasSize(3);
    for (int partitions : List.of(1, 4)) {
      replay(events, policyFile, until, "kafka", partitions);
      String out = "kafka" + partitions;
      assertThat(rows(out)).isEqualTo(rows("direct"));
      for (String file :
          List.of("profiles.csv", "alerts.csv", "alert-changes.csv", "dead-letters.jsonl")) {
        assertThat(dir.resolve(out).resolve(file))
            .hasSameTextualContentAs(dir.resolve("direct").resolve(file));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Asia/Tehran", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "UTC"})
  void theEnginesAndTheReferenceAgreeInZonesThatChangeTheirClocksAtMidnight(String zone)
      throws IOException {
    String yaml = RandomPolicies.yaml(SEED, 1, zone);
    Path policyFile = Files.writeString(dir.resolve("policy.yaml"), yaml);
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS / 3; i++) {
      all.addAll(Histories.in(ZoneId.of(zone), SEED + i, "c" + i, 40));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    Path events =
        Files.write(dir.resolve("events.jsonl"), all.stream().map(HistoryFile::line).toList());
    long until = all.get(all.size() - 1).arrivedAt() + Duration.ofDays(100).toMillis();
    replay(events, policyFile, until, "direct", 1);
    assertThat(rows("direct"))
        .containsExactlyInAnyOrderElementsOf(
            expected(PolicyReader.read(yaml).policy().orElseThrow(), all, until));
    replay(events, policyFile, until, "kafka", 2);
    assertThat(rows("kafka2")).isEqualTo(rows("direct"));
    for (String file :
        List.of("profiles.csv", "alerts.csv", "alert-changes.csv", "dead-letters.jsonl")) {
      assertThat(dir.resolve("kafka2").resolve(file))
          .hasSameTextualContentAs(dir.resolve("direct").resolve(file));
    }
  }

  /** The rows of status-changes.csv without detected_at, as the reference has them. */
  private static List<String> expected(Policy policy, List<Arrival> all, long until) {
    Map<String, Reference> references = new TreeMap<>();
    for (Arrival arrival : all) {
      references
          .computeIfAbsent(arrival.event().customerId(), any -> new Reference(policy))
          .accept(arrival.event(), arrival.arrivedAt());
    }
    List<String> expected = new ArrayList<>();
    references.forEach(
        (customer, reference) -> {
          reference.advance(until + 1, until);
          reference.rows().forEach(row -> expected.add(csv(customer, row)));
        });
    return expected;
  }

  @Test
  void theEnginesScoreByTheSamePopulation() throws IOException {
    String yaml =
        RandomPolicies.yaml(SEED, 1)
            .replaceAll("cuts: \\{.*}", "cuts: population\n  cutsEvery: PT24H");
    Path policyFile = Files.writeString(dir.resolve("policy.yaml"), yaml);
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS / 2; i++) {
      all.addAll(Histories.of(SEED + i, "c" + i, 20));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    Path events =
        Files.write(dir.resolve("events.jsonl"), all.stream().map(HistoryFile::line).toList());
    long until = all.get(all.size() * 4 / 5).arrivedAt();
    replay(events, policyFile, until, "direct", 1);
    List<String> profiles = Files.readAllLines(dir.resolve("direct/profiles.csv"));
    assertThat(profiles).anyMatch(row -> row.contains(",Champions,"));
    for (int partitions : List.of(1, 4)) {
      replay(events, policyFile, until, "kafka", partitions);
      for (String file : List.of("profiles.csv", "status-changes.csv", "alerts.csv")) {
        assertThat(dir.resolve("kafka" + partitions).resolve(file))
            .hasSameTextualContentAs(dir.resolve("direct").resolve(file));
      }
    }
  }

  @Test
  void theEnginesCarryOutTheSameCommands() throws IOException {
    String yaml = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Path policyFile = Files.writeString(dir.resolve("policy.yaml"), yaml);
    List<Arrival> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      all.addAll(Histories.of(SEED + i, "c" + i, 30));
    }
    all.sort(Comparator.comparingLong(Arrival::arrivedAt));
    Path events =
        Files.write(dir.resolve("events.jsonl"), all.stream().map(HistoryFile::line).toList());
    long until = all.get(all.size() - 1).arrivedAt() + Duration.ofDays(100).toMillis();
    replay(events, policyFile, until, "direct", 1);
    Path commands =
        Files.write(
            dir.resolve("commands.jsonl"),
            new RandomCommandsFile(SEED)
                .about(Files.readAllLines(dir.resolve("direct/alert-changes.csv")), all));
    String[] asked = {"--commands", commands.toString()};
    String direct = counts(replay(events, policyFile, until, "direct", 1, asked));
    for (String reason :
        List.of(
            "UNKNOWN_CUSTOMER",
            "UNKNOWN_ALERT",
            "NOT_OPEN",
            "NOT_REOPENABLE",
            "STALE",
            "VERSION_AHEAD",
            "BAD_UNTIL",
            "INCOMPLETE")) {
      assertThat(direct).contains("Refused, " + reason + ": line");
    }
    assertThat(Files.readString(dir.resolve("direct/alert-changes.csv")))
        .contains(
            ",ACKNOWLEDGED,",
            ",ASSIGNED,",
            ",SNOOZED,",
            ",WOKEN,",
            ",HANDLED,",
            ",REOPENED,",
            ",NOTED,",
            ",ERASED,");
    assertThat(direct).containsPattern("[Ee]rased");
    for (int partitions : List.of(1, 4)) {
      assertThat(counts(replay(events, policyFile, until, "kafka", partitions, asked)))
          .isEqualTo(direct);
      for (String file :
          List.of("alerts.csv", "alert-changes.csv", "status-changes.csv", "profiles.csv")) {
        assertThat(dir.resolve("kafka" + partitions).resolve(file))
            .hasSameTextualContentAs(dir.resolve("direct").resolve(file));
      }
    }
  }

  /** What a replay said about events, commands and cases, without the folder of its files. */
  private static String counts(String said) {
    return said.lines()
        .filter(line -> !line.contains("Written to"))
        .collect(Collectors.joining("\n"));
  }

  private String replay(
      Path events, Path policy, long until, String engine, int partitions, String... more) {
    String out = engine.equals("direct") ? "direct" : "kafka" + partitions;
    StringWriter said = new StringWriter();
    List<String> command =
        new ArrayList<>(
            List.of(
                "replay",
                "--events",
                events.toString(),
                "--policy",
                policy.toString(),
                "--until",
                Instants.format(until),
                "--out",
                dir.resolve(out).toString(),
                "--engine",
                engine,
                "--partitions",
                String.valueOf(partitions)));
    command.addAll(List.of(more));
    int exit =
        Main.commandLine().setErr(new PrintWriter(said)).execute(command.toArray(String[]::new));
    assertThat(exit).as(said::toString).isZero();
    return said.toString();
  }

  /** Returns the rows without detected_at, in the order of the file. */
  private List<String> rows(String out) throws IOException {
    try (Stream<String> lines = Files.lines(dir.resolve(out).resolve("status-changes.csv"))) {
      return lines.skip(1).map(line -> line.substring(0, line.lastIndexOf(','))).toList();
    }
  }

  private static String csv(String customer, Reference.Row row) {
    return String.join(
        ",",
        customer,
        String.valueOf(row.sequence()),
        row.from(),
        row.to(),
        row.reason(),
        String.valueOf(row.late()),
        Instants.format(row.effectiveAt()));
  }
}
