package dev.lifesign.bench.entrant;

import java.util.ArrayList;
import java.util.List;

/** A count looked at again and again, and how fast it grew in equal slices of the time. */
final class Slices {

  private record Look(long nanos, long count) {}

  private final List<Look> looks = new ArrayList<>();

  /** The count at an instant; both ascend. */
  void add(long nanos, long count) {
    looks.add(new Look(nanos, count));
  }

  /**
   * What it grew a second in each slice; between two looks it grows evenly.
   *
   * @return none if it was not looked at twice
   */
  List<Double> rates(int slices) {
    List<Double> rates = new ArrayList<>();
    if (looks.size() < 2) {
      return rates;
    }
    long begin = looks.get(0).nanos();
    double slice = (looks.get(looks.size() - 1).nanos() - begin) / (double) slices;
    for (int i = 0; i < slices; i++) {
      double grown = at(begin + (i + 1) * slice) - at(begin + i * slice);
      rates.add(grown * 1e9 / slice);
    }
    return rates;
  }

  private double at(double nanos) {
    int next = 1;
    while (next < looks.size() - 1 && looks.get(next).nanos() < nanos) {
      next++;
    }
    Look before = looks.get(next - 1);
    Look after = looks.get(next);
    double part = (nanos - before.nanos()) / (after.nanos() - before.nanos());
    return before.count() + part * (after.count() - before.count());
  }
}
