package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an open transaction hides, and for how long. */
class VisibleThroughTest {

  private final VisibleThrough visible = new VisibleThrough();

  @Test
  void withoutTransactionsAllIsVisibleAlways() {
    assertThat(visible.note(1_000, 10, 10)).hasValue(1_000);
    assertThat(visible.note(2_000, 15, 15)).hasValue(2_000);
  }

  @Test
  void anOpenTransactionStopsItUntilItIsCommitted() {
    assertThat(visible.note(1_000, 10, 10)).hasValue(1_000);
    assertThat(visible.note(2_000, 15, 10)).hasValue(1_000);
    assertThat(visible.note(60_000, 90, 10)).hasValue(1_000);
    assertThat(visible.note(61_000, 95, 95)).hasValue(61_000);
  }

  @Test
  void shortTransactionsThatNeverPauseDoNotStopIt() {
    visible.note(1_000, 10, 10);
    for (int second = 2; second < 100; second++) {
      assertThat(visible.note(second * 1_000L, second * 10L, second * 10L - 5))
          .hasValue((second - 1) * 1_000L);
    }
  }

  @Test
  void whatWasHiddenFromTheBeginningIsNotKnown() {
    assertThat(visible.note(1_000, 10, 5)).isEmpty();
  }

  @Test
  void aTransactionOpenForHoursTakesNoMemoryAndEndsWell() {
    for (int second = 1; second < 100_000; second++) {
      visible.note(second * 1_000L, second, 0);
    }
    visible.note(100_000_000, 200_000, 200_000);
    assertThat(visible.note(100_001_000, 200_001, 200_001)).hasValue(100_001_000);
  }
}
