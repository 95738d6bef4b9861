package dev.lifesign.app.cli;

import dev.lifesign.lab.UserError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the option {@code --until}. */
final class UntilTime {

  private UntilTime() {}

  /**
   * The instant, milliseconds since 1970; empty if none is given.
   *
   * @param text an instant, or a date, which stands for its first instant
   * @param zone of a date
   * @throws UserError if it is neither an instant nor a date
   */
  static OptionalLong read(Optional<String> text, ZoneId zone) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(read(text.get(), zone));
  }

  private static long read(String text, ZoneId zone) {
    try {
      return text.indexOf('T') > 0
          ? Instant.parse(text).toEpochMilli()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new UserError(
          "--until is %s; set it to an instant such as 2024-07-01T00:00:00Z or a date such as 2024-07-01"
              .formatted(text),
          e);
    }
  }
}
