package dev.lifesign.app.query.answer;

import java.time.Instant;
import java.util.List;

/**
 * The health of an instance.
 *
 * @param live false if it should be restarted
 * @param ready false if it cannot answer queries now
 * @param reasons why it is not live or not ready; empty if it is both
 * @param tasks how far its tasks have come
 */
public record HealthAnswer(boolean live, boolean ready, List<String> reasons, List<Task> tasks) {

  /**
   * A task.
   *
   * @param partition its partition
   * @param lastTick the last tick that it has read; null if there is none
   * @param caughtUpTo the tick up to which all due work is done; null if there is none
   * @param overdueMillis how long its oldest deadline is overdue, milliseconds
   */
  public record Task(int partition, Instant lastTick, Instant caughtUpTo, long overdueMillis) {

    /** Converts instants in milliseconds since 1970; NEVER if there is none. */
    public static Task of(int partition, long lastTick, long caughtUpTo, long overdueMillis) {
      return new Task(
          partition, Rounding.instant(lastTick), Rounding.instant(caughtUpTo), overdueMillis);
    }
  }
}
