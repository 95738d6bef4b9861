package dev.lifesign.bench.entrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the events that an entrant has finished, and measures the time from the end of the warm-up
 * to the last event. Every entrant counts in the same way: in its own process, when the work for an
 * event is done. Thread-safe.
 */
public final class Progress {

  /** The prefix of the figures for the rate in each fifth after the warm-up, numbered from 1. */
  public static final String RATE_OF_PART = "rate";

  /** The number of parts. */
  public static final int PARTS = 5;

  /** A power of 2 minus 1: the count is shown once per this many events plus one. */
  private static final long SHOWN = 7;

  private final long warmup;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Map<String, Double> figures = new TreeMap<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final long part;

  /** The count for other processes; null if it is not shown. */
  private MappedByteBuffer shown;

  /** When each part was finished. */
  private final AtomicLongArray reached = new AtomicLongArray(PARTS + 1);

  /**
   * Creates a count of 0.
   *
   * @param warmup the number of events before the measurement begins
   * @param total the number of all events
   */
  public Progress(long warmup, long total) {
    this.warmup = warmup;
    this.total = total;
    this.part = Math.max(1, (total - warmup) / PARTS);
  }

  /**
   * Shows the number of events done in a file, updated every eight events: eight bytes, big-endian.
   */
  public void showIn(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      shown = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts one more event, and returns the new number. */
  public long count() {
    long now = done.incrementAndGet();
    if (shown != null && (now & SHOWN) == 0) {
      shown.putLong(0, now);
    }
    if (now == total) {
      reached.set(PARTS, System.nanoTime());
      finished.countDown();
    } else if (now >= warmup && (now - warmup) % part == 0 && (now - warmup) / part < PARTS) {
      reached.set((int) ((now - warmup) / part), System.nanoTime());
    }
    return now;
  }

  /** Reports that the entrant has failed. */
  public void fail(RuntimeException cause) {
    failure.compareAndSet(null, cause);
  }

  /** The number of events done. */
  public long done() {
    return done.get();
  }

  /**
   * Waits for the last event.
   *
   * @param alive called from time to time; throws if there is nothing to wait for any more
   */
  public void await(Runnable alive) {
    try {
      while (!finished.await(100, TimeUnit.MILLISECONDS)) {
        alive.run();
        if (failure.get() != null) {
          throw failure.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Events per second after the warm-up. */
  public double rate() {
    return (total - warmup) * 1e9 / (reached.get(PARTS) - reached.get(0));
  }

  /** Adds another figure of this run. */
  public synchronized void figure(String name, double value) {
    figures.put(name, value);
  }

  /**
   * The rate and the rates of the parts, if events were counted, and the other figures, as one
   * {@code name=value} per line.
   */
  public synchronized String result() {
    StringBuilder text = new StringBuilder();
    if (reached.get(PARTS) != 0) {
      text.append("rate=" + rate() + "\n");
      for (int i = 1; i <= PARTS; i++) {
        long events = i < PARTS ? part : total - warmup - (PARTS - 1) * part;
        double nanos = reached.get(i) - reached.get(i - 1);
        text.append(RATE_OF_PART + i + "=" + events * 1e9 / nanos + "\n");
      }
    }
    figures.forEach((name, value) -> text.append(name + "=" + value + "\n"));
    return text.toString();
  }
}
