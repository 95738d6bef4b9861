package dev.lifesign.lab.replay;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.lab.file.Arrivals;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A file of events, and what people ask for meanwhile, to replay through the pipeline's code.
 *
 * @param events the file
 * @param policy the policy
 * @param commands what people ask for, in order of arrival
 * @param until the instant of the result; lines that arrive later are left out
 * @param total receives the number of lines, before the first is read
 * @param read receives each line read
 * @param unreadable receives each line that cannot be read
 */
public record Replay(
    EventFile events,
    PolicyFile policy,
    List<ArrivedCommand> commands,
    long until,
    LongConsumer total,
    Consumer<Line> read,
    Consumer<Line> unreadable) {

  /** Keeps its own copy. */
  public Replay {
    commands = List.copyOf(commands);
  }

  /** A replay without commands. */
  public Replay(
      EventFile events,
      PolicyFile policy,
      long until,
      LongConsumer total,
      Consumer<Line> read,
      Consumer<Line> unreadable) {
    this(events, policy, List.of(), until, total, read, unreadable);
  }

  /** The tick that advances every customer to the end, including the deadlines at that instant. */
  public long lastTick() {
    return until + policy.policy().lateness() + 1;
  }

  /**
   * Replays the files in order of arrival: the events and the commands up to the end, events first
   * at equal arrivals, and its own ticks, including the last one (semantics, Time). No two records
   * of a customer share an arrival, whether they are events or commands. A tick comes after all
   * that arrived by then, and does not depend on what arrives later.
   */
  public void play(
      Results results, Consumer<Line> event, Consumer<ArrivedCommand> command, LongConsumer tick) {
    Ticks ticks = new Ticks();
    Arrivals.read(
        events,
        commands,
        total,
        line -> {
          read.accept(line);
          if (rejectsAtOnce(line, results)) {
            return;
          }
          if (line.arrivedAt() > until) {
            results.afterEnd(line);
            return;
          }
          ticks.before(line.arrivedAt(), tick);
          event.accept(line);
        },
        asked -> {
          if (asked.arrivedAt() > until) {
            results.afterEnd(asked);
            return;
          }
          ticks.before(asked.arrivedAt(), tick);
          command.accept(asked);
        },
        line -> {
          unreadable.accept(line);
          Rejection fault = line.fault().orElseThrow();
          results.deadLetter(line.number(), line.kind(), fault.reason().name(), fault.message());
        });
    ticks.end(tick);
    tick.accept(lastTick());
  }

  /** Why a replay refuses a line with an event; empty if it accepts it. */
  public static Optional<Rejection> rejection(Line line) {
    return FileTimes.check(line)
        .or(() -> Acceptance.check(line.event().orElseThrow(), line.arrivedAt()));
  }

  /**
   * Whether the line is one that no topic accepts, or whose fault is better described as that of a
   * file; if so, it becomes a dead letter here.
   */
  private static boolean rejectsAtOnce(Line line, Results results) {
    Optional<Rejection> rejection = FileTimes.check(line);
    rejection.ifPresent(why -> reject(results, line, why));
    return rejection.isPresent();
  }

  static void reject(Results results, Line line, Rejection rejection) {
    results.deadLetter(
        line.number(),
        Refused.kind(rejection.reason().name()),
        rejection.reason().name(),
        rejection.message());
  }

  /**
   * Writes the ticks of a replay: at every arrival; from the first one on, whether or not events
   * come, at the first instant of each day and whenever population cut points are due; and at the
   * end.
   */
  private final class Ticks {
    private final OptionalLong cutsEvery = policy.policy().rfm().cutsEvery();
    private final LocalDays days = policy.policy().days();
    private long arrived = Long.MIN_VALUE;

    /** All that arrived before an instant is played, and something arrives at it. */
    void before(long arrivedAt, LongConsumer tick) {
      if (arrived != Long.MIN_VALUE && arrivedAt > arrived) {
        upTo(arrivedAt - 1, tick);
      }
      arrived = arrivedAt;
    }

    /** Everything is played. */
    void end(LongConsumer tick) {
      if (arrived != Long.MIN_VALUE) {
        upTo(until - 1, tick);
        tick.accept(until);
      }
    }

    /** All that arrived up to an instant is played. */
    private void upTo(long instant, LongConsumer tick) {
      if (arrived <= instant) {
        tick.accept(arrived);
      }
      for (long next = after(arrived); next <= instant; next = after(next)) {
        tick.accept(next);
      }
    }

    private long after(long instant) {
      long day = days.startOf(days.dayOf(instant) + 1L);
      return cutsEvery.isEmpty() ? day : Math.min(day, next(instant, cutsEvery.getAsLong()));
    }

    private static long next(long instant, long every) {
      return (Math.floorDiv(instant, every) + 1) * every;
    }
  }
}
