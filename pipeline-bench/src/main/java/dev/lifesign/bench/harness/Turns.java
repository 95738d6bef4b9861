package dev.lifesign.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two entrants, or one on two jobs, in processes of which one runs at a time, for a second or two,
 * while the other is held: each has the machine for itself, with all that it does besides, and a
 * machine that becomes slower does so for both. Processes that are held for each other want the
 * patience of {@link dev.lifesign.bench.entrant.EntrantMain#BY_TURNS}.
 *
 * @param one events a second of one side, turn by turn: one turn more than of the other
 * @param other events a second of the other, each turn between two of the one
 * @param rest what else came of the other; its rate counts the time for which it was held
 */
public record Turns(List<Double> one, List<Double> other, Attempt rest) {

  private static final int TURNS = 10;

  /** Turns that do not count. */
  private static final int LEAD = 3;

  /** What goes on after it was held is slow at first, until it was compiled for that too. */
  private static final int PIECES_OF_WARMUP = 8;

  /** Keeps its own copies. */
  public Turns {
    one = List.copyOf(one);
    other = List.copyOf(other);
  }

  /** An entrant's run on a job, in output topics that are there. */
  public record Side(Bout bout, EntrantSpec entrant, String outputs) {
    private Running begin() {
      return bout.begin(entrant, outputs);
    }
  }

  /**
   * Lets two sides run by turns, after the warm-up of either, which is by turns too, so that none
   * is held for long; what is left of the one job when the turns are over is left undone, and the
   * other is done to its end.
   *
   * @param budget of each
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

  /** The events of a turn: there are some to spare, since who is to be held goes on a little. */
  private static long part(Running running) {
    return (running.run().job().total() - running.run().warmup()) / (TURNS + LEAD + 3);
  }

  private static boolean hasTurn(Running running) {
    return running.done() + part(running) < running.run().job().total() - part(running);
  }

  /** Its events a second, until its part of those after the warm-up is done. */
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
   * For each turn on the other job: its rate, beside the mean of those on the one before and after.
   */
  public List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < other.size(); i++) {
      ratios.add(2 * other.get(i) / (one.get(i) + one.get(i + 1)));
    }
    return ratios;
  }
}
