package dev.lifesign.app.cli;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that a command reads several times. Standard input and pipes can be read only once, so they
 * are copied, and the copies are deleted when this is closed.
 */
final class InputFiles implements AutoCloseable {

  /** Stands for standard input. */
  static final String STDIN = "-";

  private final String argument;
  private final List<Spool> spools = new ArrayList<>();

  /**
   * No file yet.
   *
   * @param argument what names the files on the command line, for messages
   */
  InputFiles(String argument) {
    this.argument = argument;
  }

  /** The name of a file, for messages. */
  static String name(String given) {
    return given.equals(STDIN) ? "standard input" : given;
  }

  /**
   * Where to read a file.
   *
   * @param given its path, or {@link #STDIN}
   * @throws UserError if it cannot be read
   */
  Path path(String given) {
    if (given.equals(STDIN)) {
      return spool(System.in, name(given));
    }
    Path path = Path.of(given);
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new UserError(unreadable(given));
    }
    if (Files.isRegularFile(path)) {
      return path;
    }
    try (InputStream pipe = Files.newInputStream(path)) {
      return spool(pipe, given);
    } catch (IOException e) {
      throw new UserError(unreadable(given), e);
    }
  }

  private String unreadable(String given) {
    return "Expected events in %s, but it cannot be read; check %s".formatted(given, argument);
  }

  private Path spool(InputStream in, String name) {
    Spool spool = Spool.of(in, name);
    spools.add(spool);
    return spool.file();
  }

  @Override
  public void close() {
    spools.forEach(Spool::close);
    spools.clear();
  }
}
