package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** How many lines are of a kind, and the first of them. */
public final class Tally {

  /** How many of the first lines are kept. */
  private static final int FIRST = 3;

  private final List<Long> first = new ArrayList<>();
  private long count;

  /** Adds a line. */
  public void add(long line) {
    count++;
    if (first.size() < FIRST) {
      first.add(line);
    }
  }

  /** Adds the lines of another tally, under other numbers. */
  void addAll(Tally other, LongUnaryOperator place) {
    count += other.count;
    for (long line : other.first) {
      if (first.size() < FIRST) {
        first.add(place.applyAsLong(line));
      }
    }
  }

  /** The number of lines. */
  public long count() {
    return count;
  }

  /** The numbers of the first lines, at most three. */
  public List<Long> first() {
    return List.copyOf(first);
  }
}
