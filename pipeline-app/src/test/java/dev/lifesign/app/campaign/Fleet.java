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
 * The tasks of an application's instances. The instances are queried one after the other, so a task
 * that moves meanwhile may appear twice or not at all: every partition has to appear once, at the
 * same instance as in the last query. Not thread-safe.
 */
final class Fleet {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<Supplier<List<Instance.Task>>> instances;
  private final int partitions;
  private Optional<Map<Integer, Integer>> last = Optional.empty();

  /**
   * Creates a fleet that has not been queried yet.
   *
   * @param instances each returns the tasks that it reports now
   * @param partitions the number of partitions
   */
  Fleet(List<Supplier<List<Instance.Task>>> instances, int partitions) {
    this.instances = List.copyOf(instances);
    this.partitions = partitions;
  }

  /** Waits until every partition has done all the work due up to an instant. */
  static void awaitPast(List<Instance> instances, int partitions, Instant instant) {
    Fleet fleet =
        new Fleet(
            instances.stream()
                .<Supplier<List<Instance.Task>>>map(instance -> instance::tasks)
                .toList(),
            partitions);
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> fleet.isPast(instant));
  }

  /** Queries whether every partition has done all the work due up to an instant. */
  boolean isPast(Instant instant) {
    Optional<Map<Integer, Integer>> now = owners(instant);
    boolean same = now.isPresent() && now.equals(last);
    last = now;
    return same;
  }

  /**
   * The instance of every partition; empty if a partition has no instance, has two, or is not past
   * the instant.
   */
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
