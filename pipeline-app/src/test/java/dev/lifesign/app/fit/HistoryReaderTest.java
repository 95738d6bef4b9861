package dev.lifesign.app.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.policy.Presets;
import dev.lifesign.core.time.Instants;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A history knows duplicates as the timeline does. */
class HistoryReaderTest {

  @Test
  void anEventIsADuplicateAsLongAsItsCustomerRemembersIt() {
    Policy policy = PolicyReader.read(Presets.text("retail")).policy().orElseThrow();
    HistoryReader reader = new HistoryReader(policy.currency(), Instants.FOREVER);
    Random random = new Random(2);
    RecentEvents remembered = RecentEvents.NONE;
    long purchases = 0;
    long at = Instants.startOf(20_000);
    for (int i = 0; i < 2_000; i++) {
      String id = "e" + random.nextInt(150);
      reader.take(
          new Purchase(id, "c", at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "shop"),
          at);
      long hash = RecentEvents.hash(id);
      if (!remembered.contains(hash)) {
        remembered = remembered.with(hash);
        purchases++;
      }
      assertThat(reader.history().purchases()).isEqualTo(purchases);
    }
    assertThat(purchases).isBetween(200L, 1_900L);
  }
}
