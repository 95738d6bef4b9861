package dev.lifesign.lab.value;

import dev.lifesign.domain.policy.Currencies;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads digits with separators, without a minus or a currency. First each separator is classified
 * as a decimal sign ({@code !}), a separator of thousands ({@code _}) or either ({@code ?}), then
 * doubt is settled by the decimal sign that is given, or refused.
 *
 * @param decimal the decimal sign
 */
record NumberText(DecimalSign decimal) {

  private static final int MOST_EXPONENT = 15;
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d+(?:\\.\\d+)?[eE]([+-]?\\d{1,2})");

  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:_\\d{3})+|\\d{1,2}(?:_\\d{2})*_\\d{3}");

  /**
   * Reads a number.
   *
   * @param rest the digits and separators
   * @param text the whole cell, for messages
   * @param currency whose digits help to read {@code 12.345}
   * @throws UnreadableValue if it is no number, or one that can be read in two ways
   */
  BigDecimal read(String rest, String text, String currency) throws UnreadableValue {
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
    if (looksGrouped && !(sign == '.' && Currencies.digits(currency) == 3)) {
      throw UnreadableValue.invalid(
          "amounts that can be read in two ways",
          "The amount %s can be read in two ways, as %s and as %s; set decimal to point or comma"
              .formatted(
                  UnreadableValue.shown(text), form.replace("?", ""), form.replace('?', '.')));
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

  static boolean isDigit(char c) {
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
            .formatted(UnreadableValue.shown(text), decimal.name().toLowerCase(Locale.ROOT)));
  }

  static UnreadableValue noNumber(String text) {
    return UnreadableValue.invalid(
        "amounts that are no number",
        "Expected an amount such as 12.50, but it is "
            + UnreadableValue.shown(text)
            + "; correct it at the source");
  }
}
