package dev.lifesign.domain.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The base currency and the fixed rates into it.
 *
 * @param base ISO 4217 code
 * @param rates base minor units for one minor unit of each other currency, more than 0
 */
public record Currencies(String base, Map<String, BigDecimal> rates) {

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** Keeps its own copy of the rates. */
  public Currencies {
    rates = Map.copyOf(rates);
  }

  /** Minor units of one major unit of the base currency: 100 for USD, 1 for JPY. */
  public int minorUnits() {
    int digits;
    try {
      digits = Currency.getInstance(base).getDefaultFractionDigits();
    } catch (IllegalArgumentException unknown) {
      digits = 2;
    }
    return (int) Math.pow(10, Math.max(0, digits));
  }

  /**
   * The amount in minor units of the base currency, rounded half-even; capped at {@code
   * Long.MAX_VALUE}; empty if the currency has no rate.
   *
   * @param amount minor units of the currency, 0 or more
   * @param currency ISO 4217 code
   */
  public OptionalLong toBase(long amount, String currency) {
    if (currency.equals(base)) {
      return OptionalLong.of(amount);
    }
    BigDecimal rate = rates.get(currency);
    if (rate == null) {
      return OptionalLong.empty();
    }
    BigInteger converted =
        BigDecimal.valueOf(amount)
            .multiply(rate)
            .setScale(0, RoundingMode.HALF_EVEN)
            .toBigInteger();
    return OptionalLong.of(converted.min(MAX).longValue());
  }
}
