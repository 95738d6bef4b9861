package dev.lifesign.core.task;

import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/**
 * Decides when a live task writes a tick: once a second, but not while its gate is closed, and
 * after a gap in its own ticks longer than {@code lateness} not for {@code settle}, so that
 * producers that were cut off send first what they held back. How much of {@code settle} has passed
 * is kept with the state, so that a restart goes on with it.
 */
public final class TickWriter {

  /** A pause shorter than this is none, however short {@code lateness} is. */
  private static final long MIN_GAP = 2_000;

  private final long settle;
  private long last;
  private Optional<Settling> settling;
  private boolean restarted;
  private boolean closed;

  /**
   * A task that writes no ticks, because there was a gap in them.
   *
   * @param quiet for how long so far, milliseconds
   * @param noted when that was so, by the wall clock
   */
  public record Settling(long quiet, long noted) {

    private static Settling begin(long now) {
      return new Settling(0, now);
    }

    private Settling through(long now) {
      return new Settling(quiet + Math.max(0, now - noted), now);
    }

    private Settling resumed(long now) {
      return new Settling(quiet, now);
    }
  }

  /**
   * A writer that goes on after the last tick read.
   *
   * @param last NEVER if there was none
   * @param settle milliseconds
   * @param kept what was kept of an earlier process
   */
  TickWriter(long last, long settle, Optional<Settling> kept) {
    this.last = last;
    this.settle = settle;
    // A tick that is younger was written after it.
    this.settling = kept.filter(before -> before.noted() > last);
    this.restarted = settling.isPresent();
  }

  /**
   * Whether a tick is to be written at that instant of the wall clock; if so, it counts as written.
   */
  boolean isDue(long now, long lateness, boolean gateOpen) {
    if (!gateOpen) {
      closed = true;
      return false;
    }
    boolean gap = last != Instants.NEVER && now - last > Math.max(lateness, MIN_GAP);
    boolean cutOff = gap && closed;
    last = now;
    closed = false;
    if (settling.isPresent()) {
      settling = Optional.of(goOn(settling.get(), now, cutOff));
      if (settling.get().quiet() < settle) {
        return false;
      }
      settling = Optional.empty();
      return true;
    }
    if (gap) {
      settling = Optional.of(Settling.begin(now));
      return false;
    }
    return true;
  }

  /**
   * What has passed of {@code settle}. The time for which a process was down does not count, since
   * nobody knows whether the brokers were there; where that was longer than {@code settle} itself,
   * it begins anew.
   */
  private Settling goOn(Settling before, long now, boolean cutOff) {
    if (restarted) {
      restarted = false;
      return now - before.noted() > settle ? Settling.begin(now) : before.resumed(now);
    }
    return cutOff ? Settling.begin(now) : before.through(now);
  }

  /** What a later process must know; empty while ticks are written. */
  Optional<Settling> settling() {
    return settling;
  }
}
