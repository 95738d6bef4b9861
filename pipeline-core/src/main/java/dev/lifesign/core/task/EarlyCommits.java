package dev.lifesign.core.task;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Requests a commit as soon as a task has published a fact that a reader may be waiting for, since
 * under exactly-once nothing can be read before the commit. It requests none before half of the
 * commit interval has passed since the last request. It also requests none for a fact that arrived
 * longer ago than that, since the task is then working off a backlog, which takes less time with
 * fewer commits. All tasks of a thread commit together, so the time of the last request is kept per
 * thread.
 */
public final class EarlyCommits {

  private final ProcessorContext<?, ?> context;
  private final LastAsked lastAsked;
  private final boolean exactlyOnce;
  private final long halfInterval;

  /** The time of the last request of each thread of a pipeline. */
  public static final class LastAsked {
    private final ThreadLocal<Long> millis = ThreadLocal.withInitial(() -> 0L);
  }

  /**
   * Creates the requests of a task.
   *
   * @param lastAsked shared by all tasks of a pipeline
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
   * Notes that a fact was published that a reader may be waiting for.
   *
   * @param arrivedAt the arrival or the tick that caused the fact, milliseconds since 1970
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
