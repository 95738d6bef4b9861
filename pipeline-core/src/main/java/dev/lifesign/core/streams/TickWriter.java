package dev.lifesign.core.streams;

import dev.lifesign.core.time.Instants;

/**
 * Decides when a live task writes a tick: once a second, but not while its gate is closed, and
 * after a gap in its own ticks longer than {@code lateness} not for {@code settle}, so that
 * producers that were cut off send first what they held back.
 */
final class TickWriter {

  private final long settle;
  private long last;
  private long quietUntil = Instants.NEVER;

  /**
   * A writer that goes on after the last tick read.
   *
   * @param last NEVER if there was none
   * @param settle milliseconds
   */
  TickWriter(long last, long settle) {
    this.last = last;
    this.settle = settle;
  }

  /**
   * Whether a tick is to be written at that instant of the wall clock; if so, it counts as written.
   */
  boolean isDue(long now, long lateness, boolean gateOpen) {
    if (!gateOpen) {
      return false;
    }
    if (now < quietUntil) {
      last = now;
      return false;
    }
    boolean gap = last != Instants.NEVER && now - last > Math.max(lateness, MIN_GAP);
    last = now;
    if (gap) {
      quietUntil = now + settle;
      return false;
    }
    return true;
  }

  /** A pause shorter than this is none, however short {@code lateness} is. */
  private static final long MIN_GAP = 2_000;
}
