package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.mapping.Columns;
import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.table.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A table of text, such as a shop's export, whose columns a mapping explains. */
public final class MappedEventFile implements EventFile {

  private static final Set<String> TOTALS =
      Set.of("total", "totals", "grand total", "sum", "summe", "gesamt", "suma", "جمع", "جمع کل");

  private static final Pattern AFTER_TOTAL = Pattern.compile("[:.\\s]+$");

  private final Path file;
  private final String name;
  private final Mapping mapping;
  private final String baseCurrency;
  private final String idPrefix;
  private ReadNotes notes = new ReadNotes();
  private Survey survey;

  /**
   * A table.
   *
   * @param file where it is
   * @param name its name, for messages
   * @param mapping what its columns mean
   * @param baseCurrency the currency of rows without one
   * @param idPrefix begins the ids of events that have none in the table; unique per file
   */
  public MappedEventFile(
      Path file, String name, Mapping mapping, String baseCurrency, String idPrefix) {
    this.file = file;
    this.name = name;
    this.mapping = mapping;
    this.baseCurrency = baseCurrency;
    this.idPrefix = idPrefix;
  }

  @Override
  public void read(Consumer<Line> lines) {
    if (survey == null) {
      try (Table table = new Table(file, name, mapping)) {
        survey = Survey.of(table, mapping);
      }
    }
    notes = new ReadNotes();
    Mapping settled = survey.settle(mapping, notes);
    try (Table table = new Table(file, name, mapping)) {
      if (table.before() > 0) {
        notes.remark("%,d rows before the header were skipped".formatted(table.before()));
      }
      RowOutput output = new RowOutput(idPrefix, lines, notes);
      Columns columns = table.columns();
      Cells cells = new Cells(settled, columns, baseCurrency);
      EventRows rows =
          settled.family() == Family.PURCHASE
              ? new PurchaseRows(settled, cells, survey.scattered(), output)
              : new FamilyRows(settled, cells, columns::extraTime, output);
      for (Optional<Row> row = table.next(); row.isPresent(); row = table.next()) {
        notes.row();
        read(row.get(), columns, rows, output);
      }
      rows.finish();
      table
          .fallback()
          .ifPresent(
              encoding ->
                  notes.remark(
                      "%s is not UTF-8; it is read as %s. Set encoding if that is wrong"
                          .formatted(name, encoding.name())));
    }
  }

  private static void read(Row row, Columns columns, EventRows rows, RowOutput output) {
    if (row.fault().isPresent()) {
      output.fault(
          row,
          new RowFault(RejectionReason.UNDECODABLE, "lines that are no rows", row.fault().get()));
    } else if (columns.isHeaderAgain(row)) {
      output.leftOut(row, "that repeat the header");
    } else if (isTotal(row, columns)) {
      output.leftOut(row, "of totals");
    } else if (hasTooMany(row, columns)) {
      output.fault(
          row,
          new RowFault(
              RejectionReason.UNDECODABLE,
              "rows with more values than columns",
              "The row has %d values, but there are %d columns; put a value that contains the delimiter in quotes"
                  .formatted(row.size(), columns.size().getAsInt())));
    } else if (!columns.keeps(row)) {
      output.leftOut(row, "that the filter leaves out");
    } else {
      rows.accept(row);
    }
  }

  private static boolean hasTooMany(Row row, Columns columns) {
    if (columns.size().isEmpty()) {
      return false;
    }
    for (int i = columns.size().getAsInt(); i < row.size(); i++) {
      if (!row.value(i).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a row is a total below the table: it has no time, and its first value says that it is a
   * total.
   */
  private static boolean isTotal(Row row, Columns columns) {
    return columns.value(row, Field.TIME).isEmpty()
        && row.values().stream()
            .filter(value -> !value.isEmpty())
            .limit(1)
            .map(value -> AFTER_TOTAL.matcher(value.toLowerCase(Locale.ROOT)).replaceFirst(""))
            .anyMatch(TOTALS::contains);
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw JsonLinesFile.unreadable(file, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ReadNotes notes() {
    return notes;
  }
}
