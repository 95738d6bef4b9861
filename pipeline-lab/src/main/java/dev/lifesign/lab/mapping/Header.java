package dev.lifesign.lab.mapping;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The names of the columns of a table. */
final class Header {

  private final String file;
  private final List<String> names;

  /** The names in a row. */
  Header(String file, Row row) {
    this.file = file;
    this.names = row.values();
  }

  /** The number of columns. */
  int size() {
    return names.size();
  }

  /** The names. */
  List<String> names() {
    return names;
  }

  /**
   * The index of a column, from 0: the one of this very name, or else the only one that differs in
   * case, spaces and underscores alone, or else the one of this number; empty if there is none.
   *
   * @throws UserError if several columns have the name
   */
  OptionalInt index(String column) {
    List<Integer> found = matching(name -> name.equals(column));
    if (found.isEmpty()) {
      String folded = folded(column);
      found = matching(name -> folded(name).equals(folded));
    }
    if (found.size() > 1) {
      throw new UserError(
          "%s has %d columns of the name %s (numbers %s); give the number of the one that you mean"
              .formatted(
                  file,
                  found.size(),
                  column,
                  String.join(", ", found.stream().map(i -> String.valueOf(i + 1)).toList())));
    }
    if (found.size() == 1) {
      return OptionalInt.of(found.get(0));
    }
    if (Source.isNumber(column)) {
      int number = Integer.parseInt(column);
      return number >= 1 && number <= names.size()
          ? OptionalInt.of(number - 1)
          : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private List<Integer> matching(java.util.function.Predicate<String> wanted) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (wanted.test(names.get(i))) {
        found.add(i);
      }
    }
    return found;
  }

  /** A name in lower case, its words separated by one space. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\u00A0\\u200C\\uFEFF]+", " ").strip();
  }
}
