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
 * Counts events as an entrant is done with them, and takes the time between the end of its warm-up
 * and the last. Every entrant counts with one of these, at the same place: when the event's work is
 * done, in its own process. Thread-safe.
 */
public final class Progress {

  /** Begins the names of the rates of the fifths after the warm-up, counted from 1. */
  public static final String RATE_OF_PART = "rate";

  /** How many parts there are. */
  public static final int PARTS = 5;

  /** One less than a power of 2: of how many events the last is shown. */
  private static final long SHOWN = 7;

  private final long warmup;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Map<String, Double> figures = new TreeMap<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final long part;

  /** How many are done, for other processes; null if it is not shown. */
  private MappedByteBuffer shown;

  /** When so many parts were done. */
  private final AtomicLongArray reached = new AtomicLongArray(PARTS + 1);

  /**
   * A count that has not begun.
   *
   * @param warmup events before time counts
   * @param total events in all
   */
  public Progress(long warmup, long total) {
    this.warmup = warmup;
    this.total = total;
    this.part = Math.max(1, (total - warmup) / PARTS);
  }

  /**
   * Shows in a file how many events are done, to the next eight, from before the first on: a number
   * of eight bytes, big-endian.
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

  /** One more event is done; says how many are. */
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

  /** The entrant cannot go on. */
  public void fail(RuntimeException cause) {
    failure.compareAndSet(null, cause);
  }

  /** How many are done. */
  public long done() {
    return done.get();
  }

  /**
   * Waits for the last event.
   *
   * @param alive is asked now and then, and throws if there is nothing to wait for any more
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

  /** Events a second after the warm-up. */
  public double rate() {
    return (total - warmup) * 1e9 / (reached.get(PARTS) - reached.get(0));
  }

  /** A further figure of this run. */
  public synchronized void figure(String name, double value) {
    figures.put(name, value);
  }

  /**
   * The rate and those of its parts, if events were counted, and the further figures, {@code
   * name=value} a line.
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
