package dev.lifesign.app.cli;

import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Refusals;
import java.io.PrintWriter;

/** Tells which lines of a file were refused. */
final class RefusedLines {

  private RefusedLines() {}

  /**
   * Prints the lines by kind, and what the reader of the file has to tell.
   *
   * @param read the number of lines read, for a file that does not count rows
   * @return the exit code: that of faults if most lines were refused
   */
  static int tell(Refusals refusals, EventFile file, long read, PrintWriter print) {
    refusals.sentences(file).forEach(print::println);
    file.notes().sentences(file).forEach(print::println);
    long rows = file.notes().rows();
    boolean most = 2 * refusals.count() > (rows > 0 ? rows : read);
    if (most) {
      print.printf(
          "Most of %s was refused, so the results say little; correct --mapping or --csv, or the file%n",
          file.name());
    }
    print.flush();
    return most ? ExitCodes.FAULTS : ExitCodes.OK;
  }
}
