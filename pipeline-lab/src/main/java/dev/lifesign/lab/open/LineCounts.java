package dev.lifesign.lab.open;

import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.replay.ReplayCounts;
import java.util.List;

/**
 * What became of the lines of a file.
 *
 * @param read lines, or rows of a table
 * @param used events that counted
 * @param late those of them that arrived after a later event of their customer
 * @param duplicates events that were there before
 * @param leftOut lines that were left out on purpose, or that arrive after the end
 * @param refused lines that are no events, or events that are not accepted
 * @param details what was not used, and what is in doubt, a sentence each, in English
 */
public record LineCounts(
    long read,
    long used,
    long late,
    long duplicates,
    long leftOut,
    long refused,
    List<String> details) {

  /** Keeps its own copy of the details. */
  public LineCounts {
    details = List.copyOf(details);
  }

  /**
   * The counts of a replay.
   *
   * @param file the file, after it was replayed
   * @param until the end of the replay
   */
  public static LineCounts of(ReplayCounts counts, EventFile file, long until) {
    return new LineCounts(
        counts.read(file),
        counts.applied(),
        counts.late(),
        counts.duplicates(),
        counts.leftOut(file),
        counts.refused(),
        counts.details(file, until));
  }

  /** Whether everything was used. */
  boolean isComplete() {
    return duplicates + leftOut + refused == 0 && details.isEmpty();
  }
}
