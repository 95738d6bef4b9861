package dev.lifesign.core.model;

/**
 * What the purchase models know of a customer (Fader, Hardie and Lee 2005): times are in the
 * model's unit, counted from the customer's first purchase.
 *
 * @param repeats x: purchases after the first, one a day at most; 0 or more
 * @param last t_x: when the last purchase was; 0 where there is no repeat
 * @param age T: how long the customer is known; not before the last purchase
 */
public record Purchases(long repeats, double last, double age) {

  /** A customer at the first purchase. */
  public static final Purchases FIRST = new Purchases(0, 0, 0);

  /**
   * Checks what is impossible.
   *
   * @throws IllegalArgumentException if repeats are negative, or times out of order
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

  /** The same customer, known for so long. */
  public Purchases at(double newAge) {
    return new Purchases(repeats, last, newAge);
  }
}
