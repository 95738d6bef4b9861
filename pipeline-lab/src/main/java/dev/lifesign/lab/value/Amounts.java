package dev.lifesign.lab.value;

import dev.lifesign.domain.policy.Currencies;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Amounts of money and other numbers as people and shops write them: with a decimal comma or point,
 * separators of thousands, currency signs, accounting negatives, digits of any script. What can be
 * read in two ways is refused until the decimal sign is given.
 *
 * @param decimal the decimal sign
 * @param minor whether amounts are in minor units of their currency, such as cents
 */
public record Amounts(DecimalSign decimal, boolean minor) {

  private static final String OTHER_MINUS = "\u2212\u2012\u2013\uFE63\uFF0D";

  /** {@code 12.-} and {@code 12,-} are whole amounts, as in Switzerland and Scandinavia. */
  private static final Pattern NO_CENTS = Pattern.compile("(?<=\\d)[.,][-–—]{1,2}(?=\\D*$)");

  /**
   * A number, and the currency that its text names.
   *
   * @param number the number
   * @param currency ISO 4217 code; empty if the text names none, or one that several share
   */
  public record Amount(BigDecimal number, Optional<String> currency) {}

  /**
   * A number in minor units of a currency, rounded half-even; it can be negated.
   *
   * @throws UnreadableValue if it is too large
   */
  public long minorUnits(BigDecimal number, String currency) throws UnreadableValue {
    try {
      long units =
          number
              .movePointRight(minor ? 0 : Currencies.digits(currency))
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
      return -Math.negateExact(units);
    } catch (ArithmeticException e) {
      throw UnreadableValue.invalid(
          "amounts that are too large",
          "The amount " + UnreadableValue.shown(number.toString()) + " is too large; correct it");
    }
  }

  /**
   * Refuses a fraction of a minor unit, which nobody pays.
   *
   * @throws UnreadableValue if amounts are in minor units, and this one is not whole
   */
  public void requireWhole(BigDecimal number, String text) throws UnreadableValue {
    if (minor && number.stripTrailingZeros().scale() > 0) {
      throw UnreadableValue.invalid(
          "amounts with a part of a minor unit",
          "The amount %s is no whole number of minor units; leave out amounts: minor if it is %s as people say it, or correct it"
              .formatted(UnreadableValue.shown(text), UnreadableValue.shown(text)));
    }
  }

  /**
   * Reads an amount.
   *
   * @param currency the currency of the row, whose digits help to read {@code 12.345}
   * @throws UnreadableValue if it is no number, or one that can be read in two ways
   */
  public Amount read(String text, String currency) throws UnreadableValue {
    BigDecimal plain = plain(text);
    if (plain != null) {
      return new Amount(plain, Optional.empty());
    }
    String rest = NO_CENTS.matcher(Digits.ascii(text)).replaceFirst("");
    boolean negative = false;
    if (rest.startsWith("(") && rest.endsWith(")") && rest.length() > 2) {
      negative = true;
      rest = rest.substring(1, rest.length() - 1);
    }
    rest = rest.strip();
    Optional<String> named = Optional.empty();
    boolean toman = false;
    for (int turn = 0; turn < 3; turn++) {
      // Signs stand on either side of the currency: -12 EUR, EUR -12, $12-.
      String unsigned = withoutMinus(rest);
      if (unsigned.length() < rest.length()) {
        if (negative) {
          throw NumberText.noNumber(text);
        }
        negative = true;
        rest = unsigned;
      }
      int from = 0;
      int to = rest.length();
      while (from < to
          && !NumberText.isDigit(rest.charAt(from))
          && !isSeparatorBeforeDigit(rest, from)) {
        if (isMinus(rest.charAt(from))) {
          break;
        }
        from++;
      }
      while (to > from
          && !NumberText.isDigit(rest.charAt(to - 1))
          && !isMinus(rest.charAt(to - 1))) {
        if ((rest.charAt(to - 1) == '.' || rest.charAt(to - 1) == ',')
            && to > 1
            && NumberText.isDigit(rest.charAt(to - 2))) {
          break;
        }
        to--;
      }
      for (String word : new String[] {rest.substring(0, from), rest.substring(to)}) {
        boolean isToman = CurrencyWords.isToman(word);
        toman |= isToman;
        Optional<String> code =
            isToman ? Optional.of(CurrencyWords.RIAL) : CurrencyWords.code(word, text);
        if (code.isPresent()) {
          named = code;
        }
      }
      rest = rest.substring(from, to).strip();
    }
    BigDecimal number = new NumberText(decimal).read(rest, text, currency);
    BigDecimal signed = negative ? number.negate() : number;
    return new Amount(toman ? signed.multiply(BigDecimal.TEN) : signed, named);
  }

  /** A number in the form of most exports, {@code -12.50}; null for any other, and if in doubt. */
  private BigDecimal plain(String text) {
    int length = text.length();
    if (length == 0 || length > 17 || decimal == DecimalSign.COMMA) {
      return null;
    }
    int from = text.charAt(0) == '-' ? 1 : 0;
    long digits = 0;
    int point = -1;
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        digits = 10 * digits + c - '0';
      } else {
        return null;
      }
    }
    int scale = point < 0 ? 0 : length - point - 1;
    if (from == length || point == from || (point >= 0 && scale == 0)) {
      return null;
    }
    if (scale == 3 && decimal == DecimalSign.AUTO) {
      return null;
    }
    return BigDecimal.valueOf(from == 1 ? -digits : digits, scale);
  }

  private static String withoutMinus(String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (isMinus(text.charAt(0))) {
      return text.substring(1).strip();
    }
    int last = text.length() - 1;
    return last > 0 && isMinus(text.charAt(last)) ? text.substring(0, last).strip() : text;
  }

  private static boolean isSeparatorBeforeDigit(String text, int at) {
    char c = text.charAt(at);
    return (c == '.' || c == ',' || c == '٫')
        && at + 1 < text.length()
        && NumberText.isDigit(text.charAt(at + 1))
        && (at == 0 || !Character.isLetter(text.charAt(at - 1)));
  }

  private static boolean isMinus(char c) {
    return c == '-' || OTHER_MINUS.indexOf(c) >= 0;
  }
}
