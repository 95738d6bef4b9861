package dev.lifesign.core.task;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit as soon as a task has told what somebody may wait for, since under exactly once
 * nobody reads it before. Not before half of the commit interval is over since the last time; and
 * not for what arrived longer ago than that, since then a backlog is worked off, which is over
 * sooner with few commits. All tasks of a thread commit together, so it is the thread's last time.
 */
public final class EarlyCommits {

  private final ProcessorContext<?, ?> context;
  private final LastAsked lastAsked;
  private final boolean exactlyOnce;
  private final long halfInterval;

  /** When each thread of a pipeline asked last. */
  public static final class LastAsked {
    private final ThreadLocal<Long> millis = ThreadLocal.withInitial(() -> 0L);
  }

  /**
   * For a task.
   *
   * @param lastAsked the same for all tasks of a pipeline
   */
  EarlyCommits(ProcessorContext<?, ?> context, LastAsked lastAsked) {
    Map<String, Object> settings = context.appConfigs();
    this.context = context;
    this.lastAsked = lastAsked;
    this.exactlyOnce =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            settings.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    this.halfInterval =
        Long.parseLong(String.valueOf(settings.get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG))) / 2;
  }

  /**
   * Something was told that somebody may wait for.
   *
   * @param arrivedAt the arrival or the tick that brought it about, milliseconds since 1970
   */
  void told(long arrivedAt) {
    if (!exactlyOnce) {
      return;
    }
    long now = context.currentSystemTimeMs();
    if (now - arrivedAt <= halfInterval && now - lastAsked.millis.get() >= halfInterval) {
      lastAsked.millis.set(now);
      context.commit();
    }
  }
}
