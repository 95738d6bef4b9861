package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.Turns;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares this build of Lifesign with another one on the whole job, to find out whether a change
 * cost speed. The builds take turns of a second or two: on a shared machine, whole runs one after
 * the other differ by more than the change does.
 */
public final class BuildFigures {

  private final Bench bench;
  private final EntrantSpec own = EntrantSpec.own("lifesign" + EntrantMain.BY_TURNS, true);
  private final EntrantSpec other;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> otherRates = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  private BuildFigures(Bench bench, Path checkout) {
    this.bench = bench;
    this.other = own.ofBuild(checkout);
  }

  /**
   * Measures the figures.
   *
   * @param checkout the folder of the other build, whose benchmark is packaged
   */
  public static List<Figure> measure(Bench bench, Path checkout) {
    return new BuildFigures(bench, checkout).measure();
  }

  private List<Figure> measure() {
    Job job = bench.scale().whole();
    Bout bout = bench.bout(job, Ticks.HOURLY, false);
    for (int round = 1; round <= bench.scale().rounds(); round++) {
      // The side that begins is paused longer, so each build begins every other time.
      if (round % 2 == 1) {
        Turns turns = play(bout, other, own);
        otherRates.addAll(turns.one());
        rates.addAll(turns.other());
        ratios.addAll(turns.ratios());
      } else {
        Turns turns = play(bout, own, other);
        rates.addAll(turns.one());
        otherRates.addAll(turns.other());
        turns.ratios().forEach(ratio -> ratios.add(1 / ratio));
      }
    }
    bench.log(job, own, rates);
    bench.log(job, other, otherRates);
    return List.of(
        Figure.told(own.name(), "", "events/s", rates),
        Figure.told(other.name(), "", "events/s", otherRates),
        Figure.atLeast(
            "This build compared with the other (ratio)",
            "The same job with the same harness and broker; each turn beside the one before and the one after it.",
            0.97,
            ratios));
  }

  private Turns play(Bout bout, EntrantSpec one, EntrantSpec another) {
    String outputs = bout.prepare(one);
    String otherOutputs = bout.prepare(another);
    try {
      return Turns.play(
          new Turns.Side(bout, one, outputs),
          new Turns.Side(bout, another, otherOutputs),
          bench.scale().budget());
    } finally {
      bench.site().delete(outputs);
      bench.site().delete(otherOutputs);
    }
  }
}
