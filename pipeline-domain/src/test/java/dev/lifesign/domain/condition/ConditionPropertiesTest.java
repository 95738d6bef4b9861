package dev.lifesign.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** For random customers, a condition changes at events and at the instants that it named only. */
class ConditionPropertiesTest {

  private static final int TRIES = 1_000;
  private static final List<String> ZONES =
      List.of("UTC", "Asia/Tehran", "America/Santiago", "America/St_Johns", "Pacific/Apia");

  @Test
  void aConditionChangesOnlyAtEventsAndAtTheInstantsThatItNamed() {
    Map<String, Integer> changes = new TreeMap<>();
    for (long seed = 0; seed < TRIES; seed++) {
      Random random = new Random(seed);
      Condition when = condition(random);
      Watch watch = new Watch(policy(random), when);
      try {
        long last = 0;
        for (Arrival arrival : Histories.of(seed, "c", 20)) {
          Event event = arrival.event();
          last = arrival.arrivedAt();
          watch.apply(event.occurredAt() > last ? event.occurringAt(last) : event, last);
        }
        watch.advance(last + 800 * Instants.DAY);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + when, e);
      }
      changes.merge(when.getClass().getSimpleName(), watch.changes().size(), Integer::sum);
    }
    assertThat(changes)
        .containsOnlyKeys(
            "AliveBelow", "ActivityBelow", "Silent", "RenewalAhead", "AnniversaryAhead")
        .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThan(100));
  }

  private static Condition condition(Random random) {
    double below = 1 + 60 * random.nextDouble();
    return switch (random.nextInt(5)) {
      case 0 -> new Condition.AliveBelow(0.2 + 0.79 * random.nextDouble());
      case 1 ->
          new Condition.ActivityBelow(
              below,
              random.nextBoolean()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(below + 20 * random.nextDouble()));
      case 2 ->
          new Condition.Silent(
              Condition.Silent.Kind.values()[random.nextInt(4)],
              random.nextInt(60) * Instants.DAY
                  + random.nextInt(2) * (long) random.nextInt(90_000));
      case 3 -> new Condition.RenewalAhead((1 + random.nextInt(60)) * Instants.DAY / 2);
      default -> new Condition.AnniversaryAhead(random.nextInt(365));
    };
  }

  private static Policy policy(Random random) {
    return PolicyReader.read(
            """
            version: 1
            lateness: PT0S
            calendar: { zone: %s, months: %s }
            activity:
              weights: { purchase.PURCHASE: 10, subscription.RENEWED: 5, support.OPENED: 2,
                social.SHARED: 3, contact.CLICKED: 1, contact.LOGGED_IN: 1, loyalty.EARNED: 1 }
              halfLife: %s
            lifecycle:
              risk: { model: { pAlive: 0.5, min: P%dD, max: P%dD } }
              returnBy: %s
            subscriptions: { grace: P%dD, maxPause: P%dD }
            model: { family: %s, unit: %s, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426,
              spend: { p: 6.25, q: 3.74, v: 15.44 } }
            """
                .formatted(
                    ZONES.get(random.nextInt(ZONES.size())),
                    random.nextBoolean() ? "persian" : "gregorian",
                    List.of("PT1H", "P1D", "P10D", "P30D").get(random.nextInt(4)),
                    random.nextInt(10),
                    20 + random.nextInt(300),
                    random.nextBoolean() ? "commercial" : "activity",
                    random.nextInt(10),
                    random.nextInt(60),
                    random.nextBoolean() ? "BG_NBD" : "MBG_NBD",
                    random.nextBoolean() ? "P7D" : "P1D"))
        .policy()
        .orElseThrow();
  }
}
