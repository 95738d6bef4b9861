package dev.lifesign.lab.replay;

import dev.lifesign.domain.event.RejectionReason;

/** The kinds of events that are not accepted, in words. */
public final class Refused {

  private Refused() {}

  /** The kind of events with a reason code. */
  public static String kind(String reason) {
    return switch (RejectionReason.valueOf(reason)) {
      case UNDECODABLE -> "lines that are not events";
      case MISSING_FIELD -> "events that lack a field";
      case INVALID_FIELD -> "events with a value that is not valid";
      case UNKNOWN_ACTION -> "events with an unknown action";
      case KEY_MISMATCH, WRONG_PARTITION -> "events with another key than their customer";
      case OCCURRED_IN_FUTURE -> "events that occurred after they arrived";
      case OCCURRED_TOO_LONG_AGO -> "events before 1990";
      case NEGATIVE_TIMESTAMP -> "events that arrived before 1970";
      case NEGATIVE_AMOUNT -> "events with a negative amount";
      case EVENT_ID_TOO_LONG -> "events whose id is too long";
      case CUSTOMER_ID_TOO_LONG -> "events whose customer id is too long";
      case SKIPPED -> "events that were skipped";
    };
  }
}
