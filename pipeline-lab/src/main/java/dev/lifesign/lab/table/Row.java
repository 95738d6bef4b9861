package dev.lifesign.lab.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A row of a table, or lines that are not one. */
public final class Row {

  private final long number;
  private final String[] values;
  private final String text;
  private final Optional<String> fault;

  private Row(long number, String[] values, String text, Optional<String> fault) {
    this.number = number;
    this.values = values;
    this.text = text;
    this.fault = fault;
  }

  static Row of(long number, String[] values, String text) {
    return new Row(number, values, text, Optional.empty());
  }

  static Row bad(long number, String text, String fault) {
    return new Row(number, new String[0], text, Optional.of(fault));
  }

  /** The number of its first line, from 1. */
  public long number() {
    return number;
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** The value in a column, from 0; empty if the row has no such column. */
  public String value(int column) {
    return column >= 0 && column < values.length ? values[column] : "";
  }

  /** The values in order. */
  public List<String> values() {
    return List.of(values);
  }

  /** Whether all values are empty. */
  public boolean isEmpty() {
    return Arrays.stream(values).allMatch(String::isEmpty);
  }

  /** The row as it is in the file. */
  public String text() {
    return text;
  }

  /** Why it cannot be read as a row; empty if it can. */
  public Optional<String> fault() {
    return fault;
  }
}
