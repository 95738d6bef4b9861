package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** What a reading reports in addition to its lines: the rows it left out, and how it read them. */
public final class ReadNotes {

  private long rows;
  private final Map<String, Tally> leftOut = new LinkedHashMap<>();
  private final Map<Doubt, Tally> doubts = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** A row was read. */
  void row() {
    rows++;
  }

  /** A row was left out on purpose. */
  void leftOut(String kind, long line) {
    leftOut.computeIfAbsent(kind, any -> new Tally()).add(line);
  }

  /**
   * An order was counted as it stands, although something about it is odd.
   *
   * @param kind what is odd
   * @param advice what to do about it
   */
  void inDoubt(String kind, String advice, long line) {
    doubts.computeIfAbsent(new Doubt(kind, advice), any -> new Tally()).add(line);
  }

  /** The same for several orders, or none. */
  void inDoubt(String kind, String advice, Tally lines) {
    if (lines.count() > 0) {
      doubts.put(new Doubt(kind, advice), lines);
    }
  }

  private record Doubt(String kind, String advice) {}

  /** Something that the reader of the results should know. */
  void remark(String sentence) {
    if (!remarks.contains(sentence)) {
      remarks.add(sentence);
    }
  }

  /** The number of rows read; 0 for a file whose lines are events. */
  public long rows() {
    return rows;
  }

  /**
   * A sentence per kind of rows that were left out on purpose, of orders that are in doubt, and
   * those about the reading.
   */
  public List<String> sentences(EventFile file) {
    List<String> sentences = new ArrayList<>();
    leftOut.forEach(
        (kind, tally) ->
            sentences.add(
                "Left out, rows %s: %,d, %s"
                    .formatted(kind, tally.count(), Refusals.places(tally, file))));
    doubts.forEach(
        (doubt, tally) ->
            sentences.add(
                "In doubt, orders %s: %,d, %s. %s"
                    .formatted(
                        doubt.kind, tally.count(), Refusals.places(tally, file), doubt.advice)));
    sentences.addAll(remarks);
    return sentences;
  }

  /** The rows left out on purpose, by kind. */
  public Map<String, Tally> leftOut() {
    return new LinkedHashMap<>(leftOut);
  }

  /** Adds the notes of another file. */
  void addAll(ReadNotes other, LongUnaryOperator place) {
    rows += other.rows;
    other.leftOut.forEach(
        (kind, tally) -> leftOut.computeIfAbsent(kind, any -> new Tally()).addAll(tally, place));
    other.doubts.forEach(
        (doubt, tally) -> doubts.computeIfAbsent(doubt, any -> new Tally()).addAll(tally, place));
    other.remarks.forEach(this::remark);
  }
}
