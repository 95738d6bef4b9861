package dev.lifesign.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares two entrants, or one entrant on two jobs, in two processes that run alternately for a
 * second or two while the other is paused. So each has the whole machine during its turn, and
 * changes in the machine's speed affect both. The processes need the long timeouts of {@link
 * dev.lifesign.bench.entrant.EntrantMain#BY_TURNS}.
 *
 * @param one events per second of the first side, by turn; one turn more than the other side
 * @param other events per second of the other side; each turn is between two of the first
 * @param rest the result of the other side; its rate includes the time for which it was paused
 */
public record Turns(List<Double> one, List<Double> other, Attempt rest) {

  private static final int TURNS = 10;

  /** The number of turns that do not count. */
  private static final int LEAD = 3;

  /**
   * The warm-up is divided into this many turns: a process is slow after its first pauses, until
   * code is compiled for that too.
   */
  private static final int PIECES_OF_WARMUP = 8;

  /** Copies the lists. */
  public Turns {
    one = List.copyOf(one);
    other = List.copyOf(other);
  }

  /** An entrant's run on a job, with existing output topics. */
  public record Side(Bout bout, EntrantSpec entrant, String outputs) {
    private Running begin() {
      return bout.begin(entrant, outputs);
    }
  }

  /**
   * Runs two sides by turns. The warm-up is by turns too, so that neither side is paused for long.
   * After the last turn the first side is ended, and the other one runs to its end.
   *
   * @param budget the time limit for each wait
   */
  public static Turns play(Side one, Side other, Duration budget) {
    List<Double> rates = new ArrayList<>();
    List<Double> otherRates = new ArrayList<>();
    try (Running running = other.begin()) {
      warmUp(running, 1, budget);
      try (Running first = one.begin()) {
        warmUp(first, 1, budget);
        for (int piece = 2; piece <= PIECES_OF_WARMUP; piece++) {
          running.release();
          warmUp(running, piece, budget);
          first.release();
          warmUp(first, piece, budget);
        }
        for (int i = 0; i < LEAD; i++) {
          turn(running, budget);
          turn(first, budget);
        }
        rates.add(turn(first, budget));
        while (rates.size() <= TURNS && hasTurn(first) && hasTurn(running)) {
          otherRates.add(turn(running, budget));
          rates.add(turn(first, budget));
        }
      }
      running.release();
      return new Turns(rates, otherRates, other.bout().end(running, budget));
    }
  }

  private static void warmUp(Running running, int pieces, Duration budget) {
    running.awaitDone(running.run().warmup() * pieces / PIECES_OF_WARMUP, budget);
    running.hold();
  }

  /**
   * The number of events in a turn. Some are left over, because a process continues briefly before
   * it is paused.
   */
  private static long part(Running running) {
    return (running.run().job().total() - running.run().warmup()) / (TURNS + LEAD + 3);
  }

  private static boolean hasTurn(Running running) {
    return running.done() + part(running) < running.run().job().total() - part(running);
  }

  /** Runs a turn and returns its rate, events per second. */
  private static double turn(Running running, Duration budget) {
    running.release();
    long begin = System.nanoTime();
    long before = running.done();
    running.awaitDone(before + part(running), budget);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double events = running.done() - (double) before;
    running.hold();
    return events / seconds;
  }

  /**
   * For each turn of the other side, the ratio of its rate to the mean of the turns before and
   * after it.
   */
  public List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < other.size(); i++) {
      ratios.add(2 * other.get(i) / (one.get(i) + one.get(i + 1)));
    }
    return ratios;
  }
}
