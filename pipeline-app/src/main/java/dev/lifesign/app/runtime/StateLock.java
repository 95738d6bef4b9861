package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A lock on the state directory, held by this process until it is closed. */
public final class StateLock implements AutoCloseable {

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks the state directory.
   *
   * @throws UserError if it is temporary, cannot be written, or is locked by another process
   */
  public static StateLock take(Settings settings) {
    Path directory = settings.state().dir().toAbsolutePath().normalize();
    requireLasting(directory, settings.state().temporary());
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lifesign.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new StateLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new UserError(
          "stateDir %s is not writable; change its permissions, or choose another stateDir"
              .formatted(directory),
          e);
    }
    throw new UserError(
        "stateDir %s is in use by another process; give each instance its own folder"
            .formatted(directory));
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void requireLasting(Path directory, boolean temporaryState) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    if (directory.startsWith(temporary) && !temporaryState) {
      throw new UserError(
          "stateDir %s is inside %s, which the system may clear; choose another folder, or set temporaryState: true"
              .formatted(directory, temporary));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
