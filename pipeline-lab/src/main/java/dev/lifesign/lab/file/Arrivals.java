package dev.lifesign.lab.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads the lines of a file in order of arrival (semantics, Time): equal arrivals in file order; if
 * a customer already has a line at that arrival or later, the next one arrives 1 ms after it. The
 * same holds for commands, which come after the events of an equal arrival. A file in order is
 * streamed; any other is held in memory to be sorted.
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
    read(file, List.of(), total, lines, command -> {}, faults);
  }

  /**
   * Reads a file together with commands, in order of arrival.
   *
   * @param file the file
   * @param commands the commands, in order of arrival
   * @param total receives the number of lines, before the first one
   * @param lines receives each line that is an event
   * @param asked receives each command, with its arrival
   * @param faults receives each line that is not an event, in file order
   */
  public static void read(
      EventFile file,
      List<ArrivedCommand> commands,
      LongConsumer total,
      Consumer<Line> lines,
      Consumer<ArrivedCommand> asked,
      Consumer<Line> faults) {
    Spacing spacing = new Spacing(commands, lines, asked);
    if (isInOrder(file, total)) {
      file.read(
          line -> {
            if (line.event().isPresent()) {
              spacing.accept(line);
            } else {
              faults.accept(line);
            }
          });
    } else {
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
      all.forEach(spacing::accept);
    }
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
  private static final class Spacing {
    private final Map<String, Long> lastOf = new HashMap<>();
    private final Deque<ArrivedCommand> ahead;
    private final PriorityQueue<Line> lines = new PriorityQueue<>(ORDER);
    private final PriorityQueue<ArrivedCommand> commands =
        new PriorityQueue<>(ArrivedCommand.ORDER);
    private final Consumer<Line> toLines;
    private final Consumer<ArrivedCommand> toCommands;

    Spacing(
        List<ArrivedCommand> commands,
        Consumer<Line> toLines,
        Consumer<ArrivedCommand> toCommands) {
      this.ahead = new ArrayDeque<>(commands);
      this.toLines = toLines;
      this.toCommands = toCommands;
    }

    /** Takes the next line in order of arrival. */
    void accept(Line line) {
      takeCommandsBefore(line.arrivedAt());
      passOnBefore(line.arrivedAt());
      long arrivedAt = place(line.event().orElseThrow().customerId(), line.arrivedAt());
      lines.add(line.arrivingAt(arrivedAt));
    }

    void finish() {
      takeCommandsBefore(Long.MAX_VALUE);
      passOnBefore(Long.MAX_VALUE);
    }

    private void takeCommandsBefore(long instant) {
      while (!ahead.isEmpty() && ahead.peek().arrivedAt() < instant) {
        ArrivedCommand next = ahead.remove();
        passOnBefore(next.arrivedAt());
        long arrivedAt = place(next.command().customerId(), next.arrivedAt());
        commands.add(new ArrivedCommand(next.line(), arrivedAt, next.command()));
      }
    }

    private long place(String customer, long arrivedAt) {
      Long last = lastOf.get(customer);
      long place = last == null || last < arrivedAt ? arrivedAt : last + 1;
      lastOf.put(customer, place);
      return place;
    }

    /** Passes on what arrives before an instant: nothing that is still to come can precede it. */
    private void passOnBefore(long instant) {
      for (long next = next(); next < instant; next = next()) {
        if (!lines.isEmpty() && lines.peek().arrivedAt() == next) {
          toLines.accept(lines.remove());
        } else {
          toCommands.accept(commands.remove());
        }
      }
    }

    /** The earliest arrival that waits; the end of time if nothing does. */
    private long next() {
      long line = lines.isEmpty() ? Long.MAX_VALUE : lines.peek().arrivedAt();
      return commands.isEmpty() ? line : Math.min(line, commands.peek().arrivedAt());
    }
  }
}
