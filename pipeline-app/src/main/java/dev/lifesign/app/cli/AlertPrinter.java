package dev.lifesign.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lifesign.schema.AlertEvidence;
import dev.lifesign.schema.ChurnAlert;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints alerts in several formats. */
final class AlertPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 100;
  private static final String ROW = "%-32s %-20s %-16s %-8s %-12s %-14s %-20s %3s%n";

  /** What is said of each change, and not of the alert. */
  private static final Set<String> OF_THE_CHANGE =
      Set.of(
          "alertId",
          "version",
          "change",
          "clearedBy",
          "notify",
          "late",
          "by",
          "note",
          "effectiveAt",
          "detectedAt");

  private AlertPrinter() {}

  /** A format. */
  enum Format {
    TABLE,
    JSON,
    CSV
  }

  /**
   * Prints the newest facts of alerts.
   *
   * @param limit how many; empty for the format's default
   */
  static void list(
      PrintWriter out, Format format, List<ChurnAlert> alerts, Optional<Integer> limit) {
    int most = limit.orElse(format == Format.TABLE ? SHOWN : Integer.MAX_VALUE);
    List<ChurnAlert> shown = alerts.subList(0, Math.min(Math.max(0, most), alerts.size()));
    if (format != Format.TABLE) {
      print(out, format, shown);
      return;
    }
    if (alerts.isEmpty()) {
      out.println("none");
      return;
    }
    out.printf(ROW, "alert", "customer", "case", "severity", "state", "owner", "due", "ver");
    for (ChurnAlert alert : shown) {
      out.printf(
          ROW,
          alert.getAlertId(),
          alert.getCustomerId(),
          place(alert),
          alert.getSeverity(),
          alert.getState(),
          alert.getOwner().isEmpty() ? "-" : alert.getOwner(),
          alert.getDueAt() == null ? "-" : alert.getDueAt(),
          alert.getVersion());
    }
    if (shown.size() < alerts.size()) {
      out.printf("showing the first %,d of %,d; see --limit%n", shown.size(), alerts.size());
    }
  }

  /**
   * Prints an alert.
   *
   * @param facts all of them, in order; at least one
   */
  static void show(PrintWriter out, Format format, List<ChurnAlert> facts) {
    if (format != Format.TABLE) {
      print(out, format, facts);
      return;
    }
    ChurnAlert now = facts.get(facts.size() - 1);
    out.printf("alert %s, version %d%n", now.getAlertId(), now.getVersion());
    AlertColumns.of(now)
        .forEach(
            (name, value) -> {
              if (!OF_THE_CHANGE.contains(name) && !cell(value).isEmpty()) {
                out.printf("  %-14s %s%n", name, value);
              }
            });
    for (AlertEvidence evidence : now.getEvidence()) {
      out.printf("  %-14s %-22s %s%n", "evidence", evidence.getName(), evidence.getValue());
    }
    out.println();
    facts.forEach(
        fact ->
            out.printf(
                "%4d  %-24s %-12s %s%n",
                fact.getVersion(), text(fact.getEffectiveAt()), fact.getChange(), details(fact)));
  }

  /** What a change brought, beside its name. */
  private static String details(ChurnAlert fact) {
    List<String> details = new ArrayList<>();
    String rung = fact.getRung();
    details.add(
        switch (fact.getChange()) {
          case "RAISED", "ESCALATED", "EASED" ->
              rung.isEmpty() ? fact.getSeverity() : rung + ", " + fact.getSeverity();
          case "CLEARED" -> "by " + fact.getClearedBy();
          case "ASSIGNED", "OVERDUE" -> "owner " + fact.getOwner();
          case "SNOOZED" -> "until " + text(fact.getSnoozedUntil());
          default -> "";
        });
    details.add(fact.getOutcome());
    details.add(fact.getNote());
    details.add(fact.getBy().isEmpty() ? "" : "by " + fact.getBy());
    details.add(fact.getLate() ? "(late)" : "");
    details.removeIf(String::isEmpty);
    return String.join(", ", details);
  }

  private static String place(ChurnAlert alert) {
    return alert.getRung().isEmpty() ? alert.getCase$() : alert.getCase$() + "/" + alert.getRung();
  }

  private static void print(PrintWriter out, Format format, List<ChurnAlert> facts) {
    if (format == Format.JSON) {
      json(out, facts);
    } else {
      csv(out, facts);
    }
  }

  private static void json(PrintWriter out, List<ChurnAlert> facts) {
    ArrayNode list = JSON.createArrayNode();
    for (ChurnAlert fact : facts) {
      ObjectNode node = list.addObject();
      AlertColumns.of(fact)
          .forEach(
              (name, value) ->
                  node.putPOJO(name, value instanceof Instant instant ? text(instant) : value));
      ArrayNode evidence = node.putArray("evidence");
      for (AlertEvidence each : fact.getEvidence()) {
        evidence
            .addObject()
            .put("name", each.getName())
            .put("kind", each.getKind())
            .put("value", each.getValue());
      }
    }
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  /**
   * Left open, since closing it would close the output of the process; so it must not keep anything
   * in a buffer.
   */
  private static void csv(PrintWriter out, List<ChurnAlert> facts) {
    CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(AlertColumns.names());
    for (ChurnAlert fact : facts) {
      csv.writeRecord(AlertColumns.of(fact).values().stream().map(AlertPrinter::cell).toList());
    }
  }

  private static String cell(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String text(Instant instant) {
    return instant == null ? "" : instant.toString();
  }
}
