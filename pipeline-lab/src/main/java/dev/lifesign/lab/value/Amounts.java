package dev.lifesign.lab.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Amounts of money and other numbers as people and shops write them: with a decimal comma or point,
 * separators of thousands, currency signs, accounting negatives, digits of any script. What can be
 * read in two ways is refused until the decimal sign is given.
 *
 * @param decimal the decimal sign
 * @param minor whether amounts are in minor units of their currency, such as cents
 */
public record Amounts(DecimalSign decimal, boolean minor) {

  private static final int DEFAULT_DIGITS = 2;
  private static final int MOST_EXPONENT = 15;
  private static final String OTHER_MINUS = "\u2212\u2012\u2013\uFE63\uFF0D";
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d+(?:\\.\\d+)?[eE]([+-]?\\d{1,2})");

  /** {@code 12.-} and {@code 12,-} are whole amounts, as in Switzerland and Scandinavia. */
  private static final Pattern NO_CENTS = Pattern.compile("(?<=\\d)[.,][-–—]{1,2}(?=\\D*$)");

  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:_\\d{3})+|\\d{1,2}(?:_\\d{2})*_\\d{3}");

  /** Signs and words with one meaning. */
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("€", "EUR"),
          Map.entry("£", "GBP"),
          Map.entry("₹", "INR"),
          Map.entry("₽", "RUB"),
          Map.entry("₺", "TRY"),
          Map.entry("₩", "KRW"),
          Map.entry("₪", "ILS"),
          Map.entry("₴", "UAH"),
          Map.entry("₫", "VND"),
          Map.entry("฿", "THB"),
          Map.entry("r$", "BRL"),
          Map.entry("us$", "USD"),
          Map.entry("c$", "CAD"),
          Map.entry("ca$", "CAD"),
          Map.entry("a$", "AUD"),
          Map.entry("zł", "PLN"),
          Map.entry("kč", "CZK"),
          Map.entry("руб", "RUB"),
          Map.entry("ریال", "IRR"));

  /** Signs and words that several currencies share. */
  private static final Set<String> SHARED =
      Set.of(
          "$", "¥", "￥", "kr", "ft", "lei", "rs", "fr", "sfr", "лв", "tl", "rm", "﷼", "د.إ", "ر.س");

  /** Ten rials, as shops in Iran name their prices. */
  private static final Set<String> TOMAN = Set.of("تومان", "تومن", "toman", "tomans");

  private static final String RIAL = "IRR";

  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /** Amounts in major units, whose decimal sign must show. */
  public static final Amounts PLAIN = new Amounts(DecimalSign.AUTO, false);

  /**
   * A number, and the currency that its text names.
   *
   * @param number the number
   * @param currency ISO 4217 code; empty if the text names none, or one that several share
   */
  public record Amount(BigDecimal number, Optional<String> currency) {}

  /**
   * The digits after the decimal sign in a currency: 2 for EUR, 0 for JPY, 3 for KWD, 2 for an
   * unknown code.
   */
  public static int digits(String currency) {
    if (!CODES.contains(currency)) {
      return DEFAULT_DIGITS;
    }
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    return digits < 0 ? DEFAULT_DIGITS : digits;
  }

  /** Whether the text is the code of a currency, in capitals. */
  public static boolean isCurrency(String code) {
    return CODES.contains(code);
  }

  /**
   * A number in minor units of a currency, rounded half-even.
   *
   * @throws UnreadableValue if it is too large
   */
  public long minorUnits(BigDecimal number, String currency) throws UnreadableValue {
    try {
      return number
          .movePointRight(minor ? 0 : digits(currency))
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw UnreadableValue.invalid(
          "amounts that are too large",
          "The amount " + shown(number.toString()) + " is too large; correct it");
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
              .formatted(shown(text), shown(text)));
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
          throw noNumber(text);
        }
        negative = true;
        rest = unsigned;
      }
      int from = 0;
      int to = rest.length();
      while (from < to && !isDigit(rest.charAt(from)) && !isSeparatorBeforeDigit(rest, from)) {
        if (isMinus(rest.charAt(from))) {
          break;
        }
        from++;
      }
      while (to > from && !isDigit(rest.charAt(to - 1)) && !isMinus(rest.charAt(to - 1))) {
        if ((rest.charAt(to - 1) == '.' || rest.charAt(to - 1) == ',')
            && to > 1
            && isDigit(rest.charAt(to - 2))) {
          break;
        }
        to--;
      }
      for (String word : new String[] {rest.substring(0, from), rest.substring(to)}) {
        boolean isToman = TOMAN.contains(word.strip().toLowerCase(Locale.ROOT));
        toman |= isToman;
        Optional<String> code = isToman ? Optional.of(RIAL) : currencyOf(word, text);
        if (code.isPresent()) {
          named = code;
        }
      }
      rest = rest.substring(from, to).strip();
    }
    BigDecimal number = number(rest, text, currency);
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

  private BigDecimal number(String rest, String text, String currency) throws UnreadableValue {
    Matcher scientific = SCIENTIFIC.matcher(rest);
    if (scientific.matches()) {
      if (Math.abs(Integer.parseInt(scientific.group(1))) > MOST_EXPONENT) {
        throw noNumber(text);
      }
      return new BigDecimal(rest);
    }
    StringBuilder grouped = new StringBuilder();
    char sign = 0;
    int signs = 0;
    boolean thousands = false;
    int points = count(rest, '.');
    int commas = count(rest, ',') + count(rest, '،');
    boolean both = points > 0 && commas > 0;
    char last =
        rest.lastIndexOf('.') > Math.max(rest.lastIndexOf(','), rest.lastIndexOf('،')) ? '.' : ',';
    boolean arabic = rest.indexOf('٫') >= 0;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i) == '،' ? ',' : rest.charAt(i);
      if (isDigit(c)) {
        grouped.append(c);
      } else if (c == '٫') {
        grouped.append('!');
        signs++;
      } else if (c == '٬' || c == '\'' || c == '’' || Digits.isSpace(c)) {
        grouped.append('_');
        thousands = true;
      } else if (c == '.' || c == ',') {
        sign = c;
        grouped.append(both || arabic ? (c == last && !arabic ? '!' : '_') : '?');
        signs += both && c == last && !arabic ? 1 : 0;
      } else {
        throw noNumber(text);
      }
    }
    if (signs > 1) {
      throw noNumber(text);
    }
    String form = grouped.toString();
    if (both && contradicts(last)) {
      throw contradiction(text);
    }
    if (form.indexOf('?') >= 0) {
      form = settled(form, sign, points + commas, thousands, text, currency);
    }
    return decimal(form, text);
  }

  /** The form with its only kind of separator as the decimal sign {@code !} or as {@code _}. */
  private String settled(
      String form, char sign, int count, boolean thousands, String text, String currency)
      throws UnreadableValue {
    if (count > 1) {
      if (thousands) {
        throw noNumber(text);
      }
      if (!contradicts(sign) && decimal != DecimalSign.AUTO) {
        throw contradiction(text);
      }
      return form.replace('?', '_');
    }
    int at = form.indexOf('?');
    int after = form.length() - at - 1;
    boolean looksGrouped = after == 3 && at >= 1 && at <= 3 && form.charAt(0) != '0' && !thousands;
    if (decimal != DecimalSign.AUTO) {
      if (!contradicts(sign)) {
        return form.replace('?', '!');
      }
      if (looksGrouped) {
        return form.replace('?', '_');
      }
      throw contradiction(text);
    }
    if (looksGrouped && !(sign == '.' && digits(currency) == 3)) {
      throw UnreadableValue.invalid(
          "amounts that can be read in two ways",
          "The amount %s can be read in two ways, as %s and as %s; set decimal to point or comma"
              .formatted(shown(text), form.replace("?", ""), form.replace('?', '.')));
    }
    return form.replace('?', '!');
  }

  private boolean contradicts(char sign) {
    return (decimal == DecimalSign.POINT && sign == ',')
        || (decimal == DecimalSign.COMMA && sign == '.');
  }

  private static BigDecimal decimal(String form, String text) throws UnreadableValue {
    int at = form.indexOf('!');
    String whole = at < 0 ? form : form.substring(0, at);
    String fraction = at < 0 ? "" : form.substring(at + 1);
    boolean plainWhole = whole.chars().allMatch(c -> c != '_');
    if (fraction.indexOf('_') >= 0
        || whole.length() + fraction.length() == 0
        || (!plainWhole && !GROUPED.matcher(whole).matches())) {
      throw noNumber(text);
    }
    return new BigDecimal(
        (whole.isEmpty() ? "0" : whole.replace("_", ""))
            + (fraction.isEmpty() ? "" : "." + fraction));
  }

  private static Optional<String> currencyOf(String word, String text) throws UnreadableValue {
    String sign = word.strip();
    if (sign.endsWith(".") && sign.length() > 1) {
      sign = sign.substring(0, sign.length() - 1);
    }
    if (sign.isEmpty()) {
      return Optional.empty();
    }
    String code = sign.toUpperCase(Locale.ROOT);
    if (CODES.contains(code)) {
      return Optional.of(code);
    }
    String folded = sign.toLowerCase(Locale.ROOT);
    if (SIGNS.containsKey(folded)) {
      return Optional.of(SIGNS.get(folded));
    }
    boolean known =
        SHARED.contains(folded)
            || (sign.codePointCount(0, sign.length()) == 1
                && Character.getType(sign.codePointAt(0)) == Character.CURRENCY_SYMBOL);
    if (!known) {
      throw noNumber(text);
    }
    return Optional.empty();
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
        && isDigit(text.charAt(at + 1))
        && (at == 0 || !Character.isLetter(text.charAt(at - 1)));
  }

  private static boolean isMinus(char c) {
    return c == '-' || OTHER_MINUS.indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int count(String text, char wanted) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += text.charAt(i) == wanted ? 1 : 0;
    }
    return count;
  }

  private UnreadableValue contradiction(String text) {
    return UnreadableValue.invalid(
        "amounts with another decimal sign",
        "The amount %s does not fit decimal: %s; correct one of them"
            .formatted(shown(text), decimal.name().toLowerCase(Locale.ROOT)));
  }

  private static UnreadableValue noNumber(String text) {
    return UnreadableValue.invalid(
        "amounts that are no number",
        "Expected an amount such as 12.50, but it is "
            + shown(text)
            + "; correct it at the source");
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
