package dev.lifesign.lab.file;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.mapping.Columns;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.table.Compressed;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.table.Rows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The rows of a file after its header, and the columns that a mapping names. */
final class Table implements Closeable {

  private final Path file;
  private final String name;
  private final Rows rows;
  private final Columns columns;
  private final Deque<Row> ahead = new ArrayDeque<>();
  private int before;

  /**
   * Opens a file and finds its header.
   *
   * @throws UserError if it cannot be read, or lacks a column
   */
  Table(Path file, String name, Mapping mapping) {
    this.file = file;
    this.name = name;
    try {
      this.rows = Rows.of(Compressed.open(file), mapping.table());
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      this.columns =
          Columns.needsHeader(mapping) ? named(mapping) : Columns.byNumber(name, mapping);
    } catch (UserError e) {
      close();
      throw e;
    }
  }

  /** The first row, or the first of the next ones that names the columns. */
  private Columns named(Mapping mapping) {
    List<Row> seen = new ArrayList<>();
    while (seen.size() < Columns.PREAMBLE) {
      Optional<Row> row = read();
      if (row.isEmpty()) {
        break;
      }
      if (row.get().fault().isEmpty() && Columns.isHeader(mapping, name, row.get())) {
        before = seen.size();
        return Columns.of(name, mapping, row.get());
      }
      seen.add(row.get());
    }
    if (seen.isEmpty()) {
      throw new UserError(
          "Expected a header and rows in %s, but it is empty; check --events".formatted(name));
    }
    Columns columns = Columns.of(name, mapping, seen.get(0));
    ahead.addAll(seen.subList(1, seen.size()));
    return columns;
  }

  Columns columns() {
    return columns;
  }

  /** The number of rows before the header, which are skipped. */
  int before() {
    return before;
  }

  /** The encoding of lines that are not UTF-8, as far as there were any. */
  Optional<Charset> fallback() {
    return rows.fallback();
  }

  /** The next row; empty at the end. */
  Optional<Row> next() {
    return ahead.isEmpty() ? read() : Optional.of(ahead.removeFirst());
  }

  private Optional<Row> read() {
    try {
      return rows.next();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UserError unreadable(IOException e) {
    return Compressed.unreadable(name, e, "--events");
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UserError("The file %s cannot be closed: %s".formatted(file, e.getMessage()), e);
    }
  }
}
