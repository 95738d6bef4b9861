package dev.lifesign.lab.file;

import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of what can be read only once, such as standard input or a pipe, since files are read
 * several times. It is deleted when closed.
 */
public final class Spool implements AutoCloseable {

  private final Path file;

  private Spool(Path file) {
    this.file = file;
  }

  /**
   * Copies a stream to its end.
   *
   * @param name its name, for messages
   * @throws UserError if it cannot be read, or there is no room for the copy
   */
  public static Spool of(InputStream in, String name) {
    try {
      Path file = Files.createTempFile("lifesign-events-", ".tmp");
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return new Spool(file);
    } catch (IOException e) {
      throw new UserError(
          "The events of %s could not be copied to a temporary file: %s; save them as a file, and name it with --events"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** The copy. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError("The temporary file %s could not be deleted".formatted(file), e);
    }
  }
}
