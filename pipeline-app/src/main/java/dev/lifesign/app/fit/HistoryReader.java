package dev.lifesign.app.fit;

import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.policy.Currencies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Makes a history of events that come one after the other, of whichever customer. Holds a number or
 * two for each purchase day of each customer, whatever else the events tell.
 */
public final class HistoryReader {

  /** Customers are shared out to so many parts, which are filled side by side. */
  private static final int PARTS = 16;

  private final List<Map<String, Buyer>> parts = new ArrayList<>();
  private final Currencies currencies;
  private final long until;

  /**
   * A reader that has read nothing.
   *
   * @param currencies money in a currency without a rate counts 0
   * @param until events that arrive later are left out
   */
  HistoryReader(Currencies currencies, long until) {
    this.currencies = currencies;
    this.until = until;
    for (int i = 0; i < PARTS; i++) {
      parts.add(new HashMap<>());
    }
  }

  /**
   * Reads a file.
   *
   * @param currencies money in a currency without a rate counts 0
   * @param until lines that arrive later are left out
   * @param read is told how many lines were read
   * @param unreadable is told each line that is no event
   */
  public static History read(
      EventFile file,
      Currencies currencies,
      long until,
      IntConsumer read,
      Consumer<Line> unreadable) {
    HistoryReader reader = new HistoryReader(currencies, until);
    file.readMany(
        Function.identity(),
        batch -> {
          batch.stream().filter(line -> line.event().isEmpty()).forEach(unreadable);
          reader.take(batch);
          read.accept(batch.size());
        });
    return reader.history();
  }

  /** Takes lines in the order of the file. */
  private void take(List<Line> batch) {
    int[] places =
        batch.stream().mapToInt(line -> line.event().map(this::part).orElse(-1)).toArray();
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            part -> {
              for (int i = 0; i < places.length; i++) {
                if (places[i] == part) {
                  take(part, batch.get(i).event().orElseThrow(), batch.get(i).arrivedAt());
                }
              }
            });
  }

  /** Takes an event, if it is a purchase that is accepted and no duplicate. */
  void take(Event event, long arrivedAt) {
    take(part(event), event, arrivedAt);
  }

  private int part(Event event) {
    return Math.floorMod(event.customerId().hashCode(), PARTS);
  }

  private void take(int part, Event event, long arrivedAt) {
    if (arrivedAt <= until
        && event instanceof Purchase
        && Acceptance.check(event, arrivedAt).isEmpty()) {
      parts
          .get(part)
          .computeIfAbsent(event.customerId(), any -> new Buyer())
          .take((Purchase) Acceptance.settle(event, arrivedAt), currencies);
    }
  }

  /** What was read, in the same order whatever the order of the events. */
  History history() {
    return History.of(
        parts.parallelStream()
            .flatMap(part -> part.entrySet().stream().sorted(Map.Entry.comparingByKey()))
            .map(Map.Entry::getValue)
            .toList());
  }
}
