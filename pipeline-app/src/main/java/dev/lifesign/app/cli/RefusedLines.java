package dev.lifesign.app.cli;

import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Refusals;
import java.io.PrintWriter;

/** Prints which lines of a file were refused. */
final class RefusedLines {

  private RefusedLines() {}

  /**
   * Prints the lines by kind, and the notes of the file's reader.
   *
   * @param read the number of events and of refused lines
   * @return the exit code: that of faults if most lines were refused
   */
  static int print(Refusals refusals, EventFile file, long read, PrintWriter print) {
    refusals.sentences(file).forEach(print::println);
    file.notes().sentences(file).forEach(print::println);
    print.flush();
    return exitCode(refusals.areMostOf(file, read), file, print);
  }

  /**
   * The exit code: that of faults if most lines were refused, which is then printed.
   *
   * @param areMost whether most lines of the file were refused
   */
  static int exitCode(boolean areMost, EventFile file, PrintWriter print) {
    if (!areMost) {
      return ExitCodes.OK;
    }
    print.printf(
        "Most of %s was refused, so the results say little; correct the file, or the mapping of its columns%n",
        file.name());
    print.flush();
    return ExitCodes.FAULTS;
  }
}
