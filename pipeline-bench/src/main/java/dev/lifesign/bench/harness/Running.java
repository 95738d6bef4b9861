package dev.lifesign.bench.harness;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.entrant.EntrantRun;
import dev.lifesign.lab.file.Folders;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/** A running entrant in a separate process, which can be paused. */
final class Running implements AutoCloseable {

  private static final long GLANCE_NANOS = Duration.ofMillis(1).toNanos();

  private final EntrantSpec entrant;
  private final EntrantRun run;
  private final Child child;
  private ByteBuffer done;

  /** Wraps a started process. */
  Running(EntrantSpec entrant, EntrantRun run, Child child) {
    this.entrant = entrant;
    this.run = run;
    this.child = child;
  }

  EntrantSpec entrant() {
    return entrant;
  }

  EntrantRun run() {
    return run;
  }

  /** The number of events done, accurate to eight. */
  long done() {
    if (done == null) {
      Path file = run.dir().resolve(EntrantMain.DONE);
      if (!Files.exists(file)) {
        return 0;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        if (channel.size() < Long.BYTES) {
          return 0;
        }
        done = channel.map(MapMode.READ_ONLY, 0, Long.BYTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return done.getLong(0);
  }

  /**
   * Waits until the given number of events is done.
   *
   * @throws IllegalStateException if the process ends earlier, or the budget is exceeded
   */
  void awaitDone(long events, Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    while (done() < events) {
      if (!child.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s did %,d events of %,d: %s".formatted(entrant.name(), done(), events, child.said()));
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  /** Pauses the entrant. */
  void hold() {
    child.hold();
  }

  /** Resumes the entrant. */
  void release() {
    child.release();
  }

  /** Waits for the end of the entrant, and returns its measurements. */
  Map<String, Double> figures(Duration budget) {
    if (!child.awaitEnd(budget)) {
      throw new IllegalStateException(
          entrant.name() + " was stopped after " + budget + ": " + child.said());
    }
    Path result = run.dir().resolve(EntrantMain.RESULT);
    if (!Files.exists(result)) {
      throw new IllegalStateException(entrant.name() + " failed: " + child.said());
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(result)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Double> figures = new HashMap<>();
    properties.forEach((name, value) -> figures.put((String) name, Double.valueOf((String) value)));
    return figures;
  }

  /** Ends the entrant and deletes everything except its topics. */
  @Override
  public void close() {
    child.close();
    Folders.delete(run.dir());
  }
}
