package dev.lifesign.lab.mapping;

import java.util.List;
import java.util.Locale;

/**
 * A condition on a column, which a row has to meet.
 *
 * @param column its name, or its number from 1
 * @param values the texts that it is compared with, without regard to case
 * @param keep whether a row with one of them is kept, and others left out; else the reverse
 */
public record Filter(String column, List<String> values, boolean keep) {

  /** Folds the values. */
  public Filter {
    values = values.stream().map(Filter::folded).toList();
  }

  /** Whether a row with this text in the column is kept. */
  public boolean keeps(String text) {
    return values.contains(folded(text)) == keep;
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
