package dev.lifesign.core.task;

import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/**
 * Decides when a live task writes a tick: once per second, except while its gate is closed. After a
 * gap in its own ticks that is longer than {@code lateness}, it also waits for {@code settle}, so
 * that producers that were cut off can first send the events they held back. The elapsed part of
 * {@code settle} is stored with the state, so that a restart continues from it.
 */
public final class TickWriter {

  /** A pause that is shorter than this is not a gap, however short {@code lateness} is. */
  private static final long MIN_GAP = 2_000;

  private final long settle;
  private long last;
  private Optional<Settling> settling;
  private boolean restarted;
  private boolean closed;

  /**
   * The wait of a task that writes no ticks after a gap.
   *
   * @param quiet how long it has waited, milliseconds
   * @param noted the wall clock at that time
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
   * Creates a writer that continues after the last tick read.
   *
   * @param last the last tick read; NEVER if there was none
   * @param settle how long to wait after a gap, milliseconds
   * @param kept the wait stored by an earlier process
   */
  TickWriter(long last, long settle, Optional<Settling> kept) {
    this.last = last;
    this.settle = settle;
    // A tick later than the stored wait shows that the wait is over.
    this.settling = kept.filter(before -> before.noted() > last);
    this.restarted = settling.isPresent();
  }

  /** Whether to write a tick at this time of the wall clock; if so, it counts as written. */
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
   * The elapsed part of {@code settle}. The downtime of a process does not count, since it is
   * unknown whether the brokers were available; if the downtime was longer than {@code settle}, the
   * wait starts again.
   */
  private Settling goOn(Settling before, long now, boolean cutOff) {
    if (restarted) {
      restarted = false;
      return now - before.noted() > settle ? Settling.begin(now) : before.resumed(now);
    }
    return cutOff ? Settling.begin(now) : before.through(now);
  }

  /** The wait that a later process must know about; empty while ticks are written. */
  Optional<Settling> settling() {
    return settling;
  }
}
