package dev.lifesign.domain.time;

/**
 * The years of a solar calendar, counted so that a leap day is the last day of its year. So a date
 * is as many days after the begin of one year as of any other, and a leap day is what a year may
 * lack. Days are numbered as in {@link LocalDays}.
 */
public enum SolarYears {
  /**
   * Years from 1 March to the end of February: two dates of the Gregorian calendar are as many of
   * these years apart as Gregorian ones.
   */
  FROM_MARCH {
    @Override
    public long startOf(long year) {
      long leapDays =
          Math.floorDiv(year, 4L) - Math.floorDiv(year, 100L) + Math.floorDiv(year, 400L);
      return DAYS * year + leapDays + MARCH_0;
    }
  },
  /**
   * Years of the Solar Hijri calendar of Iran, from 1 Farvardin to the end of Esfand, with eight
   * leap years in 33 as ICU's PersianCalendar has them. From 1503 (2124) on, ICU departs from that
   * in about one year of a century, which is left out here.
   */
  FROM_FARVARDIN {
    @Override
    public long startOf(long year) {
      return DAYS * (year - 1) + Math.floorDiv(8 * year + 21, 33L) + FARVARDIN_1;
    }
  };

  private static final long DAYS = 365;
  private static final double MEAN_DAYS = 365.2424;

  /** 1 March of the year 0. */
  private static final long MARCH_0 = -719_468;

  /** 1 Farvardin of the year 1. */
  private static final long FARVARDIN_1 = -492_268;

  /** The first day of a year. */
  public abstract long startOf(long year);

  /** The year that a day lies in. */
  public long yearOf(long day) {
    long year = (long) Math.floor((day - startOf(0)) / MEAN_DAYS);
    while (startOf(year) > day) {
      year--;
    }
    while (startOf(year + 1) <= day) {
      year++;
    }
    return year;
  }

  /**
   * The next anniversary: the date of a day in a later year than its own, or the day before that
   * date if the year lacks it.
   *
   * @param first the day
   * @param from the anniversary is not before this day
   */
  public long anniversary(long first, long from) {
    long firstYear = yearOf(first);
    long daysIn = first - startOf(firstYear);
    long year = Math.max(firstYear + 1, yearOf(from));
    long thisYear = dateIn(year, daysIn);
    return thisYear >= from ? thisYear : dateIn(year + 1, daysIn);
  }

  private long dateIn(long year, long daysIn) {
    return Math.min(startOf(year) + daysIn, startOf(year + 1) - 1);
  }
}
