package dev.lifesign.lab.value;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time zones as they stand in texts. */
final class Zones {

  private static final Pattern OFFSET =
      Pattern.compile("(?:UTC|GMT)?\\s*([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?");

  /**
   * Abbreviations that say themselves whether it is summer time, so that they are offsets rather
   * than the rules of a region.
   */
  private static final Map<String, ZoneOffset> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("Z", ZoneOffset.UTC),
          Map.entry("UTC", ZoneOffset.UTC),
          Map.entry("GMT", ZoneOffset.UTC),
          Map.entry("WET", ZoneOffset.UTC),
          Map.entry("WEST", ZoneOffset.ofHours(1)),
          Map.entry("BST", ZoneOffset.ofHours(1)),
          Map.entry("CET", ZoneOffset.ofHours(1)),
          Map.entry("CEST", ZoneOffset.ofHours(2)),
          Map.entry("EET", ZoneOffset.ofHours(2)),
          Map.entry("EEST", ZoneOffset.ofHours(3)),
          Map.entry("MSK", ZoneOffset.ofHours(3)),
          Map.entry("IRST", ZoneOffset.ofHoursMinutes(3, 30)),
          Map.entry("IRDT", ZoneOffset.ofHoursMinutes(4, 30)),
          Map.entry("IST", ZoneOffset.ofHoursMinutes(5, 30)),
          Map.entry("SGT", ZoneOffset.ofHours(8)),
          Map.entry("HKT", ZoneOffset.ofHours(8)),
          Map.entry("JST", ZoneOffset.ofHours(9)),
          Map.entry("KST", ZoneOffset.ofHours(9)),
          Map.entry("AEST", ZoneOffset.ofHours(10)),
          Map.entry("AEDT", ZoneOffset.ofHours(11)),
          Map.entry("EST", ZoneOffset.ofHours(-5)),
          Map.entry("EDT", ZoneOffset.ofHours(-4)),
          Map.entry("CST", ZoneOffset.ofHours(-6)),
          Map.entry("CDT", ZoneOffset.ofHours(-5)),
          Map.entry("MST", ZoneOffset.ofHours(-7)),
          Map.entry("MDT", ZoneOffset.ofHours(-6)),
          Map.entry("PST", ZoneOffset.ofHours(-8)),
          Map.entry("PDT", ZoneOffset.ofHours(-7)));

  private Zones() {}

  /** The zone of an abbreviation; empty if it is not one that means a single offset. */
  static Optional<ZoneId> abbreviation(String text) {
    return Optional.ofNullable(ABBREVIATIONS.get(text.toUpperCase(Locale.ROOT)));
  }

  /** The zone that a text names: an offset, an abbreviation or a region; empty if it is none. */
  static Optional<ZoneId> of(String text) {
    Optional<ZoneId> abbreviation = abbreviation(text);
    if (abbreviation.isPresent()) {
      return abbreviation;
    }
    try {
      Matcher offset = OFFSET.matcher(text);
      if (offset.matches()) {
        int sign = offset.group(1).equals("-") ? -1 : 1;
        return Optional.of(
            ZoneOffset.ofHoursMinutesSeconds(
                sign * Integer.parseInt(offset.group(2)),
                sign * number(offset.group(3)),
                sign * number(offset.group(4))));
      }
      return text.indexOf('/') > 0 ? Optional.of(ZoneId.of(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
