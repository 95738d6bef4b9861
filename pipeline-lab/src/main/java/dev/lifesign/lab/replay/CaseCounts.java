package dev.lifesign.lab.replay;

import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often alerts notify, by case, beside how often one alert for each bad status would have.
 *
 * @param cases what each case raised, by its id
 * @param statusEntries how often a customer entered AT_RISK, DORMANT or CHURNED
 * @param customerYears how long customers were known, from their first commercial event on, in
 *     years of 365 days
 */
public record CaseCounts(Map<String, Count> cases, long statusEntries, double customerYears) {

  private static final Set<Status> BAD = EnumSet.of(Status.AT_RISK, Status.DORMANT, Status.CHURNED);

  private static final double DAYS_OF_YEAR = 365;

  /**
   * A case.
   *
   * @param alerts how many it raised
   * @param notifications how many facts notify, by what happened
   * @param heldOut how many of them are muted, since the customer is held out
   */
  public record Count(long alerts, Map<String, Long> notifications, long heldOut) {

    private static final Count NONE = new Count(0, Map.of(), 0);

    private Count plus(AlertChangeRow row) {
      Map<String, Long> counted = new TreeMap<>(notifications);
      boolean notifies = row.change().notifies();
      if (notifies) {
        counted.merge(row.change().name(), 1L, Long::sum);
      }
      return new Count(
          alerts + (row.version() == 1 ? 1 : 0),
          counted,
          heldOut + (notifies && row.after().muted() ? 1 : 0));
    }

    private long total() {
      return notifications.values().stream().mapToLong(Long::longValue).sum();
    }

    private String byChange() {
      return notifications.entrySet().stream()
          .map(each -> "%s %,d".formatted(each.getKey(), each.getValue()))
          .collect(Collectors.joining(", "));
    }
  }

  static CaseCounts of(
      List<AlertChangeRow> alerts, List<StatusChangeRow> changes, Collection<Profile> profiles) {
    Map<String, Count> cases = new TreeMap<>();
    for (AlertChangeRow row : alerts) {
      cases.put(row.caseId(), cases.getOrDefault(row.caseId(), Count.NONE).plus(row));
    }
    long entries =
        changes.stream()
            .filter(
                change ->
                    BAD.contains(Status.valueOf(change.to())) && !change.to().equals(change.from()))
            .count();
    double days =
        profiles.stream()
            .filter(each -> Instants.isFinite(each.customer().milestones().firstCommercial()))
            .mapToDouble(
                each ->
                    (each.at() - each.customer().milestones().firstCommercial())
                        / (double) Instants.DAY)
            .sum();
    return new CaseCounts(cases, entries, days / DAYS_OF_YEAR);
  }

  /** A line per case, and what they are to be compared with; none if no alert was raised. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (cases.isEmpty() || customerYears <= 0) {
      return lines;
    }
    cases.forEach(
        (id, count) ->
            lines.add(
                "Alerts of case %s: %,d. Notifications: %,d, %s per customer and year (%s; %,d for customers who are held out)"
                    .formatted(
                        id,
                        count.alerts(),
                        count.total(),
                        yearly(count.total()),
                        count.byChange(),
                        count.heldOut())));
    lines.add(
        "For comparison: AT_RISK, DORMANT or CHURNED was entered %,d times, %s per customer and year"
            .formatted(statusEntries, yearly(statusEntries)));
    return lines;
  }

  private String yearly(long count) {
    return "%.2f".formatted(count / customerYears);
  }
}
