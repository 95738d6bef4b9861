package dev.lifesign.lab.mapping;

import dev.lifesign.domain.event.Family;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The columns of one table that a mapping names. */
public final class Columns {

  /** Columns of refunded amounts that are used where a status is mapped and they are not. */
  private static final List<String> REFUNDED = List.of("Refunded Amount", "Amount Refunded");

  /** A header is looked for in this many rows. */
  public static final int PREAMBLE = 30;

  private static final int MOST_COLUMNS = 10_000;

  private final Mapping mapping;
  private final Optional<Header> header;
  private final int[][] indexes = new int[Field.values().length][];
  private final String[] constants = new String[Field.values().length];
  private final List<int[]> extraTimes = new ArrayList<>();
  private final List<Integer> filtered = new ArrayList<>();

  private Columns(String file, Mapping mapping, Optional<Header> header) {
    this.mapping = mapping;
    this.header = header;
    for (Field field : Field.values()) {
      Optional<Source> source = mapping.source(field);
      indexes[field.ordinal()] =
          source.map(one -> indexes(file, field.key(), one)).orElseGet(() -> new int[0]);
      constants[field.ordinal()] = source.flatMap(Source::constant).orElse("");
    }
    requireAll(file);
    mapping.extraEvents().forEach(e -> extraTimes.add(indexes(file, "events.time", e.time())));
    mapping.filters().forEach(f -> filtered.add(index(file, "filter", f.column()).getAsInt()));
    if (mapping.source(Field.STATUS).isPresent() && mapping.source(Field.REFUNDED).isEmpty()) {
      header.ifPresent(this::findRefunded);
    }
  }

  /** Columns that may each be missing may not all be missing where an event needs one. */
  private void requireAll(String file) {
    List<Field> required = new ArrayList<>(List.of(Field.CUSTOMER, Field.TIME));
    if (mapping.family() == Family.PURCHASE) {
      boolean product = has(Field.QUANTITY) && has(Field.PRICE);
      if (!product || mapping.source(Field.AMOUNT).isPresent()) {
        required.add(Field.AMOUNT);
      }
    } else if (mapping.family() == Family.SUBSCRIPTION) {
      required.add(Field.SUBSCRIPTION);
    }
    for (Field field : required) {
      if (!has(field)) {
        throw missing(file, field.key(), name(field).replace(", ", " or "));
      }
    }
  }

  private void findRefunded(Header names) {
    for (String column : REFUNDED) {
      if (names.names().contains(column)) {
        indexes[Field.REFUNDED.ordinal()] = new int[] {names.index(column).getAsInt()};
        return;
      }
    }
  }

  /** Whether a mapping needs a row that names the columns: as it says, or if it has names. */
  public static boolean needsHeader(Mapping mapping) {
    return mapping
        .table()
        .header()
        .orElseGet(() -> named(mapping).stream().anyMatch(column -> !Source.isNumber(column)));
  }

  /** All columns that a mapping names. */
  private static List<String> named(Mapping mapping) {
    List<String> named = new ArrayList<>();
    mapping.sources().values().forEach(source -> named.addAll(source.columns()));
    mapping.extraEvents().forEach(event -> named.addAll(event.time().columns()));
    mapping.filters().forEach(filter -> named.add(filter.column()));
    return named;
  }

  /** Whether a row names a column for customer and for time. */
  public static boolean isHeader(Mapping mapping, String file, Row row) {
    Header names = new Header(file, row);
    for (Field field : new Field[] {Field.CUSTOMER, Field.TIME}) {
      Optional<Source> source = mapping.source(field);
      boolean there =
          source.isEmpty()
              || source.get().constant().isPresent()
              || source.get().columns().stream()
                  .anyMatch(column -> names.index(column).isPresent());
      if (!there) {
        return false;
      }
    }
    return true;
  }

  /**
   * The columns of a table with a row of names.
   *
   * @param file its name, for messages
   * @throws UserError if a column is not there, or is there twice
   */
  public static Columns of(String file, Mapping mapping, Row header) {
    return new Columns(file, mapping, Optional.of(new Header(file, header)));
  }

  /** The columns of a table without a row of names. */
  public static Columns byNumber(String file, Mapping mapping) {
    return new Columns(file, mapping, Optional.empty());
  }

  private int[] indexes(String file, String key, Source source) {
    List<Integer> found = new ArrayList<>();
    for (String column : source.columns()) {
      indexOf(column).ifPresent(found::add);
    }
    if (found.isEmpty() && !source.columns().isEmpty() && !source.optional()) {
      throw missing(file, key, String.join(" or ", source.columns()));
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private OptionalInt index(String file, String key, String column) {
    OptionalInt index = indexOf(column);
    if (index.isEmpty()) {
      throw missing(file, key, column);
    }
    return index;
  }

  private OptionalInt indexOf(String column) {
    if (header.isPresent()) {
      return header.get().index(column);
    }
    return Source.isNumber(column) && Integer.parseInt(column) >= 1
        ? OptionalInt.of(Math.min(Integer.parseInt(column), MOST_COLUMNS) - 1)
        : OptionalInt.empty();
  }

  private UserError missing(String file, String key, String column) {
    return new UserError(
        header.isPresent()
            ? "%s: expected the columns of %s to include %s, but they are %s; name one of them, or check the delimiter"
                .formatted(key, file, column, header.get().names())
            : "%s: %s is not a column number, and %s has no header; give a number from 1"
                .formatted(key, column, file));
  }

  /** Whether the table has a column, or the mapping a constant, for a field. */
  public boolean has(Field field) {
    return indexes[field.ordinal()].length > 0 || !constants[field.ordinal()].isEmpty();
  }

  /** The value of a field in a row, from the first of its columns that has one; else empty. */
  public String value(Row row, Field field) {
    for (int index : indexes[field.ordinal()]) {
      String value = row.value(index);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return constants[field.ordinal()];
  }

  /**
   * The values of a field in a row, in the order of its columns; those that are empty are left out.
   */
  public List<String> values(Row row, Field field) {
    List<String> values = new ArrayList<>();
    for (int index : indexes[field.ordinal()]) {
      if (!row.value(index).isEmpty()) {
        values.add(row.value(index));
      }
    }
    if (!constants[field.ordinal()].isEmpty()) {
      values.add(constants[field.ordinal()]);
    }
    return values;
  }

  /** The time of an extra event; empty if the row has none. */
  public String extraTime(Row row, int event) {
    for (int index : extraTimes.get(event)) {
      if (!row.value(index).isEmpty()) {
        return row.value(index);
      }
    }
    return "";
  }

  /** The columns of a field, for messages. */
  public String name(Field field) {
    return mapping
        .source(field)
        .map(source -> String.join(", ", source.columns()))
        .filter(names -> !names.isEmpty())
        .orElse(field.key());
  }

  /** Whether a row meets the filters. */
  public boolean keeps(Row row) {
    for (int i = 0; i < filtered.size(); i++) {
      if (!mapping.filters().get(i).keeps(row.value(filtered.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a row repeats the names of the columns. */
  public boolean isHeaderAgain(Row row) {
    return header.isPresent()
        && row.size() == header.get().size()
        && row.value(0).equals(header.get().names().get(0))
        && row.values().equals(header.get().names());
  }

  /** The number of named columns; empty without names. */
  public OptionalInt size() {
    return header.map(names -> OptionalInt.of(names.size())).orElseGet(OptionalInt::empty);
  }
}
