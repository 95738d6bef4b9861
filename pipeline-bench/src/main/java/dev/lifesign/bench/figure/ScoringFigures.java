package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.BacktestRun;
import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.lab.fit.Fit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.hipparchus.random.RandomDataGenerator;

/** The time to fit models to a history, and to backtest policies on it. */
public final class ScoringFigures {

  private static final int FIRST = (int) LocalDate.of(2024, 1, 1).toEpochDay();
  private static final int DAYS = 728;
  private static final double WEEK = 7;

  /** Shops with about 4 and about 40 purchases per customer. */
  private static final Shop OCCASIONAL = new Shop(0.5, 30, 0.9, 2.5);

  private static final Shop REGULAR = new Shop(1.5, 10, 0.9, 30);
  private static final double NANOS = 1e9;
  private static final int WARMUPS = 3;

  private ScoringFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    int customers = bench.scale().most();
    List<Figure> figures = new ArrayList<>();
    figures.add(fit(bench, customers));
    figures.addAll(
        backtest(bench, "Backtest", () -> shop(customers, OCCASIONAL).subList(0, customers / 10)));
    figures.addAll(
        backtest(
            bench, "Backtest where customers are regulars", () -> shop(customers / 25, REGULAR)));
    return figures;
  }

  private static Figure fit(Bench bench, int customers) {
    List<PurchaseDays> shop = shop(customers, OCCASIONAL);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < bench.scale().rounds(); round++) {
      long begin = System.nanoTime();
      Fit.of(shop, List.of(Family.values()), FIRST + DAYS, WEEK, 100);
      seconds.add((System.nanoTime() - begin) / NANOS);
    }
    return Figure.atMost(
        "Fit of %,d customers".formatted(customers),
        "Both purchase models and the spend model, standard errors included.",
        "s",
        60,
        seconds);
  }

  /**
   * Runs three backtests to warm up, of which the first is reported, and then the rounds, in a
   * separate process.
   */
  private static List<Figure> backtest(
      Bench bench, String name, Supplier<List<PurchaseDays>> shop) {
    Path file = bench.site().dir().resolve("history.jsonl");
    long events = write(shop.get(), file);
    List<Double> rates =
        BacktestRun.seconds(
                bench.site(), file, WARMUPS + bench.scale().rounds(), bench.scale().budget())
            .stream()
            .map(seconds -> events / seconds)
            .toList();
    return List.of(
        Figure.told(
            name + ", the first run",
            "What the command does: code is compiled meanwhile.",
            "events/s",
            rates.subList(0, 1)),
        Figure.atLeast(
            name,
            "%,d events from a file: the given policy and the recommended one, the choice included; after %d runs that compile code, in a separate process."
                .formatted(events, WARMUPS),
            "events/s",
            500_000,
            rates.subList(WARMUPS, rates.size())));
  }

  /**
   * Customers of a BG/NBD shop.
   *
   * @param r shape of the rates
   * @param alpha their scale, days
   * @param a first shape of the probability of leaving
   * @param b second shape
   */
  private record Shop(double r, double alpha, double a, double b) {}

  private static List<PurchaseDays> shop(int customers, Shop of) {
    RandomDataGenerator random = new RandomDataGenerator(1);
    List<PurchaseDays> shop = new ArrayList<>(customers);
    for (int i = 0; i < customers; i++) {
      double rate = random.nextGamma(of.r(), 1 / of.alpha());
      double leaving = random.nextBeta(of.a(), of.b());
      double day = FIRST + random.nextUniform(0, DAYS / 2.0);
      PurchaseDays days = new PurchaseDays();
      do {
        days.add((int) day, Math.round(random.nextGamma(4, 1_000)) + 1);
        day += random.nextExponential(1 / rate);
      } while (day < FIRST + DAYS && random.nextUniform(0, 1) > leaving);
      shop.add(days);
    }
    return shop;
  }

  /** Writes the purchases in order of time. */
  private static long write(List<PurchaseDays> shop, Path file) {
    record Sale(int day, int customer) {}

    List<Sale> sales = new ArrayList<>();
    for (int customer = 0; customer < shop.size(); customer++) {
      for (int i = 0; i < shop.get(customer).size(); i++) {
        sales.add(new Sale(shop.get(customer).day(i), customer));
      }
    }
    sales.sort(Comparator.comparingInt(Sale::day));
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      int number = 0;
      for (Sale sale : sales) {
        writer.write(
            "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e%d\",\"customerId\":\"c%d\",\"occurredAt\":\"%sT12:00:00Z\",\"orderId\":\"o\",\"amount\":1999,\"currency\":\"USD\"}%n"
                .formatted(number++, sale.customer(), LocalDate.ofEpochDay(sale.day())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sales.size();
  }
}
