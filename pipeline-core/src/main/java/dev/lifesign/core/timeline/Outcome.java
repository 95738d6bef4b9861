package dev.lifesign.core.timeline;

import dev.lifesign.core.alert.AlertFact;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.scoring.SegmentChange;
import java.util.List;

/**
 * What an event or time made of a customer, and what is to be told.
 *
 * @param customer the customer after it
 * @param kind what became of the event
 * @param statusChanges status changes, in order
 * @param alerts alerts raised and ended, in order
 * @param segmentChanges segment changes, in order
 * @param profileChanged whether the customer's published profile is to be renewed
 * @param unconverted whether the event bore money in a currency without a rate
 * @param deadlines how many deadlines were taken
 */
public record Outcome(
    Customer customer,
    Kind kind,
    List<StatusChange> statusChanges,
    List<AlertFact> alerts,
    List<SegmentChange> segmentChanges,
    boolean profileChanged,
    boolean unconverted,
    int deadlines) {

  /** What became of the event. */
  public enum Kind {
    /** There was none: time went on. */
    TIME,
    /** It was applied in time. */
    APPLIED,
    /** It was applied late. */
    LATE,
    /** It was dropped as a duplicate. */
    DUPLICATE
  }

  static Outcome duplicate(Customer customer) {
    return new Outcome(customer, Kind.DUPLICATE, List.of(), List.of(), List.of(), false, false, 0);
  }
}
