package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads the lines of a file in order of arrival (semantics, Time): equal arrivals in file order; if
 * a customer already has a line at that arrival or later, the next one arrives 1 ms after it. A
 * file in order is streamed; any other is held in memory to be sorted.
 */
public final class Arrivals {

  private static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::arrivedAt).thenComparingLong(Line::number);

  private Arrivals() {}

  /**
   * Reads a file in order of arrival.
   *
   * @param file the file
   * @param total receives the number of lines, before the first one
   * @param lines receives each line that is an event
   * @param faults receives each line that is not, in file order
   */
  public static void read(
      EventFile file, LongConsumer total, Consumer<Line> lines, Consumer<Line> faults) {
    if (isInOrder(file, total)) {
      Spacing spacing = new Spacing(lines);
      file.read(
          line -> {
            if (line.event().isPresent()) {
              spacing.accept(line);
            } else {
              faults.accept(line);
            }
          });
      spacing.finish();
      return;
    }
    List<Line> all = new ArrayList<>();
    file.read(
        line -> {
          if (line.event().isPresent()) {
            all.add(line);
          } else {
            faults.accept(line);
          }
        });
    all.sort(ORDER);
    Spacing spacing = new Spacing(lines);
    all.forEach(spacing);
    spacing.finish();
  }

  private static boolean isInOrder(EventFile file, LongConsumer total) {
    long[] count = {0};
    long[] last = {Long.MIN_VALUE};
    boolean[] inOrder = {true};
    file.read(
        line -> {
          count[0]++;
          if (line.event().isPresent()) {
            inOrder[0] &= line.arrivedAt() >= last[0];
            last[0] = line.arrivedAt();
          }
        });
    total.accept(count[0]);
    return inOrder[0];
  }

  /** Spaces a customer's equal arrivals, and keeps the overall order of arrival. */
  private static final class Spacing implements Consumer<Line> {
    private final Map<String, Long> lastOf = new HashMap<>();
    private final PriorityQueue<Line> waiting = new PriorityQueue<>(ORDER);
    private final Consumer<Line> lines;

    Spacing(Consumer<Line> lines) {
      this.lines = lines;
    }

    @Override
    public void accept(Line line) {
      while (!waiting.isEmpty() && waiting.peek().arrivedAt() < line.arrivedAt()) {
        lines.accept(waiting.remove());
      }
      String customer = line.event().orElseThrow().customerId();
      Long last = lastOf.get(customer);
      long arrivedAt = last == null || last < line.arrivedAt() ? line.arrivedAt() : last + 1;
      lastOf.put(customer, arrivedAt);
      waiting.add(line.arrivingAt(arrivedAt));
    }

    void finish() {
      while (!waiting.isEmpty()) {
        lines.accept(waiting.remove());
      }
    }
  }
}
