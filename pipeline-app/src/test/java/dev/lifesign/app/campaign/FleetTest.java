package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests when a campaign considers an application finished. */
class FleetTest {

  private static final Instant DUE = Instant.parse("2025-03-01T00:00:00Z");

  private final List<Instance.Task> one = new ArrayList<>();
  private final List<Instance.Task> other = new ArrayList<>();
  private final Fleet fleet =
      new Fleet(List.of(() -> List.copyOf(one), () -> List.copyOf(other)), 3);

  private static Instance.Task past(int partition) {
    return new Instance.Task(partition, Optional.of(DUE.plusSeconds(1)), 0);
  }

  @Test
  void itIsThroughOnceEveryPartitionIsWhereItWas() {
    one.add(past(0));
    one.add(past(1));
    other.add(past(2));
    assertThat(fleet.isPast(DUE)).isFalse();
    assertThat(fleet.isPast(DUE)).isTrue();
  }

  @Test
  void aTaskThatMovedBetweenTwoAnswersDoesNotStandForOneThatIsNowhere() {
    one.add(past(0));
    one.add(past(1));
    other.add(past(1));
    assertThat(fleet.isPast(DUE)).isFalse();
    assertThat(fleet.isPast(DUE)).isFalse();
  }

  @Test
  void aPartitionThatHasAnotherOwnerThanBeforeIsAskedAgain() {
    one.add(past(0));
    one.add(past(1));
    other.add(past(2));
    assertThat(fleet.isPast(DUE)).isFalse();
    other.add(one.remove(1));
    assertThat(fleet.isPast(DUE)).isFalse();
    assertThat(fleet.isPast(DUE)).isTrue();
  }

  @Test
  void aPartitionThatIsBehindOrHasWorkIsNotThrough() {
    one.add(past(0));
    one.add(past(1));
    for (Instance.Task behind :
        List.of(
            new Instance.Task(2, Optional.of(DUE), 0),
            new Instance.Task(2, Optional.empty(), 0),
            new Instance.Task(2, Optional.of(DUE.plusSeconds(1)), 7))) {
      other.clear();
      other.add(behind);
      assertThat(fleet.isPast(DUE)).isFalse();
      assertThat(fleet.isPast(DUE)).isFalse();
    }
  }
}
