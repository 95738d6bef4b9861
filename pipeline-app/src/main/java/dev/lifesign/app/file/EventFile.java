package dev.lifesign.app.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A file of events, in one of the forms that can be read (semantics, Files of events). */
public interface EventFile {

  /** Lines that are given at a time. */
  int BATCH = 4_096;

  /**
   * Reads every line from the first to the last.
   *
   * @param lines takes each line that is not blank
   * @throws dev.lifesign.app.UserError if the file cannot be read
   */
  void read(Consumer<Line> lines);

  /**
   * Reads every line from the first to the last, many at a time.
   *
   * @param batches takes lines that are not blank, and is done with them when it returns
   * @throws dev.lifesign.app.UserError if the file cannot be read
   */
  default void readMany(Consumer<List<Line>> batches) {
    List<Line> batch = new ArrayList<>();
    read(
        line -> {
          batch.add(line);
          if (batch.size() == BATCH) {
            batches.accept(batch);
            batch.clear();
          }
        });
    batches.accept(batch);
  }

  /** The size of the file, bytes. */
  long size();

  /** Which file, for messages. */
  String name();
}
