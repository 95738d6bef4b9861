package dev.lifesign.lab.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A history recognises duplicates as the timeline does. */
class HistoryReaderTest {

  @Test
  void anEventIsADuplicateWhileItIsAmongTheCustomersRecentEvents() {
    Policy policy = PolicyReader.read(Presets.text("retail")).policy().orElseThrow();
    HistoryReader reader = new HistoryReader(policy, Instants.FOREVER);
    Random random = new Random(2);
    RecentEvents recent = RecentEvents.NONE;
    long purchases = 0;
    long at = LocalDays.UTC.startOf(20_000);
    for (int i = 0; i < 2_000; i++) {
      String id = "e" + random.nextInt(150);
      reader.take(
          new Purchase(id, "c", at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "shop"),
          at);
      long hash = RecentEvents.hash(id);
      if (!recent.contains(hash)) {
        recent = recent.with(hash);
        purchases++;
      }
      assertThat(reader.history().purchases()).isEqualTo(purchases);
    }
    assertThat(purchases).isBetween(200L, 1_900L);
  }
}
