package dev.lifesign.app.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Puts the lines of a file into the order of arrival (semantics, Time): equal arrivals in file
 * order; where a customer already has a line at that arrival or later, the next one arrives 1 ms
 * after it. A file that is in order is read as it goes; another is held in memory to be sorted.
 */
public final class Arrivals {

  private static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::arrivedAt).thenComparingLong(Line::number);

  private Arrivals() {}

  /**
   * Reads a file in the order of arrival.
   *
   * @param file the file
   * @param total is told how many lines there are, before the first is given
   * @param lines takes each line that is an event
   * @param faults takes each line that is not, in file order
   */
  public static void read(
      EventFile file, LongConsumer total, Consumer<Line> lines, Consumer<Line> faults) {
    if (isInOrder(file, total)) {
      Spread spread = new Spread(lines);
      file.read(
          line -> {
            if (line.event().isPresent()) {
              spread.accept(line);
            } else {
              faults.accept(line);
            }
          });
      spread.finish();
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
    Spread spread = new Spread(lines);
    all.forEach(spread);
    spread.finish();
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

  /** Spreads equal arrivals of a customer, and keeps the order of arrival over all of them. */
  private static final class Spread implements Consumer<Line> {
    private final Map<String, Long> lastOf = new HashMap<>();
    private final PriorityQueue<Line> waiting = new PriorityQueue<>(ORDER);
    private final Consumer<Line> lines;

    Spread(Consumer<Line> lines) {
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
