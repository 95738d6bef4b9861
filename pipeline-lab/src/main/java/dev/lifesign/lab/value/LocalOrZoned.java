package dev.lifesign.lab.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A time as its text gives it.
 *
 * @param local the date and the time of day
 * @param zone the zone that the text names
 */
record LocalOrZoned(LocalDateTime local, Optional<ZoneId> zone) {

  static LocalOrZoned local(LocalDateTime local) {
    return new LocalOrZoned(local, Optional.empty());
  }

  static LocalOrZoned instant(long millis) {
    return new LocalOrZoned(
        LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC),
        Optional.of(ZoneOffset.UTC));
  }

  /** The instant, milliseconds since 1970; in a zone's gap, as if the clocks had not changed. */
  long millis(ZoneId otherwise) {
    return local.atZone(zone.orElse(otherwise)).toInstant().toEpochMilli();
  }
}
