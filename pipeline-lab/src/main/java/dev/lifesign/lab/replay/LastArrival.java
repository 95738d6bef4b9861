package dev.lifesign.lab.replay;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.Line;

/** Finds the last arrival of a file, at which a replay ends by default. */
public final class LastArrival {

  private final long now;
  private long last = Instants.NEVER;
  private long lastInTheFuture = Instants.NEVER;

  /**
   * No line yet.
   *
   * @param now a later arrival counts only if there is no other: it may be a wrong year
   */
  public LastArrival(long now) {
    this.now = now;
  }

  /** Takes a line with an event that is accepted. */
  public void accept(Line line) {
    if (line.arrivedAt() <= now) {
      last = Math.max(last, line.arrivedAt());
    } else {
      lastInTheFuture = Math.max(lastInTheFuture, line.arrivedAt());
    }
  }

  /** The last arrival, milliseconds since 1970; 0 without any. */
  public long instant() {
    long found = last == Instants.NEVER ? lastInTheFuture : last;
    return found == Instants.NEVER ? 0 : found;
  }
}
