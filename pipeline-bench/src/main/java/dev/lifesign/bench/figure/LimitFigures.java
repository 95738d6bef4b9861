package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The room for improvement: bounds and competitors that do more or less than those of the default
 * run.
 */
public final class LimitFigures {

  private static final String LIFESIGN = "lifesign-exactly-once";
  private static final String BARE = "bare-processor";
  private static final String AS_MUCH = "bare-as-much";
  private static final String TELLS_AS_MUCH = "bare-tells-as-much";
  private static final String DECIDES = "bare-decides";
  private static final String HOPPING = "hopping-windows";
  private static final String ORDERS = HOPPING + "-orders";
  private static final String TUNED = HOPPING + "-tuned";
  private static final String RATE = "rate";

  private LimitFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    int rounds = bench.scale().rounds();
    Map<String, List<Attempt>> attempts =
        new LinkedHashMap<>(
            bench.rounds(
                bench.scale().half(),
                Ticks.HOURLY,
                true,
                rounds,
                List.of(
                    EntrantSpec.own(LIFESIGN, true),
                    EntrantSpec.own(BARE, false),
                    EntrantSpec.own(AS_MUCH, false),
                    EntrantSpec.own(TELLS_AS_MUCH, false),
                    EntrantSpec.own(DECIDES, true))));
    attempts.putAll(
        bench.rounds(
            bench.scale().small(),
            Ticks.HOURLY,
            false,
            rounds,
            List.of(EntrantSpec.own(TUNED, false), EntrantSpec.own(ORDERS, false))));
    List<Figure> figures = new ArrayList<>();
    attempts.forEach(
        (name, each) ->
            figures.add(
                Figure.told(
                    name + (name.startsWith(HOPPING) ? ", 2 %" : ", half"),
                    "",
                    "events/s",
                    Bench.samples(each, RATE))));
    figures.add(
        Figure.told(
            "Bare processor that does as much : bare processor",
            "One that does to stores and topics what Lifesign does an event, and decides nothing.",
            "ratio",
            Bench.ratios(attempts, AS_MUCH, BARE, RATE)));
    figures.add(
        Figure.told(
            "Bare processor that tells as much, without stores : bare processor",
            "One that sends the records that Lifesign sends an event, those of its changelog among"
                + " them, and keeps all in the heap: Lifesign's ratio cannot be higher.",
            "ratio",
            Bench.ratios(attempts, TELLS_AS_MUCH, BARE, RATE)));
    figures.add(
        Figure.told(
            "Processor that decides and tells the same, without stores : bare processor",
            "One that holds customers and deadlines in tables in the heap, with nothing to restore"
                + " and nothing to ask: what is left to the stores and the index of Lifesign.",
            "ratio",
            Bench.ratios(attempts, DECIDES, BARE, RATE)));
    figures.add(
        Figure.told(
            "Lifesign : processor that decides and tells the same, without stores",
            "What the stores, the index and their upkeep leave.",
            "ratio",
            Bench.ratios(attempts, LIFESIGN, DECIDES, RATE)));
    figures.add(
        Figure.told(
            "Lifesign : bare processor that does as much",
            "What deciding, encoding and decoding leave.",
            "ratio",
            Bench.ratios(attempts, LIFESIGN, AS_MUCH, RATE)));
    figures.add(
        Figure.atLeast(
            "Lifesign : hopping windows and scan, tuned",
            "With the settings that Lifesign gives to Kafka Streams, its clients and RocksDB.",
            10,
            Bench.ratios(attempts, LIFESIGN, TUNED, RATE)));
    figures.add(
        Figure.atLeast(
            "Lifesign : hopping windows of orders, and scan",
            "They count one event in three, the orders.",
            10,
            Bench.ratios(attempts, LIFESIGN, ORDERS, RATE)));
    figures.addAll(ManyLimitFigures.measure(bench));
    return figures;
  }
}
