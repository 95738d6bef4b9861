package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.LiveRun;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The latency from the intended send time of an event until its status change can be read. */
public final class LatencyFigures {

  private static final double NANOS_A_MILLI = 1e6;

  private LatencyFigures() {}

  /**
   * Measures the figures with Lifesign's default commit interval.
   *
   * @param saturation the highest rate that Lifesign processes, events per second; half of it is
   *     sent
   */
  public static List<Figure> measure(Bench bench, double saturation) {
    List<Double> middle = new ArrayList<>();
    List<Double> tail = new ArrayList<>();
    double rate = saturation / 2;
    for (Histogram round :
        LiveRun.at(
            bench.site(),
            rate,
            bench.scale().liveSeconds(),
            bench.scale().rounds(),
            EntrantSpec.COMMIT_MILLIS)) {
      middle.add(round.getValueAtPercentile(50) / NANOS_A_MILLI);
      tail.add(round.getValueAtPercentile(99) / NANOS_A_MILLI);
    }
    String meaning =
        "At %,.0f events a second, half of saturation, from the intended send time to a read_committed consumer; commit interval %d ms, half of that after a change at the earliest."
            .formatted(rate, EntrantSpec.COMMIT_MILLIS);
    return List.of(
        Figure.atMost("Latency, p50", meaning, "ms", 150, middle),
        Figure.atMost("Latency, p99", meaning, "ms", 500, tail));
  }
}
