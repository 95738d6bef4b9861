package dev.lifesign.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Panes keep exactly the days of their window, in whatever order days arrive. */
class PanesTest {

  private static final int FIRST = 20_000;
  private static final int STEPS = 20_000;
  private static final int WINDOW = 40;

  @Test
  void onlyMoneyOfDaysInTheWindowIsKept() {
    Random random = new Random(1);
    MoneyPanes panes = MoneyPanes.EMPTY;
    NavigableMap<Integer, long[]> known = new TreeMap<>();
    int today = FIRST;
    for (int step = 0; step < STEPS; step++) {
      today += random.nextInt(50) == 0 ? 60 : random.nextInt(3);
      int day = today - random.nextInt(60);
      int orders = random.nextInt(2);
      long net = random.nextInt(2_001) - 1_000L;
      panes = panes.plus(day, orders, net, WINDOW, today);
      long[] pane = known.computeIfAbsent(day, any -> new long[2]);
      pane[0] += orders;
      pane[1] += net;
      known.headMap(today - WINDOW, true).clear();
      assertThat(text(panes)).isEqualTo(text(known));
      int readOn = today + random.nextInt(30);
      int days = 1 + random.nextInt(WINDOW);
      Map<Integer, long[]> in = known.tailMap(readOn - days, false);
      assertThat(panes.orders(days, readOn))
          .isEqualTo(in.values().stream().mapToLong(p -> p[0]).sum());
      assertThat(panes.hasOrders(days, readOn)).isEqualTo(panes.orders(days, readOn) > 0);
      assertThat(panes.net(days, readOn))
          .isEqualTo(in.values().stream().mapToLong(p -> p[1]).sum());
    }
  }

  @Test
  void onlyEventsOfDaysInTheWindowAreKept() {
    Random random = new Random(2);
    FamilyPanes panes = FamilyPanes.EMPTY;
    NavigableMap<Integer, Map<Integer, Integer>> known = new TreeMap<>();
    int today = FIRST;
    for (int step = 0; step < STEPS; step++) {
      today += random.nextInt(50) == 0 ? 60 : random.nextInt(2);
      int day = today - random.nextInt(35);
      Family family = Family.values()[random.nextInt(Family.values().length)];
      int lastExpired = today - FamilyPanes.DAYS;
      boolean counted = day > lastExpired;
      panes = panes.plus(day, family, today);
      if (counted) {
        known.headMap(lastExpired, true).clear();
        known.computeIfAbsent(day, any -> new TreeMap<>()).merge(family.ordinal(), 1, Integer::sum);
      }
      List<String> expected = new ArrayList<>();
      known.forEach(
          (on, families) ->
              families.forEach((of, count) -> expected.add(on + " " + of + " " + count)));
      List<String> found = new ArrayList<>();
      for (int i = 0; i < panes.size(); i++) {
        found.add(panes.day(i) + " " + panes.family(i) + " " + panes.count(i));
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  private static List<String> text(MoneyPanes panes) {
    List<String> text = new ArrayList<>();
    for (int i = 0; i < panes.size(); i++) {
      text.add(panes.day(i) + " " + panes.orders(i) + " " + panes.net(i));
    }
    return text;
  }

  private static List<String> text(Map<Integer, long[]> known) {
    List<String> text = new ArrayList<>();
    known.forEach((day, pane) -> text.add(day + " " + pane[0] + " " + pane[1]));
    return text;
  }
}
