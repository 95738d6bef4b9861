package dev.lifesign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Within a run, the order in which partitions are read makes no difference to any customer. */
class BatchesTest {

  private final List<Event> events = new ArrayList<>();

  BatchesTest() {
    new Shop(5, 200).playTo(Shop.OPENING + 90 * Instants.DAY, events::add);
  }

  @Test
  void theRunsAreTheEventsInTheirOrder() {
    assertThat(Batches.of(events).stream().flatMap(List::stream).toList()).isEqualTo(events);
  }

  @Test
  void noRunHoldsACustomerOnTwoTopics() {
    List<List<Event>> runs = Batches.of(events);
    assertThat(runs).hasSizeGreaterThan(10);
    for (List<Event> run : runs) {
      Map<String, Family> topics = new HashMap<>();
      for (Event event : run) {
        assertThat(topics.merge(event.customerId(), event.family(), (a, b) -> a))
            .as("%s", event)
            .isEqualTo(event.family());
      }
    }
  }

  @Test
  void aRunEndsOnlyWhereTheNextEventWouldMixTopics() {
    List<List<Event>> runs = Batches.of(events);
    for (int i = 1; i < runs.size(); i++) {
      Event next = runs.get(i).get(0);
      assertThat(runs.get(i - 1))
          .anyMatch(
              event ->
                  event.customerId().equals(next.customerId()) && event.family() != next.family());
    }
  }

  @Test
  void noEventsAreOneEmptyRun() {
    assertThat(Batches.of(List.of())).containsExactly(List.of());
  }
}
