package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines of a file that were refused, by kind. */
public final class Refusals {

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private long count;

  private record Kind(Tally tally, String message) {}

  /**
   * Adds a line.
   *
   * @param kind what all lines with this fault have in common
   * @param line its number
   * @param message what is wrong with it, and what to do about it
   */
  public void add(String kind, long line, String message) {
    count++;
    kinds.computeIfAbsent(kind, any -> new Kind(new Tally(), message)).tally().add(line);
  }

  /** Adds a line that cannot be read. */
  public void add(Line line) {
    add(line.kind(), line.number(), line.fault().orElseThrow().message());
  }

  /** The number of lines. */
  public long count() {
    return count;
  }

  /**
   * Whether more than half of a file was refused. Several rows of a table can be one event, and one
   * row several events, so the larger number counts.
   *
   * @param file the file, after it was read
   * @param read the number of events and of refused lines
   */
  public boolean areMostOf(EventFile file, long read) {
    ReadNotes notes = file.notes();
    long leftOut = notes.leftOut().values().stream().mapToLong(Tally::count).sum();
    return 2 * count > Math.max(read, notes.rows() - leftOut);
  }

  /** A sentence per kind: how many lines, which are the first, and what is wrong with the first. */
  public List<String> sentences(EventFile file) {
    List<String> sentences = new ArrayList<>();
    kinds.forEach(
        (kind, found) ->
            sentences.add(
                "Refused, %s: %,d, %s. %s"
                    .formatted(
                        kind,
                        found.tally().count(),
                        places(found.tally(), file),
                        found.message())));
    return sentences;
  }

  /** The first lines of a tally, such as {@code lines 4, 7, 9 and 12 more}. */
  public static String places(Tally tally, EventFile file) {
    String name = file.nameOf(tally.first().get(0));
    boolean sameFile = tally.first().stream().allMatch(line -> file.nameOf(line).equals(name));
    String numbers =
        tally.first().stream()
            .map(line -> (sameFile ? "" : file.nameOf(line) + " ") + file.numberOf(line))
            .collect(Collectors.joining(", "));
    long rest = tally.count() - tally.first().size();
    String more = rest > 0 ? " and %,d more".formatted(rest) : "";
    String where = name.equals(file.name()) || !sameFile ? "" : name + " ";
    return where + (tally.count() == 1 ? "line " : "lines ") + numbers + more;
  }
}
