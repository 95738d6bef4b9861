package dev.lifesign.lab.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A file of events in one of the supported formats (semantics, Files of events). */
public interface EventFile {

  /** The number of lines per batch in files that are read line by line. */
  int BATCH = 4_096;

  /**
   * Reads every line from the first to the last.
   *
   * @param lines receives each line that is not blank
   * @throws dev.lifesign.lab.UserError if the file cannot be read
   */
  void read(Consumer<Line> lines);

  /**
   * Reads every line from the first to the last in batches, and converts each batch.
   *
   * @param make converts a batch of lines that are not blank, and must not keep the batch after its
   *     result was taken; called from several threads, some batches ahead
   * @param take receives the results in the order of the lines, on the calling thread
   * @throws dev.lifesign.lab.UserError if the file cannot be read
   */
  default <T> void readMany(Function<List<Line>, T> make, Consumer<T> take) {
    List<Line> batch = new ArrayList<>();
    read(
        line -> {
          batch.add(line);
          if (batch.size() == BATCH) {
            take.accept(make.apply(batch));
            batch.clear();
          }
        });
    take.accept(make.apply(batch));
  }

  /** The size of the file in bytes. */
  long size();

  /** The name of the file, for messages. */
  String name();

  /** What the last reading reports in addition to its lines. */
  default ReadNotes notes() {
    return new ReadNotes();
  }

  /** The file that a line is in, for messages. */
  default String nameOf(long line) {
    return name();
  }

  /** The number of a line in its file, from 1. */
  default long numberOf(long line) {
    return line;
  }
}
