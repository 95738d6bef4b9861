package dev.lifesign.bench.job;

import java.time.Duration;
import java.time.Instant;

/**
 * A history for all entrants, generated from a seed, so that it is the same everywhere.
 *
 * @param customers the number of customers; each has one event before the rest begins
 * @param events the number of events that follow, spread evenly over time
 * @param skew the exponent of Zipf's law by which events are distributed over customers; 0 for an
 *     even distribution
 * @param partitions the number of partitions of every topic
 * @param seed the seed of the generator
 * @param hours the length; the first part, a day at most, introduces the customers
 */
public record Job(int customers, long events, double skew, int partitions, long seed, int hours) {

  /** When a job begins. */
  public static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

  private static final int YEAR = 366 * 24;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long LONGEST_INTRODUCTION = Duration.ofDays(1).toMillis();

  /** A job of a year and a day. */
  public Job(int customers, long events, double skew, int partitions, long seed) {
    this(customers, events, skew, partitions, seed, YEAR);
  }

  /** The number of all events, including introductions. */
  public long total() {
    return customers + events;
  }

  /** When the job ends; exclusive. */
  public long end() {
    return START + hours * HOUR;
  }

  private long introduction() {
    return Math.min(LONGEST_INTRODUCTION, hours * HOUR / 4);
  }

  /** When the n-th event arrives, counted from 0. */
  public long arrival(long n) {
    if (n < customers) {
      return START + (long) (introduction() * (n / (double) customers));
    }
    long rest = hours * HOUR - introduction();
    return START + introduction() + (long) (rest * ((n - customers) / (double) events));
  }

  /** The id of a customer, by number. */
  public static String customerId(int number) {
    String digits = Integer.toString(number);
    return "customer-" + "00000000".substring(digits.length()) + digits;
  }

  /** The number of a customer, by id. */
  public static int number(CharSequence customerId) {
    return Integer.parseInt(customerId, customerId.length() - 8, customerId.length(), 10);
  }
}
