package dev.lifesign.lab.mapping;

import java.util.List;
import java.util.Optional;

/**
 * Where the value of a field comes from.
 *
 * @param columns names in the header, or numbers from 1; the first that has a value counts
 * @param constant the value of all rows, instead of columns
 * @param optional whether a table may lack all of the columns
 */
public record Source(List<String> columns, Optional<String> constant, boolean optional) {

  /** Keeps its own copy of the columns. */
  public Source {
    columns = List.copyOf(columns);
  }

  /** A source of columns. */
  static Source of(List<String> columns) {
    return new Source(columns, Optional.empty(), false);
  }

  /** The same value for all rows. */
  static Source always(String value) {
    return new Source(List.of(), Optional.of(value), false);
  }

  /** The same source, whose columns a table may lack. */
  Source orAbsent() {
    return new Source(columns, constant, true);
  }

  /** Whether a column is meant by its number. */
  static boolean isNumber(String column) {
    return column.matches("\\d{1,4}");
  }
}
