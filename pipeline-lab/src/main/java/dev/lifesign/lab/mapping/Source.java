package dev.lifesign.lab.mapping;

import java.util.List;
import java.util.Optional;

/**
 * Where the value of a field comes from.
 *
 * @param columns names in the header, or numbers from 1; the first that has a value counts. A name
 *     that ends in a question mark may be missing
 * @param constant the value of all rows, instead of columns
 */
public record Source(List<String> columns, Optional<String> constant) {

  /** Keeps its own copy of the columns. */
  public Source {
    columns = List.copyOf(columns);
  }

  /** A source of columns. */
  static Source of(List<String> columns) {
    return new Source(columns, Optional.empty());
  }

  /** The same value for all rows. */
  static Source always(String value) {
    return new Source(List.of(), Optional.of(value));
  }

  /** Whether a column is meant by its number. */
  static boolean isNumber(String column) {
    return column.matches("\\d{1,4}");
  }
}
