package dev.lifesign.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instants as text. */
class InstantsTest {

  private static final long YEAR_MINUS_2 = -62_230_000_000_000L;
  private static final long YEAR_10002 = 253_500_000_000_000L;

  @Property(tries = 10_000)
  void formatAgreesWithTheJavaPlatform(
      @ForAll @LongRange(min = YEAR_MINUS_2, max = YEAR_10002) long instant) {
    assertThat(Instants.format(instant)).isEqualTo(Instant.ofEpochMilli(instant).toString());
    long second = Math.floorDiv(instant, 1_000) * 1_000;
    assertThat(Instants.format(second)).isEqualTo(Instant.ofEpochMilli(second).toString());
  }

  @Property(tries = 10_000)
  void aFormattedInstantParsesBackToItself(
      @ForAll @LongRange(min = YEAR_MINUS_2, max = YEAR_10002) long instant) {
    assertThat(Instants.parse(Instants.format(instant))).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59Z",
        "2024-02-30T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T25:00:00Z",
        "2024-01-01T23:59:60Z",
        "2024-01-01T00:00:00.5Z",
        "2024-01-01T00:00:00.123456789Z",
        "2024-01-01T00:00:00+01:00",
        "2024-01-01T0x:00:00Z",
        "2024-01-01",
        "+999999999-12-31T23:59:59Z",
        ""
      })
  void parseAgreesWithTheJavaPlatform(String text) {
    assertThat(result(() -> Instants.parse(text)))
        .isEqualTo(result(() -> Instant.parse(text).toEpochMilli()));
  }

  private static Object result(Supplier<Long> read) {
    try {
      return read.get();
    } catch (DateTimeException | ArithmeticException e) {
      return "none";
    }
  }

  @Test
  void theEdgesOfTheFourDigitYearsAreFormattedToo() {
    for (String edge :
        new String[] {
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999Z",
          "-0001-12-31T23:59:59.999Z",
          "+10000-01-01T00:00:00Z",
          "1970-01-01T00:00:00.001Z"
        }) {
      assertThat(Instants.format(Instant.parse(edge).toEpochMilli())).isEqualTo(edge);
    }
  }
}
