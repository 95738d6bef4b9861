package dev.lifesign.lab.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits the text of a row into its values. */
final class RowText {

  private final Dialect dialect;
  private final CsvReader.CsvReaderBuilder quoted;

  RowText(Dialect dialect) {
    this.dialect = dialect;
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(dialect.delimiter())
            .skipEmptyLines(false)
            .trimWhitespacesAroundQuotes(true);
    this.quoted =
        dialect.quote() == TableFormat.NO_QUOTE ? builder : builder.quoteCharacter(dialect.quote());
  }

  /** Whether a text has a quote, and so may go on in the next line. */
  boolean hasQuote(String text) {
    return dialect.quote() != TableFormat.NO_QUOTE && text.indexOf(dialect.quote()) >= 0;
  }

  /**
   * Whether a quote is open at the end of a text.
   *
   * @param openBefore whether one was open before it
   */
  boolean endsInQuote(String text, boolean openBefore) {
    boolean open = openBefore;
    boolean atStart = !openBefore;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (open) {
        if (dialect.backslash() && c == '\\') {
          i++;
        } else if (c == dialect.quote()) {
          open = false;
        }
      } else if (c == dialect.quote() && (atStart || text.charAt(i - 1) == dialect.quote())) {
        // After a quote that has closed, another is the second half of a doubled one.
        open = true;
        atStart = false;
      } else if (c == dialect.delimiter()) {
        atStart = true;
      } else if (c > ' ') {
        atStart = false;
      }
    }
    return open;
  }

  /** The values of a complete row; empty if its quotes are wrong. */
  Optional<String[]> values(String text) {
    if (dialect.delimiter() == TableFormat.SPACES) {
      return Optional.of(text.strip().split("\\s+"));
    }
    if (!hasQuote(text)) {
      String[] values = plain(text);
      return Optional.of(dialect.delimiter() == '\t' ? unquoted(values) : values);
    }
    String standard =
        dialect.backslash()
            ? text.replace("\\" + dialect.quote(), "" + dialect.quote() + dialect.quote())
            : text;
    try {
      List<String> fields = quoted.ofSingleCsvRecord(standard).getFields();
      String[] values = new String[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.get(i).strip();
      }
      return Optional.of(values);
    } catch (CsvParseException e) {
      return Optional.empty();
    }
  }

  private String[] plain(String text) {
    char delimiter = dialect.delimiter();
    List<String> values = new ArrayList<>(16);
    int from = 0;
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
      values.add(text.substring(from, at).strip());
      from = at + 1;
    }
    values.add(text.substring(from).strip());
    return values.toArray(String[]::new);
  }

  /** A spreadsheet quotes some values of a table with tabs; elsewhere in it a quote is a letter. */
  private static String[] unquoted(String[] values) {
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      int last = value.length() - 1;
      if (last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"') {
        values[i] = value.substring(1, last).replace("\"\"", "\"");
      }
    }
    return values;
  }
}
