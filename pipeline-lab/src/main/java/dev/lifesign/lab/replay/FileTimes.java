package dev.lifesign.lab.replay;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.file.Line;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Checks the times of a line, with messages for a file. */
final class FileTimes {

  private FileTimes() {}

  /** Why a line with an event is not accepted because of its times; empty if it is. */
  static Optional<Rejection> check(Line line) {
    long occurredAt = line.event().orElseThrow().occurredAt();
    if (occurredAt < Acceptance.EARLIEST) {
      return Optional.of(
          new Rejection(
              RejectionReason.OCCURRED_TOO_LONG_AGO,
              "The event occurred in the year %d, before 1990; is this another calendar, or another unit than milliseconds?"
                  .formatted(year(occurredAt))));
    }
    if (line.arrivedAt() < 0) {
      return Optional.of(
          new Rejection(
              RejectionReason.NEGATIVE_TIMESTAMP,
              "The event arrived in the year %d, before 1970; correct arrivedAt"
                  .formatted(year(line.arrivedAt()))));
    }
    if (line.arrivedAt() > Acceptance.LATEST) {
      return Optional.of(
          new Rejection(
              RejectionReason.INVALID_FIELD,
              "The event arrived in the year %d, after 9999; correct its time"
                  .formatted(year(line.arrivedAt()))));
    }
    return Optional.empty();
  }

  private static int year(long instant) {
    return Instant.ofEpochMilli(instant).atZone(ZoneOffset.UTC).getYear();
  }
}
