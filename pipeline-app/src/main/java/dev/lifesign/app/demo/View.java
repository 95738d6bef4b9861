package dev.lifesign.app.demo;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Shows the demo in a terminal; without a terminal, prints a plain line from time to time. */
final class View {

  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
  private static final List<String> ORDER =
      List.of("PROSPECT", "NEW", "ACTIVE", "LOYAL", "REACTIVATED", "AT_RISK", "DORMANT", "CHURNED");

  private final PrintWriter out;
  private final boolean terminal;
  private final String where;

  /**
   * Creates a view.
   *
   * @param terminal whether the screen can be redrawn
   * @param where the addresses to show
   */
  View(PrintWriter out, boolean terminal, String where) {
    this.out = out;
    this.terminal = terminal;
    this.where = where;
  }

  /** Shows the current state. */
  void show(long shopTime, long events, double rate, Facts.Snapshot facts) {
    String summary =
        String.format(
            Locale.ROOT,
            "%s  %,d events (%,.0f/s)  %,d status changes  alerts %,d raised, %,d ended",
            minute(shopTime),
            events,
            rate,
            facts.changes(),
            facts.raised(),
            facts.ended());
    if (!terminal) {
      out.println(summary + "  " + statuses(facts.statuses(), "%s %,d"));
      facts.latestAlerts().stream().findFirst().ifPresent(alert -> out.println("  " + line(alert)));
      out.flush();
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add("@|bold Lifesign demo|@  " + where);
    lines.add(summary);
    lines.add("");
    lines.add("@|bold Customers by status|@");
    lines.add("  " + statuses(facts.statuses(), "%s @|bold %,d|@"));
    lines.add("");
    lines.add("@|bold Latest status changes|@");
    facts.latestChanges().forEach(change -> lines.add("  " + line(change)));
    lines.add("");
    lines.add("@|bold Latest alerts|@");
    facts.latestAlerts().forEach(alert -> lines.add("  " + line(alert)));
    lines.add("");
    lines.add("Ctrl-C stops the demo; start it again with the same --data-dir to continue.");
    out.print(HOME_AND_CLEAR);
    lines.forEach(line -> out.println(Ansi.ON.string(line)));
    out.flush();
  }

  private static String statuses(Map<String, Long> statuses, String format) {
    return ORDER.stream()
        .filter(status -> statuses.getOrDefault(status, 0L) > 0)
        .map(status -> String.format(Locale.ROOT, format, status, statuses.get(status)))
        .collect(Collectors.joining("  "));
  }

  private static String line(StatusChange change) {
    return String.format(
        Locale.ROOT,
        "%s  %-9s  %s -> %s %s",
        minute(change.getEffectiveAt().toEpochMilli()),
        change.getCustomerId(),
        change.getFrom() == null ? "-" : change.getFrom(),
        change.getTo(),
        change.getReason());
  }

  private static String line(ChurnAlert alert) {
    return String.format(
        Locale.ROOT,
        "%s  %-9s  %s %s%s %s: %s",
        minute(alert.getEffectiveAt().toEpochMilli()),
        alert.getCustomerId(),
        alert.getSeverity(),
        alert.getCase$(),
        alert.getRung().isEmpty() ? "" : "/" + alert.getRung(),
        alert.getChange(),
        alert.getExplanation());
  }

  private static String minute(long instant) {
    return Instants.format(instant).substring(0, 16).replace('T', ' ');
  }
}
