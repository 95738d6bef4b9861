package dev.lifesign.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Histories as lifetimes@4f2833f (tests/test_utils.py) summarises them. */
class PurchaseDaysTest {

  private static final int END = day("2015-02-07");

  private static final Object[][] SHOP = {
    {1, "2015-01-01", 1}, {1, "2015-02-06", 2}, {2, "2015-01-01", 2}, {3, "2015-01-01", 3},
    {3, "2015-01-02", 1}, {3, "2015-01-05", 5}, {4, "2015-01-16", 6}, {4, "2015-02-02", 3},
    {4, "2015-02-05", 3}, {5, "2015-01-16", 3}, {5, "2015-01-17", 1}, {5, "2015-01-18", 8},
    {6, "2015-02-02", 5}
  };

  @Test
  void repeatsRecencyAndAgeInDays() {
    Map<Integer, PurchaseDays> shop =
        shop(
            new Object[][] {
              {1, "2015-02-01", 1}, {1, "2015-02-06", 1}, {2, "2015-01-01", 1},
              {3, "2015-01-01", 1}, {3, "2015-01-02", 1}, {3, "2015-01-05", 1}
            });
    assertThat(known(shop, END))
        .containsExactly(new Purchases(1, 5, 6), new Purchases(0, 0, 37), new Purchases(2, 4, 37));
  }

  @Test
  void theMeanExcludesTheFirstPurchase() {
    Map<Integer, PurchaseDays> shop = shop(SHOP);
    assertThat(known(shop, END))
        .containsExactly(
            new Purchases(1, 36, 37),
            new Purchases(0, 0, 37),
            new Purchases(2, 4, 37),
            new Purchases(2, 20, 22),
            new Purchases(2, 2, 22),
            new Purchases(0, 0, 5));
    assertThat(means(shop, Integer.MIN_VALUE, END)).containsExactly(2.0, 0.0, 3.0, 3.0, 4.5, 0.0);
  }

  @Test
  void purchasesInTheSameWeekCountAsOne() {
    // A week ends on a Sunday.
    IntUnaryOperator week =
        day -> Math.floorDiv(day - (int) LocalDate.of(2014, 12, 29).toEpochDay(), 7);
    assertThat(LocalDate.of(2014, 12, 29).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(shop(SHOP).values().stream().map(days -> days.purchases(END, week).orElseThrow()))
        .containsExactly(
            new Purchases(1, 5, 5),
            new Purchases(0, 0, 5),
            new Purchases(1, 1, 5),
            new Purchases(1, 3, 3),
            new Purchases(0, 0, 3),
            new Purchases(0, 0, 0));
  }

  @Test
  void theHoldoutBeginsOnTheDayAfterTheCutoff() {
    Map<Integer, PurchaseDays> shop = shop(SHOP);
    int cutoff = day("2015-02-01");
    int end = day("2015-02-04");
    assertThat(shop.get(1).until(end) - shop.get(1).until(cutoff)).isZero();
    assertThat(shop.get(4).until(end) - shop.get(4).until(cutoff)).isEqualTo(1);
    assertThat(means(shop, Integer.MIN_VALUE, cutoff).subList(0, 5))
        .containsExactly(0.0, 0.0, 3.0, 0.0, 4.5);
    assertThat(shop.values().stream().limit(5).map(days -> days.mean(cutoff, END)))
        .containsExactly(2.0, 0.0, 0.0, 3.0, 0.0);
  }

  @Test
  void theOrderOfPurchasesDoesNotMatter() {
    for (List<String> order :
        List.of(
            List.of("2014-03-14 10", "2014-04-09 20", "2014-05-21 25"),
            List.of("2014-05-21 25", "2014-03-14 10", "2014-04-09 20"))) {
      PurchaseDays days = new PurchaseDays();
      order.forEach(p -> days.add(day(p.substring(0, 10)), Long.parseLong(p.substring(11))));
      assertThat(days.mean(days.day(0), day("2014-12-31"))).isEqualTo(22.5);
    }
  }

  @Test
  void purchasesOnTheSameDayCountAsOne() {
    PurchaseDays days = new PurchaseDays();
    days.add(day("2015-01-01"), 1);
    days.add(day("2015-01-01"), 1);
    assertThat(days.purchases(END, 1.0).orElseThrow().repeats()).isZero();
  }

  private static List<Purchases> known(Map<Integer, PurchaseDays> shop, int end) {
    return shop.values().stream().map(days -> days.purchases(end, 1.0).orElseThrow()).toList();
  }

  private static List<Double> means(Map<Integer, PurchaseDays> shop, int after, int end) {
    return shop.values().stream()
        .map(days -> days.mean(Math.max(after, days.day(0)), end))
        .toList();
  }

  private static Map<Integer, PurchaseDays> shop(Object[][] purchases) {
    Map<Integer, PurchaseDays> shop = new LinkedHashMap<>();
    for (Object[] purchase : purchases) {
      shop.computeIfAbsent((Integer) purchase[0], any -> new PurchaseDays())
          .add(day((String) purchase[1]), (Integer) purchase[2]);
    }
    return shop;
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
