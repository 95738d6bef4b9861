package dev.lifesign.domain.cel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {

  private Nearest() {}

  /** Asks whether the nearest name was meant, or lists all. */
  static String hint(String name, Collection<String> names) {
    return to(name, names)
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> "choose one of " + String.join(", ", names));
  }

  /** The name that needs the fewest letters changed; empty if it needs more than a third. */
  static Optional<String> to(String name, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(each -> distance(name, each)))
        .filter(near -> 3 * distance(name, near) <= Math.max(name.length(), near.length()));
  }

  /** Levenshtein distance; case does not count. */
  private static int distance(String one, String other) {
    String from = one.toLowerCase(Locale.ROOT);
    String to = other.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
