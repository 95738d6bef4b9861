package dev.lifesign.app.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still to be restored before tasks of this process go on; told in the log as it goes. */
public final class RestoreBoard implements StateRestoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreBoard.class);
  private static final long TELL_NANOS = 5_000_000_000L;
  private static final long WORTH_TELLING = 100_000;

  private final Map<Part, Restore> restores = new ConcurrentHashMap<>();
  private final AtomicLong restored = new AtomicLong();
  private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

  private record Part(TopicPartition changelog, String store) {}

  /**
   * The restore of one store of one partition.
   *
   * @param total records to read, as known at its start
   * @param done records read
   */
  public record Restore(long total, long done) {}

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    restores.put(new Part(changelog, store), new Restore(Math.max(0, end - start), 0));
    if (end - start >= WORTH_TELLING) {
      LOG.info(
          "Restoring {} of partition {}: {} records", store, changelog.partition(), end - start);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    restored.addAndGet(records);
    restores.computeIfPresent(
        new Part(changelog, store),
        (any, restore) -> new Restore(restore.total(), restore.done() + records));
    long last = toldAt.get();
    long now = System.nanoTime();
    if (now - last > TELL_NANOS && toldAt.compareAndSet(last, now)) {
      Restore all = remaining();
      LOG.info(
          "Restoring: {} of {} records, {} %",
          all.done(), all.total(), all.total() == 0 ? 100 : 100 * all.done() / all.total());
    }
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    restores.remove(new Part(changelog, store));
    if (total >= WORTH_TELLING) {
      LOG.info("Restored {} of partition {}: {} records", store, changelog.partition(), total);
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    restores.remove(new Part(changelog, store));
  }

  /** What is going on, summed; nothing to do where nothing is. */
  public Restore remaining() {
    Collection<Restore> all = restores.values();
    return new Restore(
        all.stream().mapToLong(Restore::total).sum(), all.stream().mapToLong(Restore::done).sum());
  }

  /** Whether a store is being restored. */
  public boolean isRestoring() {
    return !restores.isEmpty();
  }

  /** Records restored since the start of the process. */
  public long restored() {
    return restored.get();
  }
}
