package dev.lifesign.lab.file;

import dev.lifesign.lab.table.Row;

/** Turns the rows of a table into events. */
interface EventRows {

  /** Takes the next row. */
  void accept(Row row);

  /** Passes on what waits for more rows; there are none. */
  default void finish() {}
}
