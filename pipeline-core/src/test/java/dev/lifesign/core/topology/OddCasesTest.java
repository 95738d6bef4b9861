package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers and partitions that are unlike the others. */
class OddCasesTest {

  private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  private static Event purchase(String id, long at) {
    return new Purchase(id, "c1", at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  @Test
  void aCustomerWithAHundredThousandEventsStaysARecordOfAFewKilobytes() {
    Policy policy = Presets.policy("retail");
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> customer = Optional.empty();
    long at = START;
    for (int i = 0; i < 100_000; i++) {
      at += 600_000;
      customer = Optional.of(timeline.apply(customer, purchase("e" + i, at), at).customer());
    }
    byte[] bytes = new CustomerCodec().encode(new StoredCustomer(customer.orElseThrow(), at));
    assertThat(customer.orElseThrow().commerce().orders()).isEqualTo(100_000);
    assertThat(bytes.length).isLessThan(8_192);
  }

  @Test
  void aPartitionWithoutEventsForWeeksStillTellsTimeAndThenHearsOfSomebody() {
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), dir)) {
      driver.send(purchase("e1", START), START);
      for (long tick = START; tick < START + 70 * Instants.DAY; tick += 3_600_000) {
        driver.tick(tick);
      }
      assertThat(driver.statusChanges())
          .extracting(StatusChange::getTo)
          .containsExactly("NEW", "ACTIVE", "AT_RISK");
      long later = START + 70 * Instants.DAY;
      driver.send(purchase("e2", later), later);
      assertThat(driver.statusChanges()).extracting(StatusChange::getTo).containsExactly("ACTIVE");
      assertThat(driver.counts.overtaken).isZero();
    }
  }

  @Test
  void ticksThatStoppedForHoursFireEachDeadlineAtItsOwnInstant() {
    try (PipelineDriver driver = new PipelineDriver(Presets.policy("retail"), dir)) {
      driver.send(purchase("e1", START), START);
      driver.tick(START + 59 * Instants.DAY);
      driver.tick(START + 300 * Instants.DAY);
      List<StatusChange> changes = driver.statusChanges();
      assertThat(changes)
          .extracting(StatusChange::getTo)
          .containsExactly("NEW", "ACTIVE", "AT_RISK", "DORMANT", "CHURNED");
      assertThat(changes.get(2).getEffectiveAt().toEpochMilli())
          .isEqualTo(START + 60 * Instants.DAY);
    }
  }
}
