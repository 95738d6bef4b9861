package dev.lifesign.domain.model;

/**
 * What a purchase model knows about a customer (Fader, Hardie and Lee 2005). Times are in the
 * model's unit, counted from the customer's first purchase.
 *
 * @param repeats x: purchases after the first, at most one per day; 0 or more
 * @param last t_x: when the last purchase was made; 0 without a repeat
 * @param age T: how long the customer has been known; at least last
 */
public record Purchases(long repeats, double last, double age) {

  /** A customer at the first purchase. */
  public static final Purchases FIRST = new Purchases(0, 0, 0);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if repeats is negative, or the times are out of order
   */
  public Purchases {
    if (repeats < 0 || !(last >= 0) || !(age >= last) || (repeats == 0 && last != 0)) {
      throw new IllegalArgumentException(
          "Expected repeats of 0 or more and 0 <= last <= age (last 0 without a repeat), but they are "
              + repeats
              + ", "
              + last
              + ", "
              + age);
    }
  }

  /** The same customer at another age. */
  public Purchases at(double newAge) {
    return new Purchases(repeats, last, newAge);
  }
}
