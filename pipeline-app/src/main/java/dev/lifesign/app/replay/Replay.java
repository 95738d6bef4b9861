package dev.lifesign.app.replay;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Rejection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A file of events to be put through the pipeline's code.
 *
 * @param events the file
 * @param policy the policy
 * @param until as of when the result holds; lines that arrive later are left out
 * @param tickEvery how far arrivals must have come for another tick
 * @param total is told how many lines there are, before the first is read
 * @param read is told each line read
 * @param unreadable is told each line that cannot be read
 */
public record Replay(
    EventFile events,
    PolicyFile policy,
    long until,
    Duration tickEvery,
    LongConsumer total,
    Consumer<Line> read,
    Consumer<Line> unreadable) {

  /** An hour of arrivals between two ticks. */
  public static final Duration DEFAULT_TICK = Duration.ofHours(1);

  /** The tick that brings every customer to the end, the deadlines at that instant included. */
  long lastTick() {
    return until + policy.policy().lateness() + 1;
  }

  /** Whether the line arrives at a time that no topic takes; if so, it is a dead letter already. */
  boolean rejectsAtOnce(Line line, Results results) {
    if (line.arrivedAt() >= 0 && line.arrivedAt() <= Acceptance.LATEST) {
      return false;
    }
    Rejection rejection =
        Acceptance.check(line.event().orElseThrow(), line.arrivedAt()).orElseThrow();
    results.deadLetter(line.number(), rejection.reason().name(), rejection.message());
    return true;
  }

  /** Tells when a replay writes ticks: at arrivals, once they have come far enough. */
  final class Ticks {
    private long lastTick = Long.MIN_VALUE;
    private long arrived = Long.MIN_VALUE;

    /**
     * The tick to be written before a line that arrives, or {@code Long.MIN_VALUE} for none: every
     * line that arrived by then was read.
     */
    long before(long arrivedAt) {
      long tick = Long.MIN_VALUE;
      if (arrived != Long.MIN_VALUE
          && arrivedAt > arrived
          && (lastTick == Long.MIN_VALUE || arrived - lastTick >= tickEvery.toMillis())) {
        tick = arrived;
        lastTick = arrived;
      }
      arrived = arrivedAt;
      return tick;
    }
  }
}
