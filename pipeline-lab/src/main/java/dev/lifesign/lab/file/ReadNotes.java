package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader of a file has to tell beside its lines: rows that it left out, and how it read. */
public final class ReadNotes {

  private final Map<String, Tally> leftOut = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** A row was left out on purpose. */
  void leftOut(String kind, long line) {
    leftOut.computeIfAbsent(kind, any -> new Tally()).add(line);
  }

  /** Something that the reader of the results should know. */
  void remark(String sentence) {
    if (!remarks.contains(sentence)) {
      remarks.add(sentence);
    }
  }

  /** The rows left out on purpose, by kind. */
  public Map<String, Tally> leftOut() {
    return new LinkedHashMap<>(leftOut);
  }

  /** Sentences about how the file was read. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Adds what another file's reader has to tell. */
  void addAll(ReadNotes other, java.util.function.LongUnaryOperator place) {
    other.leftOut.forEach(
        (kind, tally) -> leftOut.computeIfAbsent(kind, any -> new Tally()).addAll(tally, place));
    other.remarks.forEach(this::remark);
  }
}
