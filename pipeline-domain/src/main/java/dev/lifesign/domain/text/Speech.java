package dev.lifesign.domain.text;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyCalendar.Months;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a language says values: in its digits, in the policy's calendar, zone and currency, and
 * isolated from the text around them. For one thread.
 */
final class Speech {

  private static final long SECOND = 1_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final double SMALL = 0.01;
  private static final int MOST_DECIMALS = 6;

  /** ICU's formats are costly to make, and not for several threads. */
  private static final ThreadLocal<Map<Voice, Speech>> KNOWN =
      ThreadLocal.withInitial(HashMap::new);

  private final Language language;
  private final int minorDigits;
  private final Messages messages;
  private final Calendar calendar;
  private final DateFormat dates;
  private final DateFormat datesWithYear;
  private final DateFormat times;
  private final NumberFormat money;
  private final NumberFormat wholeMoney;
  private final NumberFormat percent;
  private final NumberFormat smallPercent;
  private final NumberFormat scores;
  private final NumberFormat numbers;
  private final ListFormatter alternatives;
  private final ListFormatter enumeration;

  /** What decides how values are said. */
  private record Voice(Language language, ZoneId zone, Months months, String currency) {}

  private Speech(Voice voice) {
    this.language = voice.language();
    this.minorDigits = Currencies.digits(voice.currency());
    String months = voice.months() == Months.PERSIAN ? "persian" : "gregorian";
    ULocale locale =
        new ULocale(
            switch (language) {
              case EN -> "en_GB@calendar=" + months;
              case FA -> "fa@calendar=" + months + ";numbers=arabext";
              case AR -> "ar@calendar=" + months + ";numbers=arab";
            });
    this.messages = new Messages(name(language), locale);
    TimeZone zone = TimeZone.getTimeZone(voice.zone().getId());
    this.calendar = Calendar.getInstance(zone, locale);
    this.dates = dates("MMMMd", locale, zone);
    this.datesWithYear = dates("yMMMMd", locale, zone);
    this.times = dates("Hm", locale, zone);
    this.money = money(locale, voice.currency(), minorDigits);
    this.wholeMoney = money(locale, voice.currency(), 0);
    this.percent = percent(locale, 0);
    this.smallPercent = percent(locale, 1);
    this.scores = NumberFormat.getNumberInstance(locale);
    scores.setMaximumFractionDigits(1);
    scores.setRoundingMode(com.ibm.icu.math.BigDecimal.ROUND_FLOOR);
    this.numbers = NumberFormat.getNumberInstance(locale);
    numbers.setMaximumFractionDigits(MOST_DECIMALS);
    this.alternatives =
        ListFormatter.getInstance(locale, ListFormatter.Type.OR, ListFormatter.Width.WIDE);
    this.enumeration =
        ListFormatter.getInstance(locale, ListFormatter.Type.AND, ListFormatter.Width.WIDE);
  }

  /** How a language says the values of a policy. */
  static Speech of(Policy policy, Language language) {
    return KNOWN
        .get()
        .computeIfAbsent(
            new Voice(
                language,
                policy.calendar().zone(),
                policy.calendar().months(),
                policy.currency().base()),
            Speech::new);
  }

  /** The name of a language in the names of resources: {@code en}, {@code fa} or {@code ar}. */
  static String name(Language language) {
    return switch (language) {
      case EN -> "en";
      case FA -> "fa";
      case AR -> "ar";
    };
  }

  private static DateFormat dates(String skeleton, ULocale locale, TimeZone zone) {
    DateFormat format = DateFormat.getInstanceForSkeleton(skeleton, locale);
    format.setTimeZone(zone);
    return format;
  }

