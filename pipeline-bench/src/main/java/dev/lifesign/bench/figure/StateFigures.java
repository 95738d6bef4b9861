package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;

/** The cost of state: its size, and deadlines that are due at the same time. */
public final class StateFigures {

  private static final String LIFESIGN = "lifesign-exactly-once";
  private static final String STATE = "lifesign-state";

  private static final int[] EVENTS_A_CUSTOMER = {5, 50, 500};
  private static final double[] BYTES = {300, 900, 4_096};

  private StateFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(bytes(bench));
    figures.addAll(deadlines(bench));
    return figures;
  }

  private static List<Figure> bytes(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < EVENTS_A_CUSTOMER.length; i++) {
      int each = EVENTS_A_CUSTOMER[i];
      int customers = (int) Math.max(100, bench.scale().sample().events() / each);
      Job job = new Job(customers, (long) customers * (each - 1), 0, 4, 3);
      Attempt attempt =
          bench
              .rounds(job, Ticks.HOURLY, true, 1, List.of(EntrantSpec.own(STATE, true)))
              .get(STATE)
              .get(0);
      figures.add(
          Figure.atMost(
              "Bytes a customer at " + each + " events",
              "All stores on disk after compaction.",
              "bytes",
              BYTES[i],
              List.of(attempt.figures().get("bytesPerCustomer"))));
      figures.add(
          Figure.told(
              "Events a second at " + each + " events a customer",
              "Of %,d customers; one round.".formatted(customers),
              "events/s",
              List.of(attempt.rate())));
      figures.add(
          Figure.told(
              "Changelog bytes an event at " + each + " events a customer",
              "On the broker's disk, as compressed by the producer.",
              "bytes",
              List.of(attempt.figures().get("changelogBytes") / job.total())));
    }
    return figures;
  }

  private static List<Figure> deadlines(Bench bench) {
    int customers = bench.scale().fallingSilent();
    List<Attempt> attempts =
        bench
            .rounds(
                bench.scale().introductions(customers),
                Ticks.LAST,
                false,
                1,
                List.of(EntrantSpec.own(LIFESIGN, true)))
            .get(LIFESIGN);
    List<Double> ratios = new ArrayList<>();
    for (Attempt attempt : attempts) {
      for (int part = 1; attempt.figures().containsKey("firedAfterRate" + part); part++) {
        ratios.add(attempt.figures().get("firedAfterRate" + part) / attempt.rate());
      }
    }
    return List.of(
        Figure.told(
            "Deadlines due at once", "", "deadlines", Bench.samples(attempts, "firedAfter")),
        Figure.atLeast(
            "Deadlines due at once, fired a second : events a second",
            "All deadlines of %,d customers' year with one tick, in fifths of the time it takes; events are the customers' first."
                .formatted(customers),
            1,
            ratios));
  }
}
