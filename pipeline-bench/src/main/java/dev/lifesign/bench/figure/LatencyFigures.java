package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.LiveRun;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** From the instant at which an event was to be sent until its status change can be read. */
public final class LatencyFigures {

  private static final double NANOS_A_MILLI = 1e6;

  private LatencyFigures() {}

  /**
   * The figures, with commits as often as Lifesign does them by itself.
   *
   * @param saturation events a second that Lifesign does at most; half of it is offered
   */
  public static List<Figure> measure(Bench bench, double saturation) {
    return measure("Latency", bench, saturation, EntrantSpec.COMMIT_MILLIS);
  }

  /** The same with commits more or less often. */
  static List<Figure> committingEvery(int millis, Bench bench, double saturation) {
    return measure(
        "Latency with a commit every %d ms".formatted(millis), bench, saturation, millis);
  }

  private static List<Figure> measure(
      String name, Bench bench, double saturation, int commitMillis) {
    List<Double> middle = new ArrayList<>();
    List<Double> tail = new ArrayList<>();
    double rate = saturation / 2;
    for (Histogram round :
        LiveRun.at(
            bench.site(),
            rate,
            bench.scale().liveSeconds(),
            bench.scale().rounds(),
            commitMillis)) {
      middle.add(round.getValueAtPercentile(50) / NANOS_A_MILLI);
      tail.add(round.getValueAtPercentile(99) / NANOS_A_MILLI);
    }
    String meaning =
        "At %,.0f events a second, half of saturation, from the intended send time to a read_committed consumer; commit interval %d ms."
            .formatted(rate, commitMillis);
    return List.of(
        Figure.atMost(name + ", p50", meaning, "ms", 150, middle),
        Figure.atMost(name + ", p99", meaning, "ms", 500, tail));
  }
}
