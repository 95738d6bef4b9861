package dev.lifesign.app.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of restoring state before tasks of this process continue, logged regularly. Finished
 * stores count until all are finished, so that the percentage does not drop when stores finish and
 * others start.
 */
public final class RestoreProgress implements StateRestoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
  private static final long TELL_NANOS = 5_000_000_000L;
  private static final long WORTH_TELLING = 100_000;

  private final Map<Part, Span> going = new HashMap<>();
  private final AtomicLong restored = new AtomicLong();
  private final AtomicLong toldAt = new AtomicLong(System.nanoTime());
  private long doneOfOthers;
  private int percentShown;

  private record Part(TopicPartition changelog, String store) {}

  /**
   * A range of offsets. Records are a worse measure of progress, since compaction removes some of
   * them.
   */
  private record Span(long start, long end, long next) {

    long total() {
      return Math.max(0, end - start);
    }

    long done() {
      return Math.min(total(), Math.max(0, next - start));
    }
  }

  /**
   * The progress.
   *
   * @param total the number of offsets to restore, as known when each store started
   * @param done the number of offsets restored
   */
  public record Restore(long total, long done) {

    /** The progress in percent; 100 if there is nothing to do. */
    public int percent() {
      return total == 0 ? 100 : (int) (100 * done / total);
    }
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition changelog, String store, long start, long end) {
    going.put(new Part(changelog, store), new Span(start, end, start));
    if (end - start >= WORTH_TELLING) {
      LOG.info(
          "Restoring {} of partition {}: {} records", store, changelog.partition(), end - start);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    restored.addAndGet(records);
    progressed(new Part(changelog, store), end);
    long last = toldAt.get();
    long now = System.nanoTime();
    if (now - last > TELL_NANOS && toldAt.compareAndSet(last, now)) {
      Restore all = remaining();
      LOG.info("Restoring: {} of {} records, {} %", all.done(), all.total(), percent());
    }
  }

  private synchronized void progressed(Part part, long last) {
    going.computeIfPresent(part, (any, span) -> new Span(span.start(), span.end(), last + 1));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    over(new Part(changelog, store));
    if (total >= WORTH_TELLING) {
      LOG.info("Restored {} of partition {}: {} records", store, changelog.partition(), total);
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    over(new Part(changelog, store));
  }

  /** A store that ends counts as done; after the last one, the count is reset. */
  private synchronized void over(Part part) {
    Span span = going.remove(part);
    doneOfOthers += span == null ? 0 : span.total();
    if (going.isEmpty()) {
      doneOfOthers = 0;
      percentShown = 0;
    }
  }

  /**
   * The sum over stores that are being restored and those already finished; zero if none is being
   * restored.
   */
  public synchronized Restore remaining() {
    return new Restore(
        doneOfOthers + going.values().stream().mapToLong(Span::total).sum(),
        doneOfOthers + going.values().stream().mapToLong(Span::done).sum());
  }

  /** The progress in percent. It does not drop when further stores start. */
  public synchronized int percent() {
    percentShown = Math.max(percentShown, remaining().percent());
    return going.isEmpty() ? 100 : percentShown;
  }

  /** Whether a store is being restored. */
  public synchronized boolean isRestoring() {
    return !going.isEmpty();
  }

  /** The number of records restored since the process started. */
  public long restored() {
    return restored.get();
  }
}
