package dev.lifesign.domain.history;

import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.history.Reference.Accepted;
import dev.lifesign.domain.history.Reference.Sub;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.PolicyCalendar;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.Predicate;

/** The conditions of semantics, Alerts, judged from the whole history. */
final class ReferenceConditions {

  private static final long MINUTE = 60_000L;

  private final Reference history;

  ReferenceConditions(Reference history) {
    this.history = history;
  }

  /**
   * Whether a condition holds at the instant of the judgement.
   *
   * @param held whether it did at the judgement before
   * @param armed whether a judgement found the activity score high enough, by key; updated
   * @param key the rung
   */
  boolean holds(Condition when, boolean held, Map<String, Boolean> armed, String key) {
    if (when instanceof Condition.InStatus status) {
      return status.in().stream().anyMatch(one -> one.name().equals(history.status()))
          && (status.reasons().isEmpty()
              || status.reasons().stream().anyMatch(one -> one.label().equals(history.reason())));
    }
    if (when instanceof Condition.InSegment segment) {
      return segment.in().contains(new ReferenceScores(history).segment());
    }
    if (when instanceof Condition.AliveBelow alive) {
      Long silentSince = history.silentSince();
      Long from = silentSince == null ? null : history.aliveUntil(alive.below(), silentSince);
      return from != null && history.reached(from);
    }
    if (when instanceof Condition.ActivityBelow activity) {
      return activity(activity, held, armed, key);
    }
    if (when instanceof Condition.Silent silent) {
      Long last = history.latest(kind(silent.of()));
      return last != null && history.reached(last + silent.lasting());
    }
    if (when instanceof Condition.RenewalAhead renewal) {
      boolean any = false;
      for (Sub sub : history.subs()) {
        any |= renews(sub, renewal.ahead());
      }
      return any;
    }
    return anniversary(((Condition.AnniversaryAhead) when).days());
  }

  private static Predicate<Accepted> kind(Condition.Silent.Kind kind) {
    return switch (kind) {
      case PURCHASE ->
          h -> h.event() instanceof Purchase p && p.action() == Purchase.Action.PURCHASE;
      case TRANSACTION -> h -> Reference.isTransaction(h.event());
      case ACTIVITY -> Accepted::qualifying;
      case USE -> h -> h.qualifying() && !(h.event() instanceof SubscriptionChange);
    };
  }

  private boolean activity(
      Condition.ActivityBelow when, boolean held, Map<String, Boolean> armed, String key) {
    double now = history.score(history.judgedAt());
    if (now >= when.below()) {
      armed.put(key, true);
    }
    if (held && now < when.until().orElse(when.below())) {
      return true;
    }
    if (!armed.getOrDefault(key, false)) {
      return false;
    }
    return history.reached(firstMinuteBelow(when.below()));
  }

  /** The first whole minute at which the score is below a bound, by bisection over minutes. */
  private long firstMinuteBelow(double bound) {
    long now = Math.floorDiv(history.judgedAt(), MINUTE);
    if (history.score(now * MINUTE) < bound) {
      return now * MINUTE;
    }
    long high = now + 1;
    long low = now;
    while (history.score(high * MINUTE) >= bound) {
      low = high;
      high += high - now;
    }
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (history.score(middle * MINUTE) < bound) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high * MINUTE;
  }

  private boolean renews(Sub sub, long ahead) {
    if (!sub.state.equals("ACTIVE") || sub.paidThrough == null) {
      return false;
    }
    if (!sub.entitled || (sub.until != null && history.reached(sub.until))) {
      return false;
    }
    Long term = sub.termOfLastStart;
    long before = term != null && ahead > term ? term / 2 : ahead;
    return history.reached(sub.paidThrough - before) && !history.reached(sub.paidThrough);
  }

  private boolean anniversary(int ahead) {
    Long first = null;
    for (Accepted h : history.accepted()) {
      long at = h.event().occurredAt();
      if (h.commercial() && (first == null || at < first)) {
        first = at;
      }
    }
    if (first == null) {
      return false;
    }
    long date = history.day(first);
    for (int years = 1; ; years++) {
      long anniversary = yearsLater(date, years);
      if (!history.reached(history.start(anniversary - ahead))) {
        return false;
      }
      if (!history.reached(history.start(anniversary + 1))) {
        return true;
      }
    }
  }

  private long yearsLater(long day, int years) {
    if (history.policy().calendar().months() == PolicyCalendar.Months.GREGORIAN) {
      LocalDate date = LocalDate.ofEpochDay(day);
      YearMonth month = YearMonth.of(date.getYear() + years, date.getMonth());
      return month.atDay(Math.min(date.getDayOfMonth(), month.lengthOfMonth())).toEpochDay();
    }
    return PersianDate.of(day).plusYears(years).epochDay();
  }

  /** A date of the Solar Hijri calendar, found by counting years from a known one. */
  record PersianDate(int year, int month, int day) {

    /** 1 Farvardin 1379 was 20 March 2000. */
    private static final long KNOWN = LocalDate.of(2000, 3, 20).toEpochDay();

    private static final int KNOWN_YEAR = 1379;

    static PersianDate of(long epochDay) {
      int year = KNOWN_YEAR;
      while (firstDay(year) > epochDay) {
        year--;
      }
      while (firstDay(year + 1) <= epochDay) {
        year++;
      }
      int left = (int) (epochDay - firstDay(year));
      int month = 1;
      while (left >= length(year, month)) {
        left -= length(year, month);
        month++;
      }
      return new PersianDate(year, month, left + 1);
    }

    PersianDate plusYears(int years) {
      return new PersianDate(year + years, month, Math.min(day, length(year + years, month)));
    }

    long epochDay() {
      long epochDay = firstDay(year) + day - 1;
      for (int i = 1; i < month; i++) {
        epochDay += length(year, i);
      }
      return epochDay;
    }

    private static int length(int year, int month) {
      if (month <= 6) {
        return 31;
      }
      return month < 12 || isLeap(year) ? 30 : 29;
    }

    /** The rule of 33 years, which has held in every year since 1970 and will until 2050. */
    private static boolean isLeap(int year) {
      return (25 * year + 11) % 33 < 8;
    }

    private static long firstDay(int year) {
      long day = KNOWN;
      for (int i = KNOWN_YEAR; i < year; i++) {
        day += isLeap(i) ? 366 : 365;
      }
      for (int i = KNOWN_YEAR - 1; i >= year; i--) {
        day -= isLeap(i) ? 366 : 365;
      }
      return day;
    }
  }
}
