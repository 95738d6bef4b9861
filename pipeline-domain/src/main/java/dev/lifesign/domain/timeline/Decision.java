package dev.lifesign.domain.timeline;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.SegmentChange;
import java.util.List;
import java.util.Optional;

/**
 * The result of an event, or of time, for a customer, and the facts to publish.
 *
 * @param customer the customer after it
 * @param kind how the event was handled
 * @param statusChanges status changes, in order
 * @param alerts what happened to alerts, in order
 * @param segmentChanges segment changes, in order
 * @param profileChanged whether the customer's profile must be published again
 * @param unconverted the event's money, if its currency has no rate
 * @param deadlines the number of deadlines taken
 * @param failedExpressions how many expressions could not be evaluated, and counted as false
 * @param command the outcome, if it was a command
 */
public record Decision(
    Customer customer,
    Kind kind,
    List<StatusChange> statusChanges,
    List<AlertFact> alerts,
    List<SegmentChange> segmentChanges,
    boolean profileChanged,
    Optional<Unconverted> unconverted,
    int deadlines,
    int failedExpressions,
    Optional<Commanded> command) {

  /**
   * What came of a command.
   *
   * @param result the answer
   * @param erased whether the customer must be forgotten
   */
  public record Commanded(CommandResult result, boolean erased) {}

  /** How the event was handled. */
  public enum Kind {
    /** There was no event: time passed. */
    TIME,
    /** It was applied in time. */
    APPLIED,
    /** It was applied late. */
    LATE,
    /** It was dropped as a duplicate. */
    DUPLICATE,
    /** It was a command. */
    COMMAND
  }

  static Decision repeated(Customer customer, CommandResult result) {
    return new Decision(
        customer,
        Kind.COMMAND,
        List.of(),
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        0,
        0,
        Optional.of(new Commanded(result, false)));
  }

  static Decision duplicate(Customer customer) {
    return new Decision(
        customer,
        Kind.DUPLICATE,
        List.of(),
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        0,
        0,
        Optional.empty());
  }
}
