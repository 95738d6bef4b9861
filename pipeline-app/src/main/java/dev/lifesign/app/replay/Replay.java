package dev.lifesign.app.replay;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.file.Arrivals;
import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Rejection;
import dev.lifesign.core.time.Instants;
import java.time.Duration;
import java.util.OptionalLong;
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

  /**
   * Plays the file in the order of arrival: its events up to the end, and its own ticks, the last
   * of them included. A tick comes when every line that arrived by then was played, and does not
   * depend on other lines to come.
   */
  void play(Results results, Consumer<Line> event, LongConsumer tick) {
    Ticks ticks = new Ticks();
    Arrivals.read(
        events,
        total,
        line -> {
          read.accept(line);
          if (!rejectsAtOnce(line, results) && line.arrivedAt() <= until) {
            ticks.before(line.arrivedAt(), tick);
            event.accept(line);
          }
        },
        line -> {
          unreadable.accept(line);
          reject(results, line, line.fault().orElseThrow());
        });
    ticks.upTo(until, tick);
    tick.accept(lastTick());
  }

  /** Whether the line arrives at a time that no topic takes; if so, it is a dead letter already. */
  private static boolean rejectsAtOnce(Line line, Results results) {
    if (line.arrivedAt() >= 0 && line.arrivedAt() <= Acceptance.LATEST) {
      return false;
    }
    reject(
        results,
        line,
        Acceptance.check(line.event().orElseThrow(), line.arrivedAt()).orElseThrow());
    return true;
  }

  static void reject(Results results, Line line, Rejection rejection) {
    results.deadLetter(line.number(), rejection.reason().name(), rejection.message());
  }

  /**
   * Writes ticks as a live pipeline would have had them, whether or not events come: at arrivals,
   * once they have come far enough; at the begin of every day; and whenever the population's cut
   * points are to be taken.
   */
  private final class Ticks {
    private final OptionalLong cutsEvery = policy.policy().rfm().cutsEvery();
    private long lastTick = Long.MIN_VALUE;
    private long arrived = Long.MIN_VALUE;

    /** All that arrived before an instant is played, and something arrives at it. */
    void before(long arrivedAt, LongConsumer tick) {
      if (arrived != Long.MIN_VALUE && arrivedAt > arrived) {
        upTo(arrivedAt - 1, tick);
      }
      arrived = arrivedAt;
    }

    /** All that arrived up to an instant is played. */
    void upTo(long instant, LongConsumer tick) {
      if (arrived == Long.MIN_VALUE) {
        return;
      }
      if (lastTick == Long.MIN_VALUE || arrived - lastTick >= tickEvery.toMillis()) {
        lastTick = arrived;
        tick.accept(arrived);
      }
      // One at the arrival itself comes when all that arrived then is played.
      for (long next = after(arrived - 1); next <= instant; next = after(next)) {
        if (next > lastTick) {
          lastTick = next;
          tick.accept(next);
        }
      }
    }

    private long after(long instant) {
      long day = next(instant, Instants.DAY);
      return cutsEvery.isEmpty() ? day : Math.min(day, next(instant, cutsEvery.getAsLong()));
    }

    private static long next(long instant, long every) {
      return (Math.floorDiv(instant, every) + 1) * every;
    }
  }
}
