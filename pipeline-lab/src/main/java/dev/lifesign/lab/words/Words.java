package dev.lifesign.lab.words;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyCalendar.Months;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Sentences, numbers, money and dates in the language and the calendar of a policy. */
public final class Words {

  private static final String UNDEFINED = "–";

  private final Properties patterns = new Properties();
  private final Language language;
  private final ULocale locale;
  private final DateFormat dates;
  private final DateFormat months;
  private final NumberFormat money;
  private final double minorUnits;

  private Words(Policy policy, Language language, Class<?> owner) {
    this.language = language;
    String name = language.name().toLowerCase(Locale.ROOT);
    boolean persian = policy.calendar().months() == Months.PERSIAN;
    this.locale = new ULocale(name + "@calendar=" + (persian ? "persian" : "gregorian"));
    this.dates = DateFormat.getInstanceForSkeleton("yMMMMd", locale);
    dates.setTimeZone(TimeZone.getTimeZone(policy.calendar().zone().getId()));
    this.months = DateFormat.getInstanceForSkeleton("yMMM", locale);
    months.setTimeZone(TimeZone.getTimeZone(policy.calendar().zone().getId()));
    this.minorUnits = policy.currency().minorUnits();
    this.money = NumberFormat.getCurrencyInstance(locale);
    money.setCurrency(Currency.getInstance(policy.currency().base()));
    money.setMaximumFractionDigits(0);
    load(Words.class, name);
    load(owner, name);
  }

  /**
   * The words of a report in the language of a policy.
   *
   * @param owner a class of the report's package, which has the words as resources
   */
  public static Words of(Policy policy, Class<?> owner) {
    return of(policy, policy.locale().language(), owner);
  }

  /**
   * The words of a report in another language, with the policy's calendar and currency.
   *
   * @param owner a class of the report's package, which has the words as resources
   */
  public static Words of(Policy policy, Language language, Class<?> owner) {
    return new Words(policy, language, owner);
  }

  private void load(Class<?> owner, String name) {
    try (InputStream file = owner.getResourceAsStream("words_" + name + ".properties");
        Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      patterns.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("The words of the language could not be read", e);
    }
  }

  /** The language as an HTML document states it. */
  public String language() {
    return language.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is written from right to left. */
  public boolean isRightToLeft() {
    return language != Language.EN;
  }

  /** A text without arguments. */
  public String say(String key) {
    return say(key, Map.of());
  }

  /** A sentence with its arguments by name. */
  public String say(String key, Map<String, Object> arguments) {
    String pattern = patterns.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("There are no words for " + key);
    }
    return new MessageFormat(pattern, locale).format(arguments);
  }

  /** The name of a status. */
  public String status(Status status) {
    return say("status." + status.name());
  }

  /** A segment of the policy; one of the default segments in its language, any other as it is. */
  public String segment(String name) {
    String key = "segment." + name.replaceAll("[^A-Za-z]+", "");
    return patterns.containsKey(key) ? say(key) : name;
  }

  /** A whole number. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** Money in major units, without its fraction. */
  public String money(long minor) {
    return money.format(minor / minorUnits);
  }

  /** A share in whole per cent; a dash if it is not defined. */
  public String percent(double share) {
    return percent(share, 0);
  }

  /** A share in per cent, with so many decimals; a dash if it is not defined. */
  public String percent(double share, int decimals) {
    if (Double.isNaN(share)) {
      return UNDEFINED;
    }
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(share);
  }

  /** A number with at most so many decimals; a dash if it is not defined. */
  public String decimal(double number, int decimals) {
    if (Double.isNaN(number)) {
      return UNDEFINED;
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(decimals);
    return format.format(number);
  }

  /**
   * Text of either direction, such as the name of a file, which does not change the direction of
   * the sentence around it. Left as it is where everything runs from left to right.
   */
  public String isolated(String text) {
    return isRightToLeft() ? "\u2068" + text + "\u2069" : text;
  }

  /** Text that runs from left to right in every sentence, such as money with a Latin symbol. */
  public String leftToRight(String text) {
    return isRightToLeft() ? "\u2066" + text + "\u2069" : text;
  }

  /** The month of an instant in the policy's zone and calendar, with its year. */
  public String month(long instant) {
    return months.format(instant);
  }

  /** The day of an instant in the policy's zone and calendar. */
  public String date(long instant) {
    return dates.format(instant);
  }
}
