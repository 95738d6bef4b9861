package dev.lifesign.domain.model;

import java.util.Objects;

/**
 * The ages at which the probability of a purchase soon has fallen to a value, remembered by what
 * they depend on: the number of repeats and the days between the first and the last purchase. Many
 * customers share them, and a customer asks for the same one at each event without a purchase. Safe
 * for any thread: what is remembered is immutable, and two threads that solve the same find the
 * same.
 */
public final class ReturnAges {

  /** Enough for the pairs that are common in a shop; a power of 2. */
  private static final int SLOTS = 1 << 14;

  private final double within;
  private final double probability;
  private final double longest;

  /** Made when first needed, since few policies need it. */
  private Known[] known;

  /**
   * Nothing remembered yet.
   *
   * @param within how soon a purchase would have to come, milliseconds, more than 0
   * @param probability of a purchase within that time, between 0 and 1
   * @param longest the longest silence of interest, milliseconds
   */
  public ReturnAges(double within, double probability, double longest) {
    this.within = within;
    this.probability = probability;
    this.longest = longest;
  }

  /**
   * The age at which the probability has fallen, in the model's unit.
   *
   * @param unit the model's unit of time, milliseconds
   * @param repeats purchases after the first
   * @param last when the last purchase was made, in the model's unit
   */
  public ReturnCurve.Crossing of(PurchaseModel model, double unit, long repeats, double last) {
    Known[] all = known;
    if (all == null) {
      all = new Known[SLOTS];
      known = all;
    }
    long bits = Double.doubleToRawLongBits(last) + repeats * 0x9e3779b97f4a7c15L;
    int slot = (int) ((bits * 0xd6e8feb86659fd93L) >>> 50);
    Known found = all[slot];
    if (found == null || !found.isOf(model, unit, repeats, last)) {
      found =
          new Known(
              model,
              unit,
              repeats,
              last,
              new ReturnCurve(model, within / unit, repeats, last)
                  .falls(probability, last + longest / unit));
      all[slot] = found;
    }
    return found.crossing();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReturnAges ages
        && within == ages.within
        && probability == ages.probability
        && longest == ages.longest;
  }

  @Override
  public int hashCode() {
    return Objects.hash(within, probability, longest);
  }

  @Override
  public String toString() {
    return "ages at which a purchase within %s ms has a probability of %s"
        .formatted(within, probability);
  }

  private record Known(
      PurchaseModel model, double unit, long repeats, double last, ReturnCurve.Crossing crossing) {

    boolean isOf(PurchaseModel other, double otherUnit, long otherRepeats, double otherLast) {
      return repeats == otherRepeats
          && last == otherLast
          && unit == otherUnit
          && model.equals(other);
    }
  }
}
