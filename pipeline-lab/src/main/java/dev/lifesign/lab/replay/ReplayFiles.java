package dev.lifesign.lab.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Collects the results of a replay and writes them to files (semantics, Files of events). */
public final class ReplayFiles implements Results {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<StatusChangeRow> changes = new ArrayList<>();
  private final Map<String, AlertRow> raised = new LinkedHashMap<>();
  private final Map<String, AlertRow> ended = new HashMap<>();
  private final Map<String, Profile> profiles = new TreeMap<>();
  private final Map<Long, Letter> letters = new TreeMap<>();
  private final ReplayCounts counts = new ReplayCounts();

  private final boolean spreadsheetSafe;

  /** Files whose text is written as it is. */
  public ReplayFiles() {
    this(false);
  }

  /**
   * Files for a reader or a spreadsheet.
   *
   * @param spreadsheetSafe whether text that a spreadsheet would take for a formula is marked as
   *     text, with an apostrophe before it
   */
  public ReplayFiles(boolean spreadsheetSafe) {
    this.spreadsheetSafe = spreadsheetSafe;
  }

  private record Letter(String reason, String message) {}

  @Override
  public void statusChange(StatusChangeRow change) {
    changes.add(change);
  }

  @Override
  public void alert(AlertRow alert) {
    (alert.ended() ? ended : raised).put(alert.alertId(), alert);
  }

  @Override
  public void profile(Profile profile) {
    profiles.put(profile.customer().id(), profile);
  }

  @Override
  public void deadLetter(long line, String kind, String reason, String message) {
    counts.refused(kind, line, message);
    letters.put(line, new Letter(reason, message));
  }

  @Override
  public void afterEnd(Line line) {
    counts.afterEnd(line);
  }

  @Override
  public void handled(Decision decision) {
    counts.handled(decision);
  }

  /** What became of the lines. */
  public ReplayCounts counts() {
    return counts;
  }

  /** The profiles of all customers, in the order of their ids. */
  public Collection<Profile> profiles() {
    return Collections.unmodifiableCollection(profiles.values());
  }

  /** Every change of a status. */
  public List<StatusChangeRow> statusChanges() {
    return Collections.unmodifiableList(changes);
  }

  /** The number of customers at the end. */
  public int customers() {
    return profiles.size();
  }

  /** The number of results of each kind, for a closing line. */
  public String summary() {
    return "Customers: %,d. Status changes: %,d. Alerts: %,d. Dead letters: %,d."
        .formatted(profiles.size(), changes.size(), raised.size(), letters.size());
  }

  /** Customers by status, for a closing line. */
  public Map<String, Long> statuses() {
    return profiles.values().stream()
        .collect(
            Collectors.groupingBy(
                profile -> profile.customer().statusState().status().name(),
                TreeMap::new,
                Collectors.counting()));
  }

  /**
   * Writes the four files.
   *
   * @param out the folder; created if it does not exist
   * @param events the file of events, to copy the text of dead letters
   * @throws UserError if the folder cannot be written to
   */
  public void write(Path out, EventFile events) {
    try {
      Files.createDirectories(out);
      try (ResultCsv csv = csv(out.resolve("status-changes.csv"))) {
        writeStatusChanges(csv);
      }
      try (ResultCsv csv = csv(out.resolve("profiles.csv"))) {
        ProfilesCsv.write(csv, profiles.values());
      }
      try (ResultCsv csv = csv(out.resolve("alerts.csv"))) {
        writeAlerts(csv);
      }
      writeDeadLetters(out.resolve("dead-letters.jsonl"), events);
    } catch (IOException e) {
      throw new UserError(
          "The results cannot be written to %s: %s; choose another folder with --out"
              .formatted(out, e.getMessage()),
          e);
    }
  }

  private void writeStatusChanges(ResultCsv csv) throws IOException {
    changes.sort(StatusChangeRow.ORDER);
    csv.row(
        "customer_id", "sequence", "from", "to", "reason", "late", "effective_at", "detected_at");
    for (StatusChangeRow change : changes) {
      csv.row(
          change.customerId(),
          change.sequence(),
          change.from(),
          change.to(),
          change.reason(),
          change.late(),
          Instants.format(change.effectiveAt()),
          Instants.format(change.detectedAt()));
    }
  }

  private void writeAlerts(ResultCsv csv) throws IOException {
    List<AlertRow> alerts = new ArrayList<>(raised.values());
    alerts.sort(
        Comparator.comparingLong(AlertRow::raisedAt)
            .thenComparing(AlertRow::customerId)
            .thenComparing(AlertRow::rule)
            .thenComparingInt(AlertRow::occurrence));
    csv.row(
        "alert_id",
        "customer_id",
        "rule",
        "severity",
        "state",
        "raised_at",
        "resolved_at",
        "resolution",
        "explanation");
    for (AlertRow alert : alerts) {
      AlertRow end = ended.get(alert.alertId());
      csv.row(
          alert.alertId(),
          alert.customerId(),
          alert.rule(),
          alert.severity(),
          end == null ? "RAISED" : "RESOLVED",
          Instants.format(alert.raisedAt()),
          end == null ? null : Instants.format(end.resolvedAt()),
          end == null ? null : end.resolution(),
          alert.explanation());
    }
  }

  private void writeDeadLetters(Path file, EventFile events) throws IOException {
    Map<Long, String> texts = new HashMap<>();
    if (!letters.isEmpty()) {
      events.read(
          line -> {
            if (letters.containsKey(line.number())) {
              texts.put(line.number(), line.text());
            }
          });
    }
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (Map.Entry<Long, Letter> letter : letters.entrySet()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", events.nameOf(letter.getKey()));
        fields.put("line", events.numberOf(letter.getKey()));
        fields.put("reason", letter.getValue().reason());
        fields.put("message", letter.getValue().message());
        fields.put("text", texts.get(letter.getKey()));
        writer.write(JSON.writeValueAsString(fields));
        writer.write('\n');
      }
    }
  }

  private ResultCsv csv(Path file) throws IOException {
    return new ResultCsv(file, spreadsheetSafe);
  }
}
