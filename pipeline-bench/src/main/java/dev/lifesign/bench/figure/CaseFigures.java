package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.util.List;
import java.util.Map;

/** The cost of cases. */
public final class CaseFigures {

  private static final EntrantSpec WITHOUT = EntrantSpec.own("lifesign-exactly-once", true);
  private static final EntrantSpec WITH = EntrantSpec.own(EntrantMain.CASES, true);

  private CaseFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    Map<String, List<Attempt>> attempts =
        bench.rounds(
            bench.scale().whole(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(WITHOUT, WITH));
    return List.of(
        Figure.atLeast(
            "Events per second with the cases of the preset for shops : without cases",
            "The same job by turns, exactly once. Alerts, and the segments that a case asks for, are"
                + " published too.",
            "ratio",
            0.88,
            Bench.ratios(attempts, WITH.name(), WITHOUT.name(), "rate")));
  }
}
