package dev.lifesign.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The periods that prices are for, and the factors that make them prices of a month. */
class BillingPeriodTest {

  @ParameterizedTest
  @CsvSource({
    "P1M, 12000000",
    "P3M, 4000000",
    "P12M, 1000000",
    "P1Y, 1000000",
    "P2Y, 500000",
    "P1W, 52000000",
    "P2W, 26000000",
    "P4W, 13000000",
    "P1D, 365000000",
    "P10D, 36500000",
    "P14D, 26071429",
    "P90D, 4055556",
    "P364D, 1002747"
  })
  void theFactorIsThatOfTheTable(String period, long perMonth) {
    assertThat(perMonth(12_000_000, period)).isEqualTo(perMonth);
  }

  @ParameterizedTest
  @CsvSource({
    "P7D, P1W",
    "P28D, P1M",
    "P29D, P1M",
    "P30D, P1M",
    "P31D, P1M",
    "P365D, P1Y",
    "P366D, P1Y",
    "P06D, P6D",
    "P8D, P8D",
    "P27D, P27D",
    "P32D, P32D",
    "P364D, P364D",
    "P367D, P367D",
    "P12M, P12M",
    "P4W, P4W"
  })
  void sevenDaysAreAWeekTwentyEightToThirtyOneAMonthAndThreeHundredSixtyFiveOrSixAYear(
      String period, String meaning) {
    assertThat(BillingPeriod.of(period)).map(BillingPeriod::toString).contains(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "M",
        "PM",
        "P0M",
        "P00D",
        "P-1M",
        "-P1M",
        "P+1M",
        "P1.5M",
        "P1Y6M",
        "P1M1D",
        "PT720H",
        "p1m",
        "P1m",
        "1M",
        " P1M",
        "P1M ",
        "P1H",
        "P1000000000D",
        "monthly",
        "P١M"
      })
  void anythingElseIsNoPeriod(String text) {
    assertThat(BillingPeriod.of(text)).isEmpty();
  }

  @Test
  void theLongestPeriodHasNineDigits() {
    assertThat(BillingPeriod.of("P999999999Y")).isPresent();
    assertThat(perMonth(Long.MAX_VALUE, "P999999999Y")).isEqualTo(768_614_337);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, P1W",
    "18, 43200000, P1W",
    "18, 43200001, P1M",
    "28, 0, P1M",
    "60, 43200000, P1M",
    "60, 43200001, P3M",
    "228, 0, P3M",
    "228, 1, P1Y",
    "3000, 0, P1Y"
  })
  void aPaidTimeIsNearestToSevenThirtyNinetyOneOrThreeHundredSixtyFiveDaysATieToTheShorter(
      int days, long millis, String period) {
    assertThat(BillingPeriod.nearest(days * Instants.DAY + millis)).hasToString(period);
  }

  private static long perMonth(long amount, String period) {
    return new Price(amount, Optional.of(BigDecimal.ONE), 1, false)
        .perMonth(BillingPeriod.of(period).orElseThrow());
  }
}
