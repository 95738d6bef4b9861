package dev.lifesign.domain.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The population's cut points that are still needed, in ascending order of the instant from which
 * they are in force.
 *
 * @param list oldest first; empty before the first were taken
 */
public record CutHistory(List<InForce> list) {

  /** No cut points yet. */
  public static final CutHistory NONE = new CutHistory(List.of());

  /**
   * Cut points, and from when they are in force.
   *
   * @param from milliseconds since 1970
   * @param cuts the cut points
   */
  public record InForce(long from, PopulationCuts cuts) {}

  /** Keeps its own copy. */
  public CutHistory {
    list = List.copyOf(list);
  }

  /** The last instant, at or before the given one, as of which cut points are taken. */
  public static long lastTaken(long at, long every) {
    return Math.floorDiv(at, every) * every;
  }

  /** The cut points in force at an instant; empty before the first. */
  public Optional<PopulationCuts> at(long instant) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).from() <= instant) {
        return Optional.of(list.get(i).cuts());
      }
    }
    return Optional.empty();
  }

  /** With newer ones added; they replace those of the same or a later instant. */
  public CutHistory with(InForce newer) {
    List<InForce> all = new ArrayList<>(list);
    all.removeIf(each -> each.from() >= newer.from());
    all.add(newer);
    return new CutHistory(all);
  }

  /** Without those that are no longer in force at the instant or after it. */
  public CutHistory since(long instant) {
    int first = list.size() - 1;
    while (first > 0 && list.get(first).from() > instant) {
      first--;
    }
    return first <= 0 ? this : new CutHistory(list.subList(first, list.size()));
  }
}
