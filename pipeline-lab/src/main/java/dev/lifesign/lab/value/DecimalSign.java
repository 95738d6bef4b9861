package dev.lifesign.lab.value;

/** The sign between the whole part and the fraction of a number. */
public enum DecimalSign {
  /** As each number shows; a number that does not show it is refused. */
  AUTO,
  /** A point: 1,234.50. */
  POINT,
  /** A comma: 1.234,50. */
  COMMA
}
