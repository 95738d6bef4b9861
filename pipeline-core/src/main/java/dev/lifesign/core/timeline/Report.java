package dev.lifesign.core.timeline;

import dev.lifesign.core.alert.AlertFact;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.scoring.SegmentChange;
import java.util.ArrayList;
import java.util.List;

/** What is to be told, as it comes together. Most events have nothing, and need no lists. */
final class Report {

  private List<StatusChange> statusChanges = List.of();
  private List<AlertFact> alerts = List.of();
  private List<SegmentChange> segmentChanges = List.of();
  private int deadlines;

  void add(StatusChange change) {
    statusChanges = with(statusChanges, change);
  }

  void add(AlertFact fact) {
    alerts = with(alerts, fact);
  }

  void add(SegmentChange change) {
    segmentChanges = with(segmentChanges, change);
  }

  void countDeadline() {
    deadlines++;
  }

  /** Whether there is something. */
  boolean tells() {
    return !statusChanges.isEmpty() || !alerts.isEmpty() || !segmentChanges.isEmpty();
  }

  Outcome outcome(
      Customer customer, Outcome.Kind kind, boolean profileChanged, boolean unconverted) {
    return new Outcome(
        customer,
        kind,
        statusChanges,
        alerts,
        segmentChanges,
        profileChanged,
        unconverted,
        deadlines);
  }

  private static <T> List<T> with(List<T> told, T one) {
    List<T> list = told.isEmpty() ? new ArrayList<>(2) : told;
    list.add(one);
    return list;
  }
}
