package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The comparison with another build of Lifesign on the whole job: whether a change cost speed. */
public final class BuildFigures {

  private static final String THIS = "lifesign-exactly-once";

  private BuildFigures() {}

  /**
   * Measures the figures.
   *
   * @param checkout the folder of the other build, whose benchmark is packaged
   */
  public static List<Figure> measure(Bench bench, Path checkout) {
    EntrantSpec own = EntrantSpec.own(THIS, true);
    EntrantSpec other = own.ofBuild(checkout);
    Map<String, List<Attempt>> whole =
        bench.rounds(
            bench.scale().whole(), Ticks.HOURLY, true, bench.scale().rounds(), List.of(own, other));
    return List.of(
        Figure.told(THIS + ", whole", "", "events/s", Bench.samples(whole.get(THIS), "rate")),
        Figure.told(
            other.name() + ", whole",
            "",
            "events/s",
            Bench.samples(whole.get(other.name()), "rate")),
        Figure.atLeast(
            "This build : the other build, whole",
            "The same job with the same harness and broker, round by round.",
            0.97,
            Bench.ratios(whole, THIS, other.name(), "rate")));
  }
}
