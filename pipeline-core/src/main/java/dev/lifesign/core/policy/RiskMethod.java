package dev.lifesign.core.policy;

/** How it is found when silence becomes a risk (semantics, When is silence a risk?). */
public enum RiskMethod {
  /** After the same silence for everybody. */
  FIXED,
  /** After a multiple of the customer's own mean gap between purchase days. */
  PERSONAL,
  /** When the purchase model's probability of being alive has fallen to a value. */
  MODEL
}
