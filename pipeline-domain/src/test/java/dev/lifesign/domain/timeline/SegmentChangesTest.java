package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Segment changes are published like status changes: at events, and when time alone changes them.
 */
class SegmentChangesTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long NOON = Instant.parse("2024-03-01T12:00:00Z").toEpochMilli();

  private final Timeline timeline =
      new Timeline(
          Policies.of(
              PolicyReader.read(
                      """
                      version: 1
                      lateness: PT0S
                      rfm:
                        window: P200D
                        cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [1, 2, 3, 4] }
                      """)
                  .policy()
                  .orElseThrow()));
  private final List<String> published = new ArrayList<>();
  private final List<SegmentChange> changes = new ArrayList<>();
  private Optional<Customer> customer = Optional.empty();

  @Test
  void oneOrderGrowsOldAndLeavesTheWindow() {
    apply("e1", NOON, NOON);
    advance(NOON + 400 * DAY);
    assertThat(published)
        .containsExactly(
            "->Newcomers " + NOON,
            "Newcomers->Promising " + (NOON + 7 * DAY + 1),
            "Promising->About to sleep " + (NOON + 30 * DAY + 1),
            "About to sleep->Hibernating " + (NOON + 90 * DAY + 1),
            "Hibernating-> " + (NOON - DAY / 2 + 200 * DAY));
    assertThat(customer.orElseThrow().segment().previous()).isEqualTo("Hibernating");
    assertThat(changes.get(4).score()).isEmpty();
    assertThat(changes.get(1).score().orElseThrow().recency()).isEqualTo(4);
  }

  @Test
  void aChangeIsDatedAtItsEventAndALateOneIsMarked() {
    apply("e1", NOON, NOON);
    apply("e2", NOON + 40 * DAY, NOON + 40 * DAY);
    assertThat(published.get(3))
        .isEqualTo("About to sleep->Potential loyalists " + (NOON + 40 * DAY));
    assertThat(changes.get(3).late()).isFalse();
    // Three earlier orders arrive late: five orders, and the last one is still the same.
    apply("e3", NOON + 20 * DAY, NOON + 41 * DAY);
    apply("e4", NOON + 21 * DAY, NOON + 41 * DAY + 1);
    apply("e5", NOON + 22 * DAY, NOON + 41 * DAY + 2);
    SegmentChange last = changes.get(changes.size() - 1);
    assertThat(last.to()).isEqualTo("Champions");
    assertThat(last.late()).isTrue();
    assertThat(last.detectedAt()).isEqualTo(NOON + 41 * DAY + 2);
  }

  @Test
  void withoutCutPointsThereIsNoSegment() {
    Timeline none =
        new Timeline(Policies.of(PolicyReader.read("version: 1").policy().orElseThrow()));
    Decision decision = none.apply(Optional.empty(), purchase("e1", NOON), NOON);
    assertThat(decision.segmentChanges()).isEmpty();
  }

  private void apply(String id, long occurredAt, long arrivedAt) {
    keep(timeline.apply(customer, purchase(id, occurredAt), arrivedAt));
  }

  private void advance(long until) {
    keep(timeline.advance(customer.orElseThrow(), until, until));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    changes.addAll(decision.segmentChanges());
    decision
        .segmentChanges()
        .forEach(
            change ->
                published.add(change.from() + "->" + change.to() + " " + change.effectiveAt()));
  }

  private static Event purchase(String id, long at) {
    return new Purchase(
        id, "c", at, Purchase.Action.PURCHASE, "o-" + id, 2_000, "USD", List.of(), "");
  }
}
