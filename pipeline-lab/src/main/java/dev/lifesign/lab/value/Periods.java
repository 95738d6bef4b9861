package dev.lifesign.lab.value;

import java.util.Locale;
import java.util.Map;

/** The lengths of periods as exports name them. */
public final class Periods {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("day", "P1D"),
          Map.entry("daily", "P1D"),
          Map.entry("week", "P1W"),
          Map.entry("weekly", "P1W"),
          Map.entry("month", "P1M"),
          Map.entry("monthly", "P1M"),
          Map.entry("quarter", "P3M"),
          Map.entry("quarterly", "P3M"),
          Map.entry("year", "P1Y"),
          Map.entry("yearly", "P1Y"),
          Map.entry("annual", "P1Y"),
          Map.entry("annually", "P1Y"));

  private Periods() {}

  /** A period in ISO 8601; a text that is none of the usual words stays as it is. */
  public static String iso(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return WORDS.getOrDefault(word, text.strip().toUpperCase(Locale.ROOT));
  }
}
