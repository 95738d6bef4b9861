package dev.lifesign.lab.replay;

import dev.lifesign.domain.time.Instants;
import java.util.Arrays;

/** Ticks in the order in which they came, each with the instant before which it takes deadlines. */
final class PassedTicks {

  private int size;
  private long[] at = new long[1024];
  private long[] bounds = new long[1024];

  /** The latest bound of a tick and all ticks before it. */
  private long[] furthest = new long[1024];

  /** Adds a tick that takes the deadlines before a bound. */
  void add(long tick, long bound) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      bounds = Arrays.copyOf(bounds, 2 * size);
      furthest = Arrays.copyOf(furthest, 2 * size);
    }
    at[size] = tick;
    bounds[size] = bound;
    furthest[size] = size == 0 ? bound : Math.max(furthest[size - 1], bound);
    size++;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** All ticks together take the deadlines before this instant; NEVER if there are none. */
  long furthest() {
    return size == 0 ? Instants.NEVER : furthest[size - 1];
  }

  /** The instant of a tick. */
  long at(int tick) {
    return at[tick];
  }

  /**
   * The first tick that takes a deadline.
   *
   * @param due when the deadline is due
   * @param from the first tick to consider
   * @param end exclusive; returned if no tick before it does
   */
  int firstPast(long due, int from, int end) {
    if (from >= end || furthest[end - 1] <= due) {
      return end;
    }
    int low = from;
    int high = end - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (furthest[middle] > due) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    // If the lateness changes, a later tick can have an earlier bound.
    while (low < end && bounds[low] <= due) {
      low++;
    }
    return low;
  }
}
