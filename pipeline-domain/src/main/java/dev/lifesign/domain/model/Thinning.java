package dev.lifesign.domain.model;

import java.util.stream.IntStream;

/** Selects a representative part of many ordered observations. */
final class Thinning {

  /** Enough for parameters within a few hundredths of those for all observations. */
  private static final int ENOUGH = 4_096;

  /** Selecting a part pays only from this multiple of it. */
  private static final int WORTHWHILE = 4;

  private Thinning() {}

  /** The indexes of the selected observations, evenly spaced; all of them if there are too few. */
  static int[] indexes(int size) {
    int step = size < WORTHWHILE * ENOUGH ? 1 : size / ENOUGH;
    return IntStream.iterate(step / 2, index -> index < size, index -> index + step).toArray();
  }
}
