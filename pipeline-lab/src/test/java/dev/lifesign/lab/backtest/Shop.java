package dev.lifesign.lab.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A made-up shop: 500 customers over 600 days, the same every time. */
enum Shop {
  /** Customers buy every month, within two days, and leave after one order in twelve. */
  REGULAR(1 / 12.0) {
    @Override
    double gap(Random random, int day, double rate) {
      return 30 + 4 * random.nextDouble() - 2;
    }
  },

  /** Customers buy at random, each at its own rate, and leave after one order in eight. */
  RANDOM(1 / 8.0),

  /** As at random, but seven times as often from November to December, and leave less often. */
  SEASONAL(1 / 15.0) {
    @Override
    double gap(Random random, int day, double rate) {
      double time = 0;
      // Thinning: an order outside the season counts one time in seven.
      do {
        time += super.gap(random, day, rate);
      } while (!isSeason((int) (day + time)) && random.nextInt(7) > 0);
      return time;
    }

    private boolean isSeason(int day) {
      return LocalDate.ofEpochDay(day).getMonthValue() >= 11;
    }
  },

  /** Nobody new comes after a third of the time, and customers leave after one order in two. */
  DYING(0.5, 200),

  /** Nobody ever buys again. */
  ONE_TIME(1),

  /** As at random, with a robot that orders every hour. */
  BOT(1 / 8.0) {
    @Override
    void others(List<String> lines) {
      for (int hour = 0; hour < 24 * DAYS; hour++) {
        lines.add(line("robot", FIRST + hour / 24, hour % 24, lines.size(), 990));
      }
    }
  },

  /** Everybody buys at the same rate, at random, and nobody leaves: silence says nothing. */
  NOTHING_TO_LEARN(0, 40) {
    @Override
    double gap(Random random, int day, double rate) {
      return super.gap(random, day, 1 / 80.0);
    }
  };

  static final int DAYS = 600;
  static final int FIRST = (int) LocalDate.of(2023, 1, 1).toEpochDay();

  private static final int CUSTOMERS = 500;

  /** The probability of leaving after an order. */
  private final double leaving;

  /** In how many days from the first all customers arrive. */
  private final int arriving;

  Shop(double leaving) {
    this(leaving, 570);
  }

  Shop(double leaving, int arriving) {
    this.leaving = leaving;
    this.arriving = arriving;
  }

  /** Days until the next order of a customer who ordered on a day. */
  double gap(Random random, int day, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  /** Adds the orders of others. */
  void others(List<String> lines) {
    // Usually there are none.
  }

  /** Writes the shop's orders as JSON lines. */
  Path write(Path folder) throws IOException {
    Random random = new Random(23);
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      double rate = 0.01 + 0.06 * random.nextDouble();
      double day = FIRST + arriving * random.nextDouble();
      boolean left = false;
      while (!left && day < FIRST + DAYS) {
        lines.add(
            line(
                "c" + customer,
                (int) day,
                random.nextInt(24),
                lines.size(),
                1_000 + random.nextInt(9_000)));
        left = random.nextDouble() < leaving;
        day += gap(random, (int) day, rate);
      }
    }
    others(lines);
    return Files.write(folder.resolve(name() + ".jsonl"), lines);
  }

  static String line(String customer, int day, int hour, int number, int amount) {
    return "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e%d\",\"customerId\":\"%s\",\"occurredAt\":\"%sT%02d:00:00Z\",\"orderId\":\"o%d\",\"amount\":%d,\"currency\":\"USD\"}"
        .formatted(number, customer, LocalDate.ofEpochDay(day), hour, number, amount);
  }
}
