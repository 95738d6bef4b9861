package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.TickGate;
import dev.lifesign.core.contract.Topics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
 * Holds back the ticks of a partition whose brokers do not answer: producers cannot reach them
 * either, and time must not pass for customers whose events cannot arrive. It requests the end of
 * every input partition several times within {@code lateness}. A partition may tick as long as all
 * its brokers have answered within half of {@code lateness}, because a tick fires only deadlines
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

  /** The time at which the last request that a partition has answered was sent, milliseconds. */
  private final Map<TopicPartition, Long> answeredAt = new ConcurrentHashMap<>();

  private volatile Set<TopicPartition> offline = Set.of();

  /** The lateness of the policy in force, as last passed by a task; a new policy can change it. */
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
   * Creates a gate, which sends its first request at once.
   *
   * @param admin the client for the requests; not closed by the gate
   * @param topics the names of the topics
   * @param partitions the number of partitions of every input topic
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

  /** Whether a partition may tick now, by the lateness that a task last passed. */
  public boolean isOpen(int partition) {
    return answeredWithin(partition, lateness);
  }

  private boolean answeredWithin(int partition, long latenessMillis) {
    long oldest = millis() - tolerance(latenessMillis);
    return topics.inputs().stream()
        .allMatch(
            topic ->
                answeredAt.getOrDefault(new TopicPartition(topic, partition), Long.MIN_VALUE)
                    >= oldest);
  }

  /** The input partitions whose brokers did not answer the last request. */
  public Set<TopicPartition> offline() {
    return offline;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** The maximum age of the brokers' last answer, milliseconds. */
  static long tolerance(long lateness) {
    return Math.max(2 * interval(lateness), lateness / 2);
  }

  private static long interval(long lateness) {
    return Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, lateness / 4));
  }

  private void askAgainAndAgain() {
    try {
      ask();
    } catch (RuntimeException e) {
      LOG.error("Ticks are paused: requests to the brokers of the input topics fail", e);
    }
    if (!executor.isShutdown()) {
      executor.schedule(this::askAgainAndAgain, interval(lateness), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Does not wait for the answers, since one silent broker must not make the others seem silent.
   */
  private void ask() {
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
    Set<TopicPartition> waiting = ConcurrentHashMap.newKeySet();
    waiting.addAll(asked.keySet());
    Set<TopicPartition> silent = ConcurrentHashMap.newKeySet();
    for (TopicPartition place : asked.keySet()) {
      answers
          .partitionResult(place)
          .whenComplete(
              (end, trouble) -> {
                if (trouble == null) {
                  answeredAt.merge(place, now, Math::max);
                } else {
                  LOG.debug("{} does not answer: {}", place, trouble.toString());
                  silent.add(place);
                }
                if (waiting.remove(place) && waiting.isEmpty()) {
                  note(silent);
                }
              });
    }
  }

  private void note(Set<TopicPartition> silent) {
    if (!silent.isEmpty() && !silent.equals(offline)) {
      Set<TopicPartition> inOrder = new TreeSet<>(BY_NAME);
      inOrder.addAll(silent);
      LOG.warn("Ticks are paused: the brokers of these partitions do not answer: {}", inOrder);
    }
    offline = Set.copyOf(silent);
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }
}
