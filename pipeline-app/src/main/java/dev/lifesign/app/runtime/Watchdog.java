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
 * Finds a task that has worked on one record for too long, because its thread hangs or loops, while
 * Kafka Streams reports a running state. A task that waits for records, restores or is being moved
 * has no work in hand. A task that waits for a broker while processing a record gives up after
 * {@code max.block.ms}, and starts the record again.
 *
 * <p>Time is counted between checks. If a process was suspended for an hour, no check happened
 * meanwhile, so the hour does not count.
 */
public final class Watchdog implements AutoCloseable {

  /** The interval between checks. */
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
   * The work that a task has in hand, and the minimum time since it started.
   *
   * @param item a record, or work made due by a tick
   * @param nanos how long it has been observed, nanoseconds
   */
  record Held(WorkInHand.Item item, long nanos) {}

  /**
   * Creates a watchdog that does not check by itself.
   *
   * @param tasks the work in hand of the tasks of this process
   * @param limit how long a task may work on one record
   * @param nanoTime a monotonic clock, nanoseconds
   */
  Watchdog(
      Supplier<? extends Collection<WorkInHand>> tasks, Duration limit, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.lastLook = nanoTime.getAsLong();
  }

  /** Starts a watchdog that checks once per second until it is closed. */
  public static Watchdog start(TaskProgress tasks, Duration limit) {
    Watchdog watchdog = new Watchdog(tasks::inHand, limit, System::nanoTime);
    watchdog.executor.scheduleWithFixedDelay(
        watchdog::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return watchdog;
  }

  /** Checks the work in hand of each task. */
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
    return "No progress: %s has worked on %s for %d s (stalledAfter: %s); restart this instance, and if it stalls there again, skip the record"
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

  /** A sentence about a stalled task and its position; empty if none has stalled. */
  public Optional<String> stall() {
    return longest.filter(this::isTooLong).map(this::sentence);
  }

  /** How long the slowest task has worked on one record; zero if none has a record in hand. */
  public Duration longest() {
    return Duration.ofNanos(longest.map(Held::nanos).orElse(0L));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
