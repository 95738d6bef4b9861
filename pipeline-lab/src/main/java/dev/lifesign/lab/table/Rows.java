package dev.lifesign.lab.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a table of text. A value in quotes may contain line ends. Where quotes are wrong, the
 * line with the first of them is a row with a fault, and reading continues with the next line, so
 * that one bad line costs one line. Memory is bounded by {@link #LONGEST}.
 */
public final class Rows implements Closeable {

  /** The longest row of several lines, characters. */
  static final int LONGEST = 1 << 16;

  private static final int SAMPLE = 50;

  private final TextLines lines;
  private final RowText split;
  private final Dialect dialect;

  /** Lines that were read ahead. */
  private final Deque<TextLines.TextLine> ahead = new ArrayDeque<>();

  private boolean ended;

  private Rows(TextLines lines, TableFormat format) throws IOException {
    this.lines = lines;
    List<String> sample = new ArrayList<>();
    for (TextLines.TextLine line = read(); line != null; line = read()) {
      ahead.add(line);
      sample.add(line.text());
      if (sample.size() == SAMPLE) {
        break;
      }
    }
    this.dialect = Dialect.of(sample, format);
    this.split = new RowText(dialect);
    if (!sample.isEmpty() && Dialect.delimiterLine(sample.get(0)).isPresent()) {
      ahead.removeFirst();
    }
  }

  /**
   * The rows of a stream, which is closed with this.
   *
   * @throws IOException if the stream cannot be read
   */
  public static Rows of(InputStream in, TableFormat format) throws IOException {
    TextLines lines = new TextLines(in, format.encoding());
    return new Rows(lines, format);
  }

  /** How values are separated and quoted. */
  public Dialect dialect() {
    return dialect;
  }

  /** The encoding that lines were read in because they are not UTF-8, if there were any so far. */
  public Optional<Charset> fallback() {
    return lines.fallback();
  }

  /** The next row that is not blank; empty at the end. */
  public Optional<Row> next() throws IOException {
    while (true) {
      TextLines.TextLine line = line();
      if (line == null) {
        return Optional.empty();
      }
      if (line.cut()) {
        return Optional.of(
            Row.bad(
                line.number(),
                line.text().substring(0, Math.min(LONGEST, line.text().length())),
                "The line is longer than 1 MiB; check --csv or the mapping, and whether this is a table"));
      }
      if (line.text().isBlank()) {
        continue;
      }
      Row row = row(line);
      if (!row.isEmpty() || row.fault().isPresent()) {
        return Optional.of(row);
      }
    }
  }

  private Row row(TextLines.TextLine first) throws IOException {
    String text = first.text();
    if (split.hasQuote(text) && split.endsInQuote(text, false)) {
      text = joined(first);
    }
    Optional<String[]> values = text == null ? Optional.empty() : split.values(text);
    if (values.isPresent()) {
      return Row.of(first.number(), values.get(), text);
    }
    return Row.bad(
        first.number(),
        first.text(),
        "The quotation marks of this line do not match; double those inside a quoted value");
  }

  /** The text up to the line in which the quote closes; null if it does not, or too late. */
  private String joined(TextLines.TextLine first) throws IOException {
    StringBuilder text = new StringBuilder(first.text());
    Deque<TextLines.TextLine> taken = new ArrayDeque<>();
    while (text.length() <= LONGEST) {
      TextLines.TextLine next = line();
      if (next == null) {
        break;
      }
      taken.add(next);
      text.append('\n').append(next.text());
      if (split.hasQuote(next.text())) {
        if (!split.endsInQuote(next.text(), true)) {
          String all = text.toString();
          if (split.values(all).isPresent()) {
            return all;
          }
          break;
        }
      }
    }
    while (!taken.isEmpty()) {
      ahead.addFirst(taken.removeLast());
    }
    return null;
  }

  private TextLines.TextLine line() throws IOException {
    return ahead.isEmpty() ? read() : ahead.removeFirst();
  }

  private TextLines.TextLine read() throws IOException {
    TextLines.TextLine line = ended ? null : lines.next();
    ended = line == null;
    return line;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
