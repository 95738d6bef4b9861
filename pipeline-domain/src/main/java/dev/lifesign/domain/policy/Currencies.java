package dev.lifesign.domain.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return (int) Math.pow(10, digits(base));
  }

  /**
   * What each rate makes of its currency, in major units, for a person to check: rates are between
   * minor units, so {@code JPY: 0.67} means {@code 100 JPY = 0.67 USD}.
   */
  public List<String> inMajorUnits() {
    return rates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> inMajorUnits(entry.getKey(), entry.getValue()))
        .toList();
  }

  private String inMajorUnits(String currency, BigDecimal rate) {
    BigDecimal worth = rate.movePointRight(digits(currency)).movePointLeft(digits(base));
    // Enough of the currency that its worth is a number that people read easily.
    int shift = Math.max(0, worth.scale() - worth.precision());
    return "%s %s = %s %s"
        .formatted(
            BigDecimal.ONE.movePointRight(shift).toPlainString(),
            currency,
            worth.movePointRight(shift).stripTrailingZeros().toPlainString(),
            base);
  }

  /** The digits of minor units: 2 for EUR and for an unknown code, 0 for JPY, 3 for KWD. */
  public static int digits(String currency) {
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? 2 : digits;
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  /** Base minor units for one minor unit of the currency, an ISO 4217 code; empty if unknown. */
  public Optional<BigDecimal> rate(String currency) {
    return currency.equals(base)
        ? Optional.of(BigDecimal.ONE)
        : Optional.ofNullable(rates.get(currency));
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
