package dev.lifesign.domain.policy;

/** How to decide when silence puts a customer at risk (semantics, When is silence a risk?). */
public enum RiskMethod {
  /** After the same silence for every customer. */
  FIXED,
  /** After a multiple of the customer's own mean gap between purchase days. */
  PERSONAL,
  /** When the purchase model's probability of being alive falls to a value. */
  MODEL,
  /** When the purchase model's probability of a purchase within a time falls to a value. */
  RETURN;

  /** Whether the method needs a purchase model. */
  public boolean needsModel() {
    return this == MODEL || this == RETURN;
  }
}
