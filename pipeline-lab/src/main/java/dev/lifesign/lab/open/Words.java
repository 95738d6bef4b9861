package dev.lifesign.lab.open;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyCalendar.Months;
import dev.lifesign.domain.policy.PolicyLocale.Language;
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
final class Words {

  private final Properties patterns = new Properties();
  private final Language language;
  private final ULocale locale;
  private final DateFormat dates;
  private final NumberFormat money;
  private final double minorUnits;

  private Words(Policy policy) {
    this.language = policy.locale().language();
    String name = language.name().toLowerCase(Locale.ROOT);
    boolean persian = policy.calendar().months() == Months.PERSIAN;
    this.locale = new ULocale(name + "@calendar=" + (persian ? "persian" : "gregorian"));
    this.dates = DateFormat.getInstanceForSkeleton("yMMMMd", locale);
    dates.setTimeZone(TimeZone.getTimeZone(policy.calendar().zone().getId()));
    this.minorUnits = policy.currency().minorUnits();
    this.money = NumberFormat.getCurrencyInstance(locale);
    money.setCurrency(Currency.getInstance(policy.currency().base()));
    money.setMaximumFractionDigits(0);
    load(name);
  }

  /** The words of a policy. */
  static Words of(Policy policy) {
    return new Words(policy);
  }

  private void load(String name) {
    try (InputStream file = Words.class.getResourceAsStream("words_" + name + ".properties");
        Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      patterns.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("The words of the language could not be read", e);
    }
  }

  /** The language as an HTML document states it. */
  String language() {
    return language.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is written from right to left. */
  boolean isRightToLeft() {
    return language != Language.EN;
  }

  /** A text without arguments. */
  String say(String key) {
    return say(key, Map.of());
  }

  /** A sentence with its arguments by name. */
  String say(String key, Map<String, Object> arguments) {
    String pattern = patterns.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("There are no words for " + key);
    }
    return new MessageFormat(pattern, locale).format(arguments);
  }

  String status(Status status) {
    return say("status." + status.name());
  }

  /** A segment of the policy; one of the default segments in its language, any other as it is. */
  String segment(String name) {
    String key = "segment." + name.replaceAll("[^A-Za-z]+", "");
    return patterns.containsKey(key) ? say(key) : name;
  }

  String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** Money in major units, without its fraction. */
  String money(long minor) {
    return money.format(minor / minorUnits);
  }

  String percent(double share) {
    return NumberFormat.getPercentInstance(locale).format(share);
  }

  /** The day of an instant in the policy's zone and calendar. */
  String date(long instant) {
    return dates.format(instant);
  }
}
