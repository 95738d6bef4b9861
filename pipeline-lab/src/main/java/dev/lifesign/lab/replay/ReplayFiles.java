package dev.lifesign.lab.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
  private final List<AlertChangeRow> alertChanges = new ArrayList<>();
  private final Map<Raised, AlertRow> alerts = new HashMap<>();
  private final CommandCounts commands = new CommandCounts();
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

  /** An alert. A customer who comes back after it was erased gets the same ids again. */
  private record Raised(String alertId, long raisedAt) {}

  private record Letter(String reason, String message) {}

  @Override
  public void statusChange(StatusChangeRow change) {
    changes.add(change);
  }

  @Override
  public void alert(AlertRow alert) {
    alertChanges.add(alert.change());
    alerts.put(new Raised(alert.alertId(), alert.raisedAt()), alert);
  }

  @Override
  public void command(CommandRow answer) {
    commands.answered(answer);
  }

  @Override
  public void afterEnd(ArrivedCommand command) {
    commands.afterEnd();
  }

  @Override
  public void erased() {
    counts.erased();
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

  /** What became of the commands. */
  public CommandCounts commands() {
    return commands;
  }

  /** What was told, case by case. */
  public CaseCounts cases() {
    return CaseCounts.of(alertChanges, changes, profiles.values());
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
        .formatted(profiles.size(), changes.size(), alerts.size(), letters.size());
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
   * Writes the files.
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
      try (ResultCsv csv = csv(out.resolve("alert-changes.csv"))) {
        writeAlertChanges(csv);
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
    csv.row(
        "alert_id",
        "customer_id",
        "case",
        "number",
        "rung",
        "severity",
        "state",
        "raised_at",
        "resolved_at",
        "resolution",
        "value_at_stake",
        "muted",
        "version",
        "explanation");
    for (AlertRow alert : alerts.values().stream().sorted(AlertRow.ORDER).toList()) {
      AlertChangeRow last = alert.change();
      csv.row(
          alert.alertId(),
          last.customerId(),
          last.caseId(),
          last.number(),
          last.after().rung(),
          last.after().severity(),
          last.after().state(),
          Instants.format(alert.raisedAt()),
          Instants.format(alert.resolvedAt()),
          alert.resolution(),
          alert.valueAtStake(),
          last.after().muted(),
          last.version(),
          alert.explanation());
    }
  }

  private void writeAlertChanges(ResultCsv csv) throws IOException {
    alertChanges.sort(AlertChangeRow.ORDER);
    csv.row(
        "customer_id",
        "case",
        "number",
        "version",
        "change",
        "cleared_by",
        "rung",
        "severity",
        "state",
        "owner",
        "due_at",
        "expires_at",
        "muted",
        "notify",
        "late",
        "effective_at",
        "detected_at");
    for (AlertChangeRow each : alertChanges) {
      csv.row(
          each.customerId(),
          each.caseId(),
          each.number(),
          each.version(),
          each.change().name(),
          each.change().clearedBy(),
          each.after().rung(),
          each.after().severity(),
          each.after().state(),
          each.after().owner(),
          Instants.format(each.dueAt()),
          Instants.format(each.expiresAt()),
          each.after().muted(),
          each.change().notifies(),
          each.change().late(),
          Instants.format(each.effectiveAt()),
          Instants.format(each.detectedAt()));
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
