package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.util.List;
import java.util.Map;

/** The cost of cases. */
public final class CaseFigures {

  private static final EntrantSpec PLAIN = EntrantSpec.own("lifesign-exactly-once", true);
  private static final EntrantSpec WITHOUT = EntrantSpec.own(EntrantMain.CUTS, true);
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
            List.of(PLAIN, WITHOUT, WITH));
    return List.of(
        Figure.atLeast(
            "Events per second with the cases of the preset for shops : without cases",
            "The same job by turns, exactly once. Both score customers by the fixed cut points that a"
                + " case needs.",
            "ratio",
            0.88,
            Bench.ratios(attempts, WITH.name(), WITHOUT.name(), "rate")),
        Figure.told(
            "Events per second with these cut points and no cases : without either",
            "Customers of this job have five events a year, so that segments change more often than"
                + " events arrive.",
            "ratio",
            Bench.ratios(attempts, WITHOUT.name(), PLAIN.name(), "rate")));
  }
}
