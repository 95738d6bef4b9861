package dev.lifesign.domain.policy;

import java.util.List;

/** How severe an alert is. */
public sealed interface SeverityRule {

  /** Always the same. */
  record Fixed(Severity severity) implements SeverityRule {}

  /**
   * By the value at stake: the number of bounds that it reaches, from LOW for none to CRITICAL for
   * all three.
   *
   * @param bounds three, ascending, minor units of the base currency
   */
  record ByValue(List<Long> bounds) implements SeverityRule {

    /** Keeps its own copy. */
    public ByValue {
      bounds = List.copyOf(bounds);
    }
  }

  /** The severity for a value at stake, minor units of the base currency. */
  default Severity of(long valueAtStake) {
    if (this instanceof Fixed fixed) {
      return fixed.severity();
    }
    int reached = 0;
    for (long bound : ((ByValue) this).bounds()) {
      if (valueAtStake >= bound) {
        reached++;
      }
    }
    return Severity.values()[reached];
  }
}
