package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.WorkInHand;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of the tasks of this process. Thread-safe. */
public final class TaskProgress implements PipelineObserver {

  private final Map<Integer, Place> places = new ConcurrentHashMap<>();
  private final Set<WorkInHand> inHand = ConcurrentHashMap.newKeySet();

  /**
   * The progress of a task.
   *
   * @param partition its partition
   * @param lastTick the last tick that it has read; NEVER before the first
   * @param caughtUpTo the last tick whose due work is all done; NEVER before the first
   * @param overdueMillis how long its oldest deadline has been overdue, in the log's time
   */
  public record Place(int partition, long lastTick, long caughtUpTo, long overdueMillis) {}

  @Override
  public void opened(int partition, long lastTick) {
    places.put(partition, new Place(partition, lastTick, Instants.NEVER, 0));
  }

  @Override
  public void closed(int partition) {
    places.remove(partition);
  }

  @Override
  public void tickRead(int partition, long tick) {
    places.computeIfPresent(
        partition, (any, at) -> new Place(partition, tick, at.caughtUpTo(), at.overdueMillis()));
  }

  @Override
  public void caughtUp(int partition, long tick) {
    places.computeIfPresent(
        partition, (any, at) -> new Place(partition, at.lastTick(), tick, at.overdueMillis()));
  }

  @Override
  public void overdue(int partition, long millis) {
    places.computeIfPresent(
        partition, (any, at) -> new Place(partition, at.lastTick(), at.caughtUpTo(), millis));
  }

  @Override
  public void working(WorkInHand work) {
    inHand.add(work);
  }

  @Override
  public void stopped(WorkInHand work) {
    inHand.remove(work);
  }

  /** The work in hand of each task of this process. */
  public Set<WorkInHand> inHand() {
    return Set.copyOf(inHand);
  }

  /** The progress of each task of this process, by partition. */
  public List<Place> places() {
    return places.values().stream()
        .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
        .toList();
  }
}
