package dev.lifesign.app.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be restored before tasks of this process go on; told in the log as it goes. What
 * is done stays in the sum until all is, so that stores which end, and others that begin, do not
 * set it back.
 */
public final class RestoreProgress implements StateRestoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
  private static final long TELL_NANOS = 5_000_000_000L;
  private static final long WORTH_TELLING = 100_000;

  private final Map<Part, Span> going = new HashMap<>();
  private final AtomicLong restored = new AtomicLong();
  private final AtomicLong toldAt = new AtomicLong(System.nanoTime());
  private long doneOfOthers;
  private int percentTold;

  private record Part(TopicPartition changelog, String store) {}

  /** Offsets, of which compaction leaves a part, so that records say less of how far it is. */
  private record Span(long start, long end, long next) {

    long total() {
      return Math.max(0, end - start);
    }

    long done() {
      return Math.min(total(), Math.max(0, next - start));
    }
  }

  /**
   * How far it is.
   *
   * @param total offsets to come past, as known when each store began
   * @param done offsets that are behind
   */
  public record Restore(long total, long done) {

    /** 100 where there is nothing to do. */
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

  /** What ends counts as done; with the last, counting begins anew. */
  private synchronized void over(Part part) {
    Span span = going.remove(part);
    doneOfOthers += span == null ? 0 : span.total();
    if (going.isEmpty()) {
      doneOfOthers = 0;
      percentTold = 0;
    }
  }

  /** What is going on, and what has ended meanwhile, summed; nothing to do where nothing is. */
  public synchronized Restore remaining() {
    return new Restore(
        doneOfOthers + going.values().stream().mapToLong(Span::total).sum(),
        doneOfOthers + going.values().stream().mapToLong(Span::done).sum());
  }

  /** How much is done, in percent. It waits where more is to be done than was known before. */
  public synchronized int percent() {
    percentTold = Math.max(percentTold, remaining().percent());
    return going.isEmpty() ? 100 : percentTold;
  }

  /** Whether a store is being restored. */
  public synchronized boolean isRestoring() {
    return !going.isEmpty();
  }

  /** Records restored since the start of the process. */
  public long restored() {
    return restored.get();
  }
}
