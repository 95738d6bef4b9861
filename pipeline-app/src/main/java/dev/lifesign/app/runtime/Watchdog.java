package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.WorkInHand;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a task that has been at work on one record for too long: whose thread hangs, or goes round
 * in a circle, while Kafka Streams says that all is well. A task that waits for records, restores
 * or is moved has nothing in hand. One that waits for a broker in the middle of a record gives it
 * up after {@code max.block.ms} and begins it anew.
 *
 * <p>Time is counted from look to look. A process that stood still for an hour looked once, so that
 * it was not at work on its record for an hour.
 */
public final class Watchdog implements AutoCloseable {

  /** From one look to the next. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long LONGEST_STEP_NANOS = INTERVAL.multipliedBy(2).toNanos();

  private final Supplier<? extends Collection<WorkInHand>> tasks;
  private final Duration limit;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watchdog");
            thread.setDaemon(true);
            return thread;
          });
  private Map<WorkInHand, Held> held = new HashMap<>();
  private long lastLook;
  private volatile Optional<Held> longest = Optional.empty();

  /**
   * What a task has in hand, and for how long at least.
   *
   * @param item a record, or work that time has brought about
   * @param nanos for how long it was seen, nanoseconds
   */
  record Held(WorkInHand.Item item, long nanos) {}

  /**
   * A watchdog that does not look by itself.
   *
   * @param tasks what the tasks of this process are at work on
   * @param limit how long a task may be at work on one record
   * @param nanoTime a clock that does not jump, nanoseconds
   */
  Watchdog(
      Supplier<? extends Collection<WorkInHand>> tasks, Duration limit, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.lastLook = nanoTime.getAsLong();
  }

  /** A watchdog that looks once a second until it is closed. */
  public static Watchdog start(TaskProgress tasks, Duration limit) {
    Watchdog watchdog = new Watchdog(tasks::inHand, limit, System::nanoTime);
    watchdog.executor.scheduleWithFixedDelay(
        watchdog::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return watchdog;
  }

  /** Looks at what each task has in hand. */
  synchronized void look() {
    long now = nanoTime.getAsLong();
    long elapsed = Math.min(now - lastLook, LONGEST_STEP_NANOS);
    lastLook = now;
    Map<WorkInHand, Held> seen = new HashMap<>();
    for (WorkInHand task : tasks.get()) {
      task.look().ifPresent(item -> seen.put(task, again(held.get(task), item, elapsed)));
    }
    held = seen;
    longest = seen.values().stream().max(Comparator.comparingLong(Held::nanos));
  }

  private Held again(Held before, WorkInHand.Item item, long elapsed) {
    if (before == null || before.item().step() != item.step()) {
      return new Held(item, 0);
    }
    Held now = new Held(item, before.nanos() + elapsed);
    if (isTooLong(now) && !isTooLong(before)) {
      LOG.error("{}. Its thread is at:{}", sentence(now), stack(item.thread()));
    }
    return now;
  }

  private boolean isTooLong(Held what) {
    return what.nanos() > limit.toNanos();
  }

  private String sentence(Held what) {
    return "No progress: %s has been at work on %s for %d s (stalledAfter: %s); restart this instance, and if it stalls there again, skip the record"
        .formatted(
            what.item().thread().getName(),
            what.item().place(),
            TimeUnit.NANOSECONDS.toSeconds(what.nanos()),
            limit);
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(frame -> System.lineSeparator() + "\tat " + frame)
        .collect(Collectors.joining());
  }

  /** Which task has stalled and where, in a sentence; empty if none has. */
  public Optional<String> stall() {
    return longest.filter(this::isTooLong).map(this::sentence);
  }

  /** For how long the slowest task has been at work on one record; zero where none is. */
  public Duration longest() {
    return Duration.ofNanos(longest.map(Held::nanos).orElse(0L));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
