package dev.lifesign.lab.file;

import dev.lifesign.domain.command.Command;
import java.util.Comparator;

/**
 * A command of a file.
 *
 * @param line the number of its line, from 1
 * @param arrivedAt when it arrives, milliseconds since 1970
 * @param command the command
 */
public record ArrivedCommand(long line, long arrivedAt, Command command) {

  /** The order of arrival; equal arrivals in file order. */
  static final Comparator<ArrivedCommand> ORDER =
      Comparator.comparingLong(ArrivedCommand::arrivedAt).thenComparingLong(ArrivedCommand::line);
}
