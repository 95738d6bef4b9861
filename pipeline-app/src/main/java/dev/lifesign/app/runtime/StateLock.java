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

/** The state directory, held by this process alone until it is closed. */
public final class StateLock implements AutoCloseable {

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the state directory.
   *
   * @throws UserError if it is temporary, cannot be written, or another process holds it
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
          "Expected to write state to %s, but it is not writable; give its owner the right, or choose another stateDir"
              .formatted(directory),
          e);
    }
    throw new UserError(
        "Expected stateDir %s to be this instance's own, but another process uses it; give each instance a folder of its own"
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
          "Expected stateDir outside of %s, which the system clears, but it is %s; choose another, or set temporaryState: true"
              .formatted(temporary, directory));
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
