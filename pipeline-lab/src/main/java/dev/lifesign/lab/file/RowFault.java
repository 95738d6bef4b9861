package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.value.UnreadableValue;

/** A row that is not an event. Has no stack trace, since it is data. */
final class RowFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;
  private final String kind;

  RowFault(RejectionReason reason, String kind, String message) {
    super(message, null, false, false);
    this.rejection = new Rejection(reason, message);
    this.kind = kind;
  }

  /** A value that cannot be read, and the columns that it is in. */
  static RowFault of(UnreadableValue fault, String columns) {
    return new RowFault(
        fault.reason(), fault.kind() + " (" + columns + ")", columns + ": " + fault.getMessage());
  }

  Line line(long number, String text) {
    return Line.unreadable(number, rejection, kind, text);
  }
}