  private static NumberFormat money(ULocale locale, String currency, int digits) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(Currency.getInstance(currency));
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format;
  }

  private static NumberFormat percent(ULocale locale, int digits) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(digits);
    return format;
  }

  /** Whether there is a message. */
  boolean has(String key) {
    return messages.has(key);
  }

  /** A message that is known with these arguments; empty if none of its variants is. */
  Optional<String> say(String key, Arguments arguments) {
    return messages.say(key, arguments);
  }

  /** A message that is said as it is, or whose arguments are all known. */
  String phrase(String key, Arguments arguments) {
    return messages
        .say(key, arguments)
        .orElseThrow(() -> new IllegalArgumentException("An argument is missing for " + key));
  }

  /** A clause as a sentence begins: with a capital letter, where the language has any. */
  static String asSentence(String text) {
    return text.isEmpty() || !Character.isLowerCase(text.charAt(0))
        ? text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** A day; with its year if that is not the year of the other instant. */
  String date(long at, long seenAt) {
    boolean sameYear = year(at) == year(seenAt);
    return isolated((sameYear ? dates : datesWithYear).format(Long.valueOf(at)));
  }

  private int year(long at) {
    calendar.setTimeInMillis(at);
    return calendar.get(Calendar.EXTENDED_YEAR);
  }

  /** A time of day. */
  String time(long at) {
    return isolated(times.format(Long.valueOf(at)));
  }

  /**
   * About how long: in minutes, hours or days, rounded half up, so that the longer never is less.
   */
  String about(long millis) {
    return span("span", rounded(millis));
  }

  /** About how often. */
  String every(long millis) {
    Quantity often = rounded(Math.max(Instants.HOUR, millis));
    return span("every", often);
  }

  /** Exactly how often, in the largest unit that divides it. */
  String everyExactly(long millis) {
    return span("every", exact(millis));
  }

  /** Exactly how long, in the largest unit that divides it. */
  String exactly(long millis) {
    return span("span", exact(millis));
  }

  private record Quantity(long number, String unit) {}

  private static Quantity rounded(long millis) {
    long minutes = Math.floorDiv(millis + MINUTE / 2, MINUTE);
    if (minutes < 60) {
      return new Quantity(minutes, "MINUTES");
    }
    long hours = Math.floorDiv(millis + Instants.HOUR / 2, Instants.HOUR);
    return hours < 48 && hours != 24
        ? new Quantity(hours, "HOURS")
        : new Quantity(Math.floorDiv(millis + Instants.DAY / 2, Instants.DAY), "DAYS");
  }

  private static Quantity exact(long millis) {
    if (millis % Instants.DAY == 0 && millis > 0) {
      return new Quantity(millis / Instants.DAY, "DAYS");
    }
    if (millis % Instants.HOUR == 0 && millis > 0) {
      return new Quantity(millis / Instants.HOUR, "HOURS");
    }
    return millis % MINUTE == 0
        ? new Quantity(millis / MINUTE, "MINUTES")
        : new Quantity(Math.floorDiv(millis + SECOND / 2, SECOND), "SECONDS");
  }

  private String span(String prefix, Quantity quantity) {
    return isolated(phrase(prefix + "." + quantity.unit(), name -> Optional.of(quantity.number())));
  }

  /** Money, minor units of the base currency; without decimals where there are none. */
  String money(long minor) {
    BigDecimal major = BigDecimal.valueOf(minor, minorDigits);
    boolean whole = major.stripTrailingZeros().scale() <= 0;
    return isolated((whole ? wholeMoney : money).format(major));
  }

  /** A probability in per cent, with a decimal below one per cent. */
  String percent(double share) {
    return isolated((share < SMALL ? smallPercent : percent).format(share));
  }

  /** A score with at most one decimal, not rounded up, so that it is seen to be below a bound. */
  String score(double score) {
    return isolated(scores.format(score));
  }

  /** A number. */
  String number(Number number) {
    return isolated(numbers.format(number));
  }

  /** Joins texts any of which will do: a, b or c. */
  ListFormatter alternatives() {
    return alternatives;
  }

  /** Joins texts that belong together: a, b and c. */
  ListFormatter enumeration() {
    return enumeration;
  }

  /** A name that someone else wrote, such as an id. */
  String name(String name) {
    return isolated(Direction.plain(name));
  }

  /** A word of a vocabulary, such as a status; as it is where the vocabulary lacks it. */
  String word(String vocabulary, String word) {
    String key = vocabulary + "." + word;
    return has(key) ? phrase(key, Arguments.NONE) : name(word);
  }

  /** A word of a vocabulary in quotation marks, where the language sets names in them. */
  String quoted(String vocabulary, String word) {
    return phrase("quoted", name -> Optional.of(word(vocabulary, word)));
  }

  private String isolated(String text) {
    return Direction.isolated(text, language);
  }
}
