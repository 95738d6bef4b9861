package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The timeline without Kafka: how much faster, and how it grows. */
public final class DirectFigures {

  private static final String DIRECT = "direct";
  private static final String LIFESIGN = "lifesign-exactly-once";

  private static final int MOST_ROUNDS = 3;

  /** More customers than so many run once: ten million take four minutes. */
  private static final int MANY = 1_000_000;

  /** With the events of the job, and room for the collector: 11 GiB were live at ten million. */
  private static final int CUSTOMERS_A_GIGABYTE = 750_000;

  private DirectFigures() {}

  /** The figures. */
  public static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<Attempt>> attempts =
        bench.rounds(
            bench.scale().sample(),
            Ticks.HOURLY,
            false,
            bench.scale().rounds(),
            List.of(EntrantSpec.own(DIRECT, false), EntrantSpec.own(LIFESIGN, true)));
    figures.add(
        Figure.atLeast(
            "Direct replay on one core : Kafka Streams on two",
            "The timeline and an index in memory, on one thread.",
            5,
            Bench.ratios(attempts, DIRECT, LIFESIGN, "rate")));
    figures.add(
        Figure.atMost(
            "Index writes an event, first events and fired entries aside",
            "Only a deadline that comes earlier is written: the entry goes, and another comes.",
            "writes",
            0.05,
            Bench.samples(attempts.get(DIRECT), "indexWrites")));
    int most = bench.scale().most();
    for (int customers = most / 100; customers <= most; customers *= 10) {
      List<Double> nanos =
          bench
              .withoutTopics(
                  bench.scale().onCustomers(customers),
                  customers > MANY ? 1 : Math.min(MOST_ROUNDS, bench.scale().rounds()),
                  EntrantSpec.own(DIRECT, false).withHeap(heap(customers)))
              .stream()
              .map(attempt -> 1e9 / attempt.figures().get("workRate"))
              .toList();
      figures.add(
          Figure.told(
              "Direct replay, time an event or deadline on %,d customers".formatted(customers),
              "Grows with what the processor's caches no longer hold.",
              "ns",
              nanos));
    }
    return figures;
  }

  private static int heap(int customers) {
    return 1 + customers / CUSTOMERS_A_GIGABYTE;
  }
}
