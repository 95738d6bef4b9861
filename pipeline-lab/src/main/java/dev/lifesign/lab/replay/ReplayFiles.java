package dev.lifesign.lab.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.scoring.RfmScore;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Collects the results of a replay and writes them to files (semantics, Files of events). */
public final class ReplayFiles implements Results {

  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<StatusChangeRow> changes = new ArrayList<>();
  private final Map<String, AlertRow> raised = new LinkedHashMap<>();
  private final Map<String, AlertRow> ended = new HashMap<>();
  private final Map<String, Profile> profiles = new TreeMap<>();
  private final Map<Long, Letter> letters = new TreeMap<>();
  private final ReplayCounts counts = new ReplayCounts();

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
  public void withoutRate(String currency, long minorUnits) {
    counts.withoutRate(currency, minorUnits);
  }

  @Override
  public void handled(Decision.Kind kind) {
    counts.handled(kind);
  }

  /** What became of the lines. */
  public ReplayCounts counts() {
    return counts;
  }

  /** The number of customers at the end. */
  public int customers() {
    return profiles.size();
  }

  /** The number of results of each kind, for a closing line. */
  public String summary() {
    return "%,d customers, %,d status changes, %,d alerts, %,d dead letters"
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
      writeStatusChanges(out.resolve("status-changes.csv"));
      writeProfiles(out.resolve("profiles.csv"));
      writeAlerts(out.resolve("alerts.csv"));
      writeDeadLetters(out.resolve("dead-letters.jsonl"), events);
    } catch (IOException e) {
      throw new UserError(
          "The results cannot be written to %s: %s; choose another folder with --out"
              .formatted(out, e.getMessage()),
          e);
    }
  }

  private void writeStatusChanges(Path file) throws IOException {
    changes.sort(
        Comparator.comparingLong(StatusChangeRow::effectiveAt)
            .thenComparing(StatusChangeRow::customerId)
            .thenComparingInt(StatusChangeRow::sequence));
    try (CSVPrinter csv = csv(file)) {
      csv.printRecord(
          "customer_id", "sequence", "from", "to", "reason", "late", "effective_at", "detected_at");
      for (StatusChangeRow change : changes) {
        csv.printRecord(
            change.customerId(),
            change.sequence(),
            change.from(),
            change.to(),
            orAbsent(change.reason()),
            change.late(),
            Instants.format(change.effectiveAt()),
            Instants.format(change.detectedAt()));
      }
    }
  }

  private void writeProfiles(Path file) throws IOException {
    try (CSVPrinter csv = csv(file)) {
      csv.printRecord(
          "customer_id",
          "status",
          "since",
          "first_commercial",
          "last_activity",
          "last_transaction",
          "orders",
          "net_money",
          "orders_in_window",
          "net_money_in_window",
          "activity_score",
          "r",
          "f",
          "m",
          "segment",
          "types");
      for (Profile profile : profiles.values()) {
        Customer customer = profile.customer();
        csv.printRecord(
            customer.id(),
            customer.statusState().status(),
            orAbsent(Instants.format(customer.statusState().since())),
            orAbsent(Instants.format(customer.milestones().firstCommercial())),
            orAbsent(Instants.format(customer.milestones().lastQualifying())),
            orAbsent(Instants.format(customer.milestones().lastTransaction())),
            customer.commerce().orders(),
            customer.commerce().net(),
            profile.ordersInWindow(),
            profile.netInWindow(),
            String.format(Locale.ROOT, "%.2f", profile.activityScore()),
            profile.rfm().map(RfmScore::recency).orElse(null),
            profile.rfm().map(RfmScore::frequency).orElse(null),
            profile.rfm().map(RfmScore::monetary).orElse(null),
            profile.rfm().map(RfmScore::segment).orElse(null),
            orAbsent(profile.types().stream().map(Enum::name).collect(Collectors.joining("+"))));
      }
    }
  }

  private void writeAlerts(Path file) throws IOException {
    List<AlertRow> alerts = new ArrayList<>(raised.values());
    alerts.sort(
        Comparator.comparingLong(AlertRow::raisedAt)
            .thenComparing(AlertRow::customerId)
            .thenComparing(AlertRow::rule)
            .thenComparingInt(AlertRow::occurrence));
    try (CSVPrinter csv = csv(file)) {
      csv.printRecord(
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
        csv.printRecord(
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

  private static CSVPrinter csv(Path file) throws IOException {
    return new CSVPrinter(Files.newBufferedWriter(file), CSV);
  }

  /** Null for missing text, which is written without quotes. */
  private static String orAbsent(String text) {
    return text.isEmpty() ? null : text;
  }
}
