package dev.lifesign.app.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A file of events, in one of the forms that can be read (semantics, Files of events). */
public interface EventFile {

  /** Lines that are given at a time, where lines are counted. */
  int BATCH = 4_096;

  /**
   * Reads every line from the first to the last.
   *
   * @param lines takes each line that is not blank
   * @throws dev.lifesign.app.UserError if the file cannot be read
   */
  void read(Consumer<Line> lines);

  /**
   * Reads every line from the first to the last, many at a time, and makes something of them.
   *
   * @param make makes something of lines that are not blank, and is done with them when what it
   *     made was taken; by several threads at a time, some batches ahead
   * @param take takes what was made, in the order of the lines, by the thread that reads
   * @throws dev.lifesign.app.UserError if the file cannot be read
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

  /** The size of the file, bytes. */
  long size();

  /** Which file, for messages. */
  String name();
}
