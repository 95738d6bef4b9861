package dev.lifesign.lab.file;

import dev.lifesign.lab.table.Row;
import java.util.function.Consumer;

/**
 * Where the lines of a table go.
 *
 * @param idPrefix begins the ids of events that have none in the table
 * @param lines receives the lines
 * @param notes receives what is left out
 */
record RowOutput(String idPrefix, Consumer<Line> lines, ReadNotes notes) {

  /** The id of an event that has none in the table. */
  String id(long number) {
    return idPrefix + "line-" + number;
  }

  void fault(Row row, RowFault fault) {
    lines.accept(fault.line(row.number(), row.text()));
  }

  void leftOut(Row row, String kind) {
    notes.leftOut(kind, row.number());
  }
}
