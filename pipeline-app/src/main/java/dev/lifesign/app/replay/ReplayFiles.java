package dev.lifesign.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.UserError;
import dev.lifesign.app.file.EventFile;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.scoring.RfmScore;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Profile;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

/** Collects what a replay brings forth, and writes it (semantics, Files of events). */
public final class ReplayFiles implements Results {

  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Row> changes = new ArrayList<>();
  private final Map<String, ChurnAlert> raised = new LinkedHashMap<>();
  private final Map<String, ChurnAlert> ended = new HashMap<>();
  private final Map<String, Profile> profiles = new TreeMap<>();
  private final Map<Long, Letter> letters = new TreeMap<>();

  /** A status change as far as its row needs it: there are many. */
  private record Row(
      String customerId,
      int sequence,
      String from,
      String to,
      String reason,
      boolean late,
      long effectiveAt,
      long detectedAt) {}

  private record Letter(String reason, String message) {}

  @Override
  public void statusChange(StatusChange change) {
    changes.add(
        new Row(
            change.getCustomerId(),
            change.getSequence(),
            change.getFrom(),
            change.getTo(),
            change.getReason(),
            change.getLate(),
            change.getEffectiveAt().toEpochMilli(),
            change.getDetectedAt().toEpochMilli()));
  }

  @Override
  public void alert(ChurnAlert alert) {
    (alert.getState().equals("RAISED") ? raised : ended).put(alert.getAlertId(), alert);
  }

  @Override
  public void profile(Profile profile) {
    profiles.put(profile.customer().id(), profile);
  }

  @Override
  public void deadLetter(long line, String reason, String message) {
    letters.put(line, new Letter(reason, message));
  }

  /** How many of each there are, for a closing line. */
  public String summary() {
    return "%,d customers, %,d status changes, %,d alerts, %,d dead letters"
        .formatted(profiles.size(), changes.size(), raised.size(), letters.size());
  }

  /** Customers by status, for a closing line. */
  public Map<String, Long> statuses() {
    return profiles.values().stream()
        .collect(
            Collectors.groupingBy(
                profile -> profile.customer().standing().status().name(),
                TreeMap::new,
                Collectors.counting()));
  }

  /**
   * Writes the four files.
   *
   * @param out the folder; made if it is not there
   * @param events the file of events, for the text of its dead letters
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
          "Expected to write results to %s, but: %s; choose another folder with --out"
              .formatted(out, e.getMessage()),
          e);
    }
  }

  private void writeStatusChanges(Path file) throws IOException {
    changes.sort(
        Comparator.comparingLong(Row::effectiveAt)
            .thenComparing(Row::customerId)
            .thenComparingInt(Row::sequence));
    try (CSVPrinter csv = csv(file)) {
      csv.printRecord(
          "customer_id", "sequence", "from", "to", "reason", "late", "effective_at", "detected_at");
      for (Row change : changes) {
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
            customer.standing().status(),
            orAbsent(Instants.format(customer.standing().since())),
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
    List<ChurnAlert> alerts = new ArrayList<>(raised.values());
    alerts.sort(
        Comparator.comparing(ChurnAlert::getRaisedAt)
            .thenComparing(ChurnAlert::getCustomerId)
            .thenComparing(ChurnAlert::getRule)
            .thenComparing(ChurnAlert::getOccurrence));
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
      for (ChurnAlert alert : alerts) {
        ChurnAlert end = ended.get(alert.getAlertId());
        csv.printRecord(
            alert.getAlertId(),
            alert.getCustomerId(),
            alert.getRule(),
            alert.getSeverity(),
            end == null ? alert.getState() : end.getState(),
            instant(alert.getRaisedAt()),
            end == null ? null : instant(end.getResolvedAt()),
            end == null ? null : end.getResolution(),
            alert.getExplanation());
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
        fields.put("line", letter.getKey());
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

  /** What is absent is empty, without quotes. */
  private static String orAbsent(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String instant(Instant instant) {
    return Instants.format(instant.toEpochMilli());
  }
}
