package dev.lifesign.bench.job;

import java.time.Duration;
import java.time.Instant;

/**
 * A history that every entrant works through: made of a seed, so that it is the same everywhere.
 *
 * @param customers how many there are; each is heard of once before the rest begins
 * @param events that follow, spread evenly over the time
 * @param skew exponent of Zipf's law by which events fall on customers; 0 for evenly
 * @param partitions of every topic
 * @param seed of all chance
 */
public record Job(int customers, long events, double skew, int partitions, long seed) {

  /** When it begins. */
  public static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

  /** How long it is: the first day introduces the customers. */
  public static final Duration LENGTH = Duration.ofDays(366);

  private static final long INTRODUCTION = Duration.ofDays(1).toMillis();

  /** Events in all, introductions included. */
  public long total() {
    return customers + events;
  }

  /** When it ends; exclusive. */
  public static long end() {
    return START + LENGTH.toMillis();
  }

  /** When the n-th event arrives, counted from 0. */
  public long arrival(long n) {
    if (n < customers) {
      return START + (long) (INTRODUCTION * (n / (double) customers));
    }
    long rest = LENGTH.toMillis() - INTRODUCTION;
    return START + INTRODUCTION + (long) (rest * ((n - customers) / (double) events));
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
