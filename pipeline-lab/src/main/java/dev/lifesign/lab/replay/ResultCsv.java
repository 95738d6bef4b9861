package dev.lifesign.lab.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A CSV file of results as in RFC 4180, with lines ending in {@code \n}. A missing value is null or
 * empty text, and is written without quotes.
 */
final class ResultCsv implements Closeable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  /** A spreadsheet takes text that begins with one of these for a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final CSVPrinter csv;
  private final boolean spreadsheetSafe;

  /**
   * Creates the file.
   *
   * @param spreadsheetSafe whether text that a spreadsheet would take for a formula gets an
   *     apostrophe before it, which spreadsheets do not show
   */
  ResultCsv(Path file, boolean spreadsheetSafe) throws IOException {
    this.csv = new CSVPrinter(Files.newBufferedWriter(file), FORMAT);
    this.spreadsheetSafe = spreadsheetSafe;
  }

  /** Writes a row; only text, and not a number, can be taken for a formula. */
  void row(Object... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof String text) {
        cells[i] = text.isEmpty() ? null : spreadsheetSafe ? safe(text) : text;
      }
    }
    csv.printRecord(cells);
  }

  private static String safe(String text) {
    return FORMULA_STARTS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
