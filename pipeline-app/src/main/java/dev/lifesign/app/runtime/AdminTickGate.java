package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.TickGate;
import dev.lifesign.core.contract.Topics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back the ticks of a partition whose brokers do not answer: producers are cut off from them
 * too, and time must not pass for customers whose events cannot arrive. It asks for the end of
 * every input partition several times within {@code lateness}. A partition may tick as long as all
 * its brokers answered less than half of {@code lateness} ago, because a tick takes only deadlines
 * that are older than {@code lateness}.
 */
public final class AdminTickGate implements TickGate, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminTickGate.class);
  private static final long LONGEST_INTERVAL = 1_000;
  private static final long SHORTEST_INTERVAL = 100;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final Admin admin;
  private final Topics topics;
  private final int partitions;
  private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
  private volatile Set<TopicPartition> offline = Set.of();

  /** That of the policy in force, as a task last named it; a new policy can change it. */
  private volatile long lateness;

  private final long origin = System.nanoTime();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tick-gate");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A gate that starts to ask at once.
   *
   * @param admin asked, and not closed
   * @param topics their names
   * @param partitions of every input topic
   */
  public AdminTickGate(Admin admin, Topics topics, int partitions) {
    this.admin = admin;
    this.topics = topics;
    this.partitions = partitions;
    executor.execute(this::askAgainAndAgain);
  }

  @Override
  public boolean isOpen(int partition, long latenessMillis) {
    lateness = latenessMillis;
    return answeredWithin(partition, latenessMillis);
  }

  /** Whether a partition may tick now, by the lateness that a task last named. */
  public boolean isOpen(int partition) {
    return answeredWithin(partition, lateness);
  }

  private boolean answeredWithin(int partition, long latenessMillis) {
    Long at = answeredAt.get(partition);
    return at != null && millis() - at <= tolerance(latenessMillis);
  }

  /** The input partitions whose brokers did not answer when they were last asked. */
  public Set<TopicPartition> offline() {
    return offline;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** How long ago the brokers may have answered, milliseconds. */
  static long tolerance(long lateness) {
    return Math.max(2 * interval(lateness), lateness / 2);
  }

  private static long interval(long lateness) {
    return Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, lateness / 4));
  }

  private void askAgainAndAgain() {
    try {
      ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      LOG.error("Ticks wait: the brokers of the input topics cannot be asked", e);
    }
    if (!executor.isShutdown()) {
      executor.schedule(this::askAgainAndAgain, interval(lateness), TimeUnit.MILLISECONDS);
    }
  }

  private void ask() throws InterruptedException {
    long now = millis();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : topics.inputs()) {
      for (int partition = 0; partition < partitions; partition++) {
        asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    options.timeoutMs(TIMEOUT_MILLIS);
    ListOffsetsResult answers = admin.listOffsets(asked, options);
    Set<TopicPartition> silent = new TreeSet<>(BY_NAME);
    Set<Integer> waiting = new TreeSet<>();
    for (TopicPartition place : asked.keySet()) {
      try {
        answers.partitionResult(place).get();
      } catch (ExecutionException e) {
        LOG.debug("{} does not answer: {}", place, e.getCause().toString());
        silent.add(place);
        waiting.add(place.partition());
      }
    }
    if (!silent.isEmpty() && !silent.equals(offline)) {
      LOG.warn("Ticks wait: these partitions do not answer: {}", silent);
    }
    offline = Set.copyOf(silent);
    for (int partition = 0; partition < partitions; partition++) {
      if (!waiting.contains(partition)) {
        answeredAt.put(partition, now);
      }
    }
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }
}
