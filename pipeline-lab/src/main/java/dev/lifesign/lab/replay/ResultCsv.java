package dev.lifesign.lab.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A CSV file of results as in RFC 4180, with lines ending in {@code \n}. A missing value is null or
 * empty, and is written without quotes.
 */
final class ResultCsv implements Closeable {

  /** A spreadsheet takes text that begins with one of these for a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final CsvWriter csv;
  private final boolean spreadsheetSafe;

  /**
   * Creates the file.
   *
   * @param spreadsheetSafe whether text that a spreadsheet would take for a formula gets an
   *     apostrophe before it
   */
  ResultCsv(Path file, boolean spreadsheetSafe) throws IOException {
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
    this.spreadsheetSafe = spreadsheetSafe;
  }

  /** Writes a row; only text, and not a number, can be taken for a formula. */
  void row(Object... cells) throws IOException {
    String[] texts = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      String text = cells[i] == null ? "" : cells[i].toString();
      texts[i] = spreadsheetSafe && cells[i] instanceof String ? safe(text) : text;
    }
    try {
      csv.writeRecord(texts);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String safe(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
