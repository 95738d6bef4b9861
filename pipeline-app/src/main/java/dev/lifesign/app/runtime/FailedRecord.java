package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.DueWorkFailedException;
import dev.lifesign.core.contract.RecordFailedException;
import dev.lifesign.core.contract.Skips.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the record whose processing ended a thread. */
final class FailedRecord {

  /** Matches the position of a record in an error message of Kafka Streams. */
  private static final Pattern PLACE =
      Pattern.compile("topic=([^,\\s]+), partition=(\\d{1,9}), offset=(\\d{1,18})");

  private FailedRecord() {}

  /** The position of the record; empty if the thread did not fail on a record. */
  static Optional<Place> in(Throwable thrown) {
    Optional<Place> named = Optional.empty();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DueWorkFailedException) {
        // Kafka Streams names the current record, which is not the cause.
        return Optional.empty();
      }
      if (cause instanceof RecordFailedException failed) {
        return Optional.of(failed.place());
      }
      if (named.isEmpty() && cause.getMessage() != null) {
        Matcher matcher = PLACE.matcher(cause.getMessage());
        if (matcher.find()) {
          named =
              Optional.of(
                  new Place(
                      matcher.group(1),
                      Integer.parseInt(matcher.group(2)),
                      Long.parseLong(matcher.group(3))));
        }
      }
    }
    return named;
  }

  /** The command that skips a record. */
  static String command(Place place) {
    return "lifesign skip %s %d %d --reason ..."
        .formatted(place.topic(), place.partition(), place.offset());
  }
}
