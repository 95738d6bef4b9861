package dev.lifesign.core.model;

import java.util.stream.IntStream;

/** Which of many observations, in some order, stand for all of them at first. */
final class Thinning {

  /** Enough for parameters within some hundredths of those of all. */
  private static final int ENOUGH = 4_096;

  /** With fewer times as many, all of them are as soon looked at. */
  private static final int WORTHWHILE = 4;

  private Thinning() {}

  /** The places of those that are taken, at even distances; all, where there are too few. */
  static int[] places(int size) {
    int step = size < WORTHWHILE * ENOUGH ? 1 : size / ENOUGH;
    return IntStream.iterate(step / 2, place -> place < size, place -> place + step).toArray();
  }
}
