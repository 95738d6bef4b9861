package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.EntrantSpec;
import java.util.ArrayList;
import java.util.List;

/** The cost of the timeline without Kafka, for growing numbers of customers. */
public final class DirectFigures {

  private static final String DIRECT = "direct";

  private static final int MOST_ROUNDS = 3;

  /**
   * From this number of customers on there is one round: a million take half a minute, ten million
   * four minutes.
   */
  private static final int MANY = 1_000_000;

  /**
   * The number of customers per GiB of heap, with room for the events and the collector: ten
   * million customers occupied 11 GiB.
   */
  private static final int CUSTOMERS_A_GIGABYTE = 750_000;

  /** The same if half of the heap is for new objects. */
  private static final int CUSTOMERS_A_GIGABYTE_BY_HALVES = 500_000;

  /**
   * Half of the heap is for new objects, and survivors are promoted at once: they are the current
   * states of customers, which live long. Tiered compilation is off, because on one core compiling
   * code twice takes time from the replay.
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

  /** The entrant on one core, with the same job and heap as the other entrants. */
  static EntrantSpec onOneCore(int customers) {
    return EntrantSpec.own(DIRECT, false)
        .withHeap(1 + customers / CUSTOMERS_A_GIGABYTE_BY_HALVES)
        .withFlags(ONE_CORE)
        .onOneProcessor();
  }

  /** Measures the figures. */
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

  /** The heap for the given number of customers, GiB. */
  private static int heap(int customers) {
    return 1 + customers / CUSTOMERS_A_GIGABYTE;
  }
}
