package dev.lifesign.domain.timeline;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.SegmentChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the facts of a decision. Most events cause none, and need no lists. */
final class DecisionBuilder {

  private List<StatusChange> statusChanges = List.of();
  private List<AlertFact> alerts = List.of();
  private List<SegmentChange> segmentChanges = List.of();
  private int deadlines;
  private int failedExpressions;
  private Optional<Decision.Commanded> command = Optional.empty();

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

  void answer(CommandResult result, boolean erased) {
    command = Optional.of(new Decision.Commanded(result, erased));
  }

  CommandResult result() {
    return command.orElseThrow().result();
  }

  void countFailedExpression() {
    failedExpressions++;
  }

  /** Whether there are any facts. */
  boolean hasFacts() {
    return !statusChanges.isEmpty() || !alerts.isEmpty() || !segmentChanges.isEmpty();
  }

  Decision build(
      Customer customer,
      Decision.Kind kind,
      boolean profileChanged,
      Optional<Unconverted> unconverted) {
    return new Decision(
        customer,
        kind,
        statusChanges,
        alerts,
        segmentChanges,
        profileChanged,
        unconverted,
        deadlines,
        failedExpressions,
        command);
  }

  private static <T> List<T> with(List<T> facts, T fact) {
    List<T> list = facts.isEmpty() ? new ArrayList<>(2) : facts;
    list.add(fact);
    return list;
  }
}
