package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tasks of an application's instances. The instances are asked one after the other, so that a
 * task which moves meanwhile may be seen twice or not at all: every partition has to be there once,
 * at the same instance as when they were last asked. Not thread-safe.
 */
final class Fleet {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<Supplier<List<Instance.Task>>> instances;
  private final int partitions;
  private Optional<Map<Integer, Integer>> last = Optional.empty();

  /**
   * A fleet that was not asked yet.
   *
   * @param instances each gives the tasks that it says it has now
   * @param partitions so many there are
   */
  Fleet(List<Supplier<List<Instance.Task>>> instances, int partitions) {
    this.instances = List.copyOf(instances);
    this.partitions = partitions;
  }

  /** Waits until every partition has done all that was due up to an instant. */
  static void awaitPast(List<Instance> instances, int partitions, Instant instant) {
    Fleet fleet =
        new Fleet(
            instances.stream()
                .<Supplier<List<Instance.Task>>>map(instance -> instance::tasks)
                .toList(),
            partitions);
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> fleet.isPast(instant));
  }

  /** Asks whether every partition has done all that was due up to an instant. */
  boolean isPast(Instant instant) {
    Optional<Map<Integer, Integer>> now = owners(instant);
    boolean same = now.isPresent() && now.equals(last);
    last = now;
    return same;
  }

  /** The instance of every partition; empty while a partition is at none or at two, or not past. */
  private Optional<Map<Integer, Integer>> owners(Instant instant) {
    Map<Integer, Integer> owners = new HashMap<>();
    for (int i = 0; i < instances.size(); i++) {
      for (Instance.Task task : instances.get(i).get()) {
        if (!task.isPast(instant) || owners.put(task.partition(), i) != null) {
          return Optional.empty();
        }
      }
    }
    return owners.size() == partitions ? Optional.of(owners) : Optional.empty();
  }
}
