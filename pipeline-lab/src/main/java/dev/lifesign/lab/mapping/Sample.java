package dev.lifesign.lab.mapping;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.table.Compressed;
import dev.lifesign.lab.table.Dialect;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.table.Rows;
import dev.lifesign.lab.table.TableFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beginning of a table.
 *
 * @param header the names of its columns
 * @param rows its first rows
 * @param dialect how values are separated and quoted
 * @param fallback the encoding of lines that are not UTF-8, if there are any
 */
record Sample(List<String> header, List<Row> rows, Dialect dialect, Optional<Charset> fallback) {

  private static final int ROWS = 3_000;

  /**
   * Reads the beginning of a table.
   *
   * @throws UserError if it cannot be read, or is empty
   */
  static Sample of(Path file) {
    try (Rows rows = Rows.of(Compressed.open(file), TableFormat.DETECTED)) {
      List<Row> read = new ArrayList<>();
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (row.get().fault().isEmpty()) {
          read.add(row.get());
        }
        if (read.size() == ROWS) {
          break;
        }
      }
      if (read.isEmpty()) {
        throw new UserError(
            "Expected a header and rows in %s, but it is empty; check the path".formatted(file));
      }
      int header = header(read);
      return new Sample(
          read.get(header).values(),
          List.copyOf(read.subList(header + 1, read.size())),
          rows.dialect(),
          rows.fallback());
    } catch (NoSuchFileException e) {
      throw new UserError("There is no file %s; check the path".formatted(file), e);
    } catch (IOException e) {
      throw Compressed.unreadable(file.toString(), e, "the path");
    }
  }

  /** The row with the most names that are known. */
  private static int header(List<Row> rows) {
    Set<String> known =
        KnownNames.fields().stream()
            .flatMap(field -> KnownNames.of(field).stream())
            .collect(Collectors.toSet());
    int best = 0;
    long most = 0;
    for (int i = 0; i < Math.min(Columns.PREAMBLE, rows.size()); i++) {
      long count =
          rows.get(i).values().stream().map(KnownNames::folded).filter(known::contains).count();
      if (count > most) {
        most = count;
        best = i;
      }
    }
    return best;
  }

  /** Whether there is a column of this name or number. */
  boolean has(String column) {
    return index(column) >= 0;
  }

  private int index(String column) {
    int index = header.indexOf(column);
    return index < 0 && Source.isNumber(column) && Integer.parseInt(column) <= header.size()
        ? Integer.parseInt(column) - 1
        : index;
  }

  /** The values of a column, given by its name or number, that are not empty. */
  List<String> values(String column) {
    int index = index(column);
    return rows.stream().map(row -> row.value(index)).filter(v -> !v.isEmpty()).toList();
  }
}
