package dev.lifesign.lab.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts as people and shops write them. */
class AmountsTest {

  private static final Amounts PLAIN = new Amounts(DecimalSign.AUTO, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12.50|12.50",
        "-3|-3",
        "12,5|12.5",
        "1234,567|1234.567",
        "0.500|0.500",
        "0,125|0.125",
        "1,234.50|1234.50",
        "1.234,50|1234.50",
        "1.234.567|1234567",
        "12,34,567.00|1234567.00",
        "1 234,50|1234.50",
        "1\u00A0234,50|1234.50",
        "1\u202F234,50|1234.50",
        "CHF 1'234.50|1234.50",
        "1’234,50|1234.50",
        "(12.50)|-12.50",
        "($1,012.50)|-1012.50",
        "12.50-|-12.50",
        "\u221212.50|-12.50",
        "-€12.50|-12.50",
        "€-12,50|-12.50",
        "$12.50|12.50",
        "12,50 €|12.50",
        "R$ 1.234,50|1234.50",
        "Rs.500|500",
        "kr 99,-|99",
        "12.–|12",
        "usd 7|7",
        "۱۲٬۳۰۰٫۵|12300.5",
        "١٢٣٫٥|123.5",
        "۱۲۳|123",
        "۲۵۰۰۰ تومان|250000",
        ".5|0.5",
        "1.5E3|1.5E+3",
        "0E-8|0E-8"
      })
  void anAmountThatIsClearIsRead(String text, BigDecimal expected) throws UnreadableValue {
    assertThat(PLAIN.read(text, "USD").number()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "much",
        "",
        "-",
        "12abc",
        "1.2.3,4",
        "1,23,4",
        "12.34.56",
        "Infinity",
        "NaN",
        "1e999999999",
        "--5",
        "(-5)",
        "5 5",
        "1.234 567",
        "12 €€",
        "0x10",
        "1_000"
      })
  void whatIsNoAmountIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> PLAIN.read(text, "USD"))
        .isInstanceOf(UnreadableValue.class)
        .hasMessageStartingWith("Expected an amount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.234", "1,234", "12.345", "999,000", "$1.234", "-1.234", "۱.۲۳۴"})
  void whatCanBeReadInTwoWaysIsRefusedUntilTheDecimalSignIsGiven(String text)
      throws UnreadableValue {
    assertThatThrownBy(() -> PLAIN.read(text, "USD"))
        .isInstanceOf(UnreadableValue.class)
        .hasMessageContaining("two ways");
    BigDecimal point = new Amounts(DecimalSign.POINT, false).read(text, "USD").number();
    BigDecimal comma = new Amounts(DecimalSign.COMMA, false).read(text, "USD").number();
    assertThat(point.abs().max(comma.abs()))
        .isEqualByComparingTo(point.abs().min(comma.abs()).movePointRight(3));
  }

  @Test
  void aCurrencyWithThreeDigitsSettlesAPoint() throws UnreadableValue {
    assertThat(PLAIN.minorUnits(PLAIN.read("12.345", "KWD").number(), "KWD")).isEqualTo(12_345);
  }

  @Test
  void anAmountThatContradictsTheDecimalSignIsRefused() {
    assertThatThrownBy(() -> new Amounts(DecimalSign.POINT, false).read("12,50", "USD"))
        .hasMessageContaining("decimal: point");
    assertThatThrownBy(() -> new Amounts(DecimalSign.COMMA, false).read("12.50", "USD"))
        .hasMessageContaining("decimal: comma");
  }

  @ParameterizedTest
  @CsvSource({"12.50 EUR,EUR", "£3,GBP", "3 zł,PLN", "jpy 3,JPY"})
  void anAmountCanNameItsCurrency(String text, String currency) throws UnreadableValue {
    assertThat(PLAIN.read(text, "").currency()).contains(currency);
  }

  @ParameterizedTest
  @CsvSource({"10.005,USD,1000", "10.015,USD,1002", "10000,JPY,10000", "1.5,XYZ,150"})
  void amountsAreRoundedHalfEvenToTheDigitsOfTheCurrency(
      String number, String currency, long expected) throws UnreadableValue {
    assertThat(PLAIN.minorUnits(new BigDecimal(number), currency)).isEqualTo(expected);
  }

  @Test
  void minorUnitsAreTakenAsTheyAre() throws UnreadableValue {
    Amounts minor = new Amounts(DecimalSign.AUTO, true);
    assertThat(minor.minorUnits(minor.read("1999", "USD").number(), "USD")).isEqualTo(1999);
  }
}
