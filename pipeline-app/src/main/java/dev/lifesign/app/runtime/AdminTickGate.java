package dev.lifesign.app.runtime;

import dev.lifesign.core.streams.TickGate;
import dev.lifesign.core.streams.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
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
  private final int partitions;
  private final long tolerance;
  private final Map<TopicPartition, VisibleThrough> inputs = new HashMap<>();
  private final Map<Integer, Long> visibleThrough = new ConcurrentHashMap<>();
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
   * @param partitions of every input topic
   * @param lateness of the policy
   */
  public AdminTickGate(Admin admin, int partitions, Duration lateness) {
    this.admin = admin;
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
      for (String topic : Topics.inputs()) {
        for (int partition = 0; partition < partitions; partition++) {
          asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, ListOffsetsResultInfo> all = ends(asked, IsolationLevel.READ_UNCOMMITTED);
      Map<TopicPartition, ListOffsetsResultInfo> visible =
          ends(asked, IsolationLevel.READ_COMMITTED);
      for (int partition = 0; partition < partitions; partition++) {
        note(partition, now, all, visible);
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "Ticks wait: the brokers do not tell the ends of the input topics: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Ticks wait: the ends of the input topics cannot be compared", e);
    }
  }

  private void note(
      int partition,
      long now,
      Map<TopicPartition, ListOffsetsResultInfo> all,
      Map<TopicPartition, ListOffsetsResultInfo> visible) {
    boolean known = true;
    long through = now;
    for (String topic : Topics.inputs()) {
      TopicPartition place = new TopicPartition(topic, partition);
      OptionalLong ofTopic =
          inputs
              .computeIfAbsent(place, any -> new VisibleThrough())
              .note(now, all.get(place).offset(), visible.get(place).offset());
      known &= ofTopic.isPresent();
      through = Math.min(through, ofTopic.orElse(now));
    }
    if (known) {
      visibleThrough.put(partition, through);
    }
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(
      Map<TopicPartition, OffsetSpec> asked, IsolationLevel level)
      throws ExecutionException, InterruptedException, TimeoutException {
    ListOffsetsOptions options = new ListOffsetsOptions(level);
    options.timeoutMs(TIMEOUT_MILLIS);
    return admin.listOffsets(asked, options).all().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }
}
