package dev.lifesign.lab.fit;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Builds a history from events of any customers, in any order. Stores one or two numbers per
 * customer and purchase day.
 */
public final class HistoryReader {

  /** Customers are distributed over this many parts, which are filled in parallel. */
  private static final int PARTS = 16;

  private final List<Map<String, Buyer>> parts = new ArrayList<>();
  private final Policy policy;
  private final long until;

  /**
   * A reader that has not read anything.
   *
   * @param policy whose calendar and currencies apply; money in a currency without a rate counts 0
   * @param until events that arrive later are left out
   */
  public HistoryReader(Policy policy, long until) {
    this.policy = policy;
    this.until = until;
    for (int i = 0; i < PARTS; i++) {
      parts.add(new HashMap<>());
    }
  }

  /**
   * Reads a file.
   *
   * @param policy whose calendar and currencies apply; money in a currency without a rate counts 0
   * @param until lines that arrive later are left out
   * @param read receives the number of lines read
   * @param unreadable receives each line that is not an event
   */
  public static History read(
      EventFile file, Policy policy, long until, IntConsumer read, Consumer<Line> unreadable) {
    HistoryReader reader = new HistoryReader(policy, until);
    file.readMany(
        Function.identity(),
        batch -> {
          batch.stream().filter(line -> line.event().isEmpty()).forEach(unreadable);
          reader.take(batch);
          read.accept(batch.size());
        });
    return reader.end();
  }

  /** Adds lines in the order of the file. */
  private void take(List<Line> batch) {
    int[] partOf =
        batch.stream().mapToInt(line -> line.event().map(this::part).orElse(-1)).toArray();
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            part -> {
              for (int i = 0; i < partOf.length; i++) {
                if (partOf[i] == part) {
                  take(part, batch.get(i).event().orElseThrow(), batch.get(i).arrivedAt());
                }
              }
            });
  }

  /** Adds an event if it is an accepted purchase or refund and not a duplicate. */
  public void take(Event event, long arrivedAt) {
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
          .accept((Purchase) Acceptance.settle(event, arrivedAt), policy);
    }
  }

  /** Ends the reading, and returns what was read. */
  public History end() {
    parts.parallelStream().forEach(part -> part.values().forEach(Buyer::finish));
    return history();
  }

  /** What was read so far, in an order that does not depend on that of the events. */
  History history() {
    return History.of(
        parts.parallelStream()
            .flatMap(part -> part.entrySet().stream().sorted(Map.Entry.comparingByKey()))
            .map(Map.Entry::getValue)
            .toList());
  }
}
