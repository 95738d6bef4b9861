package dev.lifesign.app.file;

import java.util.function.Consumer;

/** A file of events, in one of the forms that can be read (semantics, Files of events). */
public interface EventFile {

  /**
   * Reads every line from the first to the last.
   *
   * @param lines takes each line that is not blank
   * @throws dev.lifesign.app.UserError if the file cannot be read
   */
  void read(Consumer<Line> lines);

  /** The size of the file, bytes. */
  long size();

  /** Which file, for messages. */
  String name();
}
