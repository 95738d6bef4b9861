package dev.lifesign.lab.value;

import dev.lifesign.domain.event.RejectionReason;

/** Text that is not the value that was expected. Has no stack trace, since it is data. */
public final class UnreadableValue extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SHOWN = 60;

  private final RejectionReason reason;
  private final String kind;

  /**
   * Text that cannot be read.
   *
   * @param reason the reason code
   * @param kind what all values with this fault have in common, for a summary
   * @param message what was expected, what was found, and what to do about it
   */
  public UnreadableValue(RejectionReason reason, String kind, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.kind = kind;
  }

  /** A text as messages show it: its beginning, if it is long. */
  public static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /** A value that is not valid. */
  static UnreadableValue invalid(String kind, String message) {
    return new UnreadableValue(RejectionReason.INVALID_FIELD, kind, message);
  }

  /** The reason code. */
  public RejectionReason reason() {
    return reason;
  }

  /** What all values with this fault have in common. */
  public String kind() {
    return kind;
  }
}
