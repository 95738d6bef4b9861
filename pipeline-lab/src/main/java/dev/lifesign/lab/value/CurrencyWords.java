package dev.lifesign.lab.value;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The codes, signs and words that stand for currencies beside an amount. */
public final class CurrencyWords {

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

  /** The currency of a toman. */
  static final String RIAL = "IRR";

  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private CurrencyWords() {}

  /** Whether the text is the ISO 4217 code of a currency, in capitals. */
  public static boolean isCode(String text) {
    return CODES.contains(text);
  }

  /** Whether a word is the toman, which is ten rials and has no code. */
  static boolean isToman(String word) {
    return TOMAN.contains(word.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * The code of the currency that a sign or a word stands for; empty if the word is empty, or if
   * several currencies share it.
   *
   * @param text the whole cell, for messages
   * @throws UnreadableValue if it stands for no currency
   */
  static Optional<String> code(String word, String text) throws UnreadableValue {
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
      throw NumberText.noNumber(text);
    }
    return Optional.empty();
  }
}
