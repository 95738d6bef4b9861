package dev.lifesign.app.runtime;

import dev.lifesign.core.streams.TickGate;
import dev.lifesign.core.streams.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
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
 * Holds back the ticks of a partition in which a producer's open transaction hides records, or
 * whose broker does not answer. Once a second it asks for the end of every input partition, with
 * and without what is not committed. A partition may tick as long as all that it held at some
 * instant less than half of {@code lateness} ago is visible now: a tick overtakes nothing that is
 * older than {@code lateness} then, and short transactions that never pause do not stop time.
 */
public final class AdminTickGate implements TickGate, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminTickGate.class);
  private static final long LONGEST_INTERVAL = 1_000;
  private static final long SHORTEST_INTERVAL = 100;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Admin admin;
  private final Topics topics;
  private final int partitions;
  private final long tolerance;
  private static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final Map<TopicPartition, VisibleThrough> inputs = new HashMap<>();
  private final Map<Integer, Long> visibleThrough = new ConcurrentHashMap<>();
  private volatile Set<TopicPartition> offline = Set.of();
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
   * @param lateness of the policy
   */
  public AdminTickGate(Admin admin, Topics topics, int partitions, Duration lateness) {
    this.admin = admin;
    this.topics = topics;
    this.partitions = partitions;
    long interval =
        Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, lateness.toMillis() / 4));
    this.tolerance = Math.max(2 * interval, lateness.toMillis() / 2);
    executor.scheduleWithFixedDelay(this::ask, 0, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isOpen(int partition) {
    Long asOf = visibleThrough.get(partition);
    return asOf != null && millis() - asOf <= tolerance;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void ask() {
    try {
      long now = millis();
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (String topic : topics.inputs()) {
        for (int partition = 0; partition < partitions; partition++) {
          asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, Long> all = ends(asked, IsolationLevel.READ_UNCOMMITTED);
      Map<TopicPartition, Long> visible = ends(asked, IsolationLevel.READ_COMMITTED);
      Set<TopicPartition> silent = new TreeSet<>(BY_NAME);
      silent.addAll(asked.keySet());
      silent.removeIf(place -> all.containsKey(place) && visible.containsKey(place));
      if (!silent.isEmpty() && !silent.equals(offline)) {
        LOG.warn("Ticks wait: these partitions do not answer: {}", silent);
      }
      offline = Set.copyOf(silent);
      for (int partition = 0; partition < partitions; partition++) {
        note(partition, now, all, visible);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Ticks wait: the ends of the input topics cannot be compared", e);
    }
  }

  /** The input partitions whose brokers did not answer when they were last asked. */
  public Set<TopicPartition> offline() {
    return offline;
  }

  private void note(
      int partition, long now, Map<TopicPartition, Long> all, Map<TopicPartition, Long> visible) {
    long through = now;
    for (String topic : topics.inputs()) {
      TopicPartition place = new TopicPartition(topic, partition);
      if (offline.contains(place)) {
        return;
      }
      OptionalLong ofTopic =
          inputs
              .computeIfAbsent(place, any -> new VisibleThrough())
              .note(now, all.get(place), visible.get(place));
      if (ofTopic.isEmpty()) {
        return;
      }
      through = Math.min(through, ofTopic.getAsLong());
    }
    visibleThrough.put(partition, through);
  }

  /** The ends of the partitions that answer. */
  private Map<TopicPartition, Long> ends(
      Map<TopicPartition, OffsetSpec> asked, IsolationLevel level) throws InterruptedException {
    ListOffsetsOptions options = new ListOffsetsOptions(level);
    options.timeoutMs(TIMEOUT_MILLIS);
    ListOffsetsResult answers = admin.listOffsets(asked, options);
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition place : asked.keySet()) {
      try {
        ends.put(place, answers.partitionResult(place).get().offset());
      } catch (ExecutionException e) {
        LOG.debug("{} does not answer: {}", place, e.getCause().toString());
      }
    }
    return ends;
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }
}
