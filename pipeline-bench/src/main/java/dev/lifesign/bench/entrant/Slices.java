package dev.lifesign.bench.entrant;

import java.util.ArrayList;
import java.util.List;

/** Samples of a growing count, from which the growth in equal slices of time is computed. */
final class Slices {

  private record Look(long nanos, long count) {}

  private final List<Look> looks = new ArrayList<>();

  /** Adds a sample; instants and counts must ascend. */
  void add(long nanos, long count) {
    looks.add(new Look(nanos, count));
  }

  /**
   * The growth per second in each slice, interpolated between samples.
   *
   * @return empty if there are fewer than two samples
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
