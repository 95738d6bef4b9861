package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates are between minor units, which a person checks in major units. */
class CurrenciesTest {

  @ParameterizedTest
  @CsvSource({
    "USD, EUR, 1.08, 1 EUR = 1.08 USD",
    "USD, JPY, 0.67, 100 JPY = 0.67 USD",
    "USD, JPY, 0.0067, 10000 JPY = 0.67 USD",
    "USD, KWD, 0.325, 1 KWD = 3.25 USD",
    "USD, IRR, 0.000024, 10000 IRR = 0.24 USD",
    "JPY, USD, 1.5, 1 USD = 150 JPY",
    "USD, XTS, 2, 1 XTS = 2 USD",
  })
  void aRateIsShownInMajorUnits(String base, String currency, BigDecimal rate, String shown) {
    assertThat(new Currencies(base, Map.of(currency, rate)).inMajorUnits()).containsExactly(shown);
  }

  @Test
  void ratesAreShownInTheOrderOfTheirCurrencies() {
    assertThat(
            new Currencies("USD", Map.of("GBP", new BigDecimal("1.3"), "EUR", BigDecimal.ONE))
                .inMajorUnits())
        .containsExactly("1 EUR = 1 USD", "1 GBP = 1.3 USD");
  }
}
