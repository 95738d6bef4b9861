package dev.lifesign.core.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The population's cut points that are still needed, each in force from an instant on, ascending.
 *
 * @param list oldest first; none before the first were taken
 */
public record CutHistory(List<InForce> list) {

  /** None yet. */
  public static final CutHistory NONE = new CutHistory(List.of());

  /**
   * Cut points, and from when they hold.
   *
   * @param from milliseconds since 1970
   * @param cuts the cut points
   */
  public record InForce(long from, PopulationCuts cuts) {}

  /** Keeps its own copy. */
  public CutHistory {
    list = List.copyOf(list);
  }

  /** The last instant at or before one as of which cut points are taken. */
  public static long lastTaken(long at, long every) {
    return Math.floorDiv(at, every) * every;
  }

  /** Those in force at an instant; empty before the first. */
  public Optional<PopulationCuts> at(long instant) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).from() <= instant) {
        return Optional.of(list.get(i).cuts());
      }
    }
    return Optional.empty();
  }

  /** These and newer ones; of the same instant, the last count. */
  public CutHistory with(InForce newer) {
    List<InForce> all = new ArrayList<>(list);
    all.removeIf(each -> each.from() >= newer.from());
    all.add(newer);
    return new CutHistory(all);
  }

  /** Without those that hold no more at any instant from one on. */
  public CutHistory since(long instant) {
    int first = list.size() - 1;
    while (first > 0 && list.get(first).from() > instant) {
      first--;
    }
    return first <= 0 ? this : new CutHistory(list.subList(first, list.size()));
  }
}
