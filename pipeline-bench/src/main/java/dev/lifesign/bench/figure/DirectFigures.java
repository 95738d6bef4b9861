package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.EntrantSpec;
import java.util.ArrayList;
import java.util.List;

/** The timeline without Kafka: what it takes as customers grow in number. */
public final class DirectFigures {

  private static final String DIRECT = "direct";

  private static final int MOST_ROUNDS = 3;

  /** So many customers and more run once: a million take half a minute, ten million four. */
  private static final int MANY = 1_000_000;

  /** With the events of the job, and room for the collector: 11 GiB were live at ten million. */
  private static final int CUSTOMERS_A_GIGABYTE = 750_000;

  /** Where half of the heap is for new objects. */
  private static final int CUSTOMERS_A_GIGABYTE_BY_HALVES = 500_000;

  /**
   * Half of the heap is for new objects, and what is left of them is kept at once: a customer as
   * the last of its events left it, which stays for long. On one core what is compiled twice is not
   * played meanwhile.
   */
  private static final List<String> ONE_CORE =
      List.of(
          "-XX:NewRatio=1",
          "-XX:MaxTenuringThreshold=0",
          "-XX:-UseAdaptiveSizePolicy",
          "-XX:+AlwaysPreTouch",
          "-XX:-TieredCompilation",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UseTransparentHugePages");

  private DirectFigures() {}

  /** The entrant that has one core, and the heap of the others on the job of the others. */
  static EntrantSpec onOneCore(int customers) {
    return EntrantSpec.own(DIRECT, false)
        .withHeap(1 + customers / CUSTOMERS_A_GIGABYTE_BY_HALVES)
        .withFlags(ONE_CORE)
        .onOneProcessor();
  }

  /** The figures. */
  public static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    int most = bench.scale().most();
    for (int customers = most / 100; customers <= most; customers *= 10) {
      List<Double> nanos =
          bench
              .withoutTopics(
                  bench.scale().onCustomers(customers),
                  customers >= MANY ? 1 : Math.min(MOST_ROUNDS, bench.scale().rounds()),
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

  /** Gigabytes for so many customers in memory. */
  private static int heap(int customers) {
    return 1 + customers / CUSTOMERS_A_GIGABYTE;
  }
}
