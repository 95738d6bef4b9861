package dev.lifesign.app.query.answer;

import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Converts numbers and instants of the domain for answers. */
final class Rounding {

  private static final int PROBABILITY_DIGITS = 6;
  private static final int SCORE_DIGITS = 2;

  private Rounding() {}

  static BigDecimal probability(double value) {
    return BigDecimal.valueOf(value).setScale(PROBABILITY_DIGITS, RoundingMode.HALF_EVEN);
  }

  static BigDecimal score(double value) {
    return BigDecimal.valueOf(value).setScale(SCORE_DIGITS, RoundingMode.HALF_EVEN);
  }

  /** Converts an instant; null if there is none. */
  static Instant instant(long millis) {
    return Instants.isFinite(millis) ? Instant.ofEpochMilli(millis) : null;
  }
}
