package dev.lifesign.domain.history;

import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.history.Reference.Applied;
import dev.lifesign.domain.history.Reference.Sub;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The monthly recurring revenue of semantics, MRR, from every event applied to a subscription. */
final class ReferenceMrr {

  private static final long DAY = 86_400_000L;
  private static final Pattern PERIOD = Pattern.compile("P([0-9]{1,9})([DWMY])");
  private static final Set<String> PRICED = Set.of("STARTED", "UPGRADED", "DOWNGRADED");
  private static final Set<String> PRICED_IF_ANY = Set.of("RENEWED", "RESUMED");
  private static final Set<String> BEGINS = Set.of("STARTED", "RENEWED");
  private static final int[] USUAL_DAYS = {7, 30, 91, 365};
  private static final String[] USUAL = {"P1W", "P1M", "P3M", "P1Y"};

  private ReferenceMrr() {}

  /** Of a customer's subscriptions, minor units of the base currency. */
  static long of(Iterable<Sub> subs, long at) {
    long sum = 0;
    for (Sub sub : subs) {
      if (sub.entitledAt(at) && !isTrial(sub.applied) && !isPaused(sub.applied)) {
        sum += perMonth(sub.applied);
      }
    }
    return sum;
  }

  private static String action(Applied applied) {
    return applied.change().action().name();
  }

  /** Whether the last event that tells what the subscription costs is one of a trial. */
  private static boolean isTrial(List<Applied> all) {
    boolean trial = all.get(0).change().billing().trial();
    for (Applied one : all) {
      if (PRICED.contains(action(one)) || PRICED_IF_ANY.contains(action(one))) {
        trial = one.change().billing().trial();
      }
    }
    return trial;
  }

  private static boolean isPaused(List<Applied> all) {
    boolean paused = false;
    for (Applied one : all) {
      boolean active = PRICED.contains(action(one)) || PRICED_IF_ANY.contains(action(one));
      paused = action(one).equals("PAUSED") || (paused && !active);
    }
    return paused;
  }

  private static long perMonth(List<Applied> all) {
    Applied priced = all.get(0);
    long units = 1;
    long quantity = priced.change().billing().quantity().orElse(1);
    for (Applied one : all) {
      units = one.change().billing().quantity().orElse(units);
      boolean any = PRICED_IF_ANY.contains(action(one));
      if (any || PRICED.contains(action(one))) {
        quantity = units;
      }
      if (PRICED.contains(action(one)) || (any && one.change().billing().amount() > 0)) {
        priced = one;
      }
    }
    String period = period(all);
    String currency = priced.change().billing().currency();
    BigDecimal rate =
        currency.equals(priced.currencies().base())
            ? BigDecimal.ONE
            : priced.currencies().rates().get(currency);
    if (period.isEmpty() || rate == null) {
      return 0;
    }
    return BigDecimal.valueOf(priced.change().billing().amount())
        .multiply(BigDecimal.valueOf(quantity))
        .multiply(rate)
        .multiply(new BigDecimal(factor(period)[0]))
        .divide(new BigDecimal(factor(period)[1]), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** As stated last; else as inferred; empty if there is none. */
  private static String period(List<Applied> all) {
    String stated = "";
    String inferred = "";
    for (Applied one : all) {
      String text = one.change().billing().period();
      stated = factor(text) != null ? text : stated;
      String nearest = nearest(one.change());
      if (!nearest.isEmpty()
          && (inferred.isEmpty()
              || BEGINS.contains(action(one))
              || List.of(USUAL).indexOf(nearest) > List.of(USUAL).indexOf(inferred))) {
        inferred = nearest;
      }
    }
    return stated.isEmpty() ? inferred : stated;
  }

  private static String nearest(SubscriptionChange change) {
    if (change.billing().trial()
        || change.paidThrough().isEmpty()
        || change.paidThrough().getAsLong() <= change.occurredAt()) {
      return "";
    }
    long ahead = change.paidThrough().getAsLong() - change.occurredAt();
    int best = 0;
    for (int i = 1; i < USUAL.length; i++) {
      if (Math.abs(ahead - USUAL_DAYS[i] * DAY) < Math.abs(ahead - USUAL_DAYS[best] * DAY)) {
        best = i;
      }
    }
    return USUAL[best];
  }

  /** What makes the price of a period one of a month; null for what is no period. */
  private static BigInteger[] factor(String period) {
    Matcher matcher = PERIOD.matcher(period);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      return null;
    }
    long n = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "M" -> fraction(1, n);
      case "Y" -> fraction(1, 12 * n);
      case "W" -> fraction(52, 12 * n);
      default -> {
        if (n == 7) {
          yield fraction(52, 12);
        }
        if (n >= 28 && n <= 31) {
          yield fraction(1, 1);
        }
        yield n == 365 || n == 366 ? fraction(1, 12) : fraction(365, 12 * n);
      }
    };
  }

  private static BigInteger[] fraction(long numerator, long denominator) {
    return new BigInteger[] {BigInteger.valueOf(numerator), BigInteger.valueOf(denominator)};
  }
}
