package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Tests the progress of restoring while stores start and finish. */
class RestoreProgressTest {

  private final RestoreProgress board = new RestoreProgress();
  private final List<Integer> told = new ArrayList<>();

  @Test
  void thePercentNeverFallsWhileStoresEndAndBegin() {
    start(0, 0, 1_000);
    start(1, 0, 3_000);
    batch(0, 499);
    batch(1, 1_499);
    assertThat(told).last().isEqualTo(50);
    // The finished store is removed, but its records still count in the sum.
    batch(0, 999);
    board.onRestoreEnd(place(0), "customers", 1_000);
    tell();
    batch(1, 1_999);
    // Another store starts.
    start(2, 0, 8_000);
    batch(2, 3_999);
    board.onRestoreSuspended(place(2), "customers", 4_000);
    tell();
    batch(1, 2_999);
    assertThat(told).isSortedAccordingTo(Comparator.naturalOrder());
    board.onRestoreEnd(place(1), "customers", 3_000);
    assertThat(board.isRestoring()).isFalse();
    assertThat(board.percent()).isEqualTo(100);
    assertThat(board.remaining()).isEqualTo(new RestoreProgress.Restore(0, 0));
  }

  @Test
  void aCompactedChangelogIsDoneWhereItsEndIsReached() {
    start(0, 500, 1_000_500);
    // Compaction has left 10 records in the first half.
    board.onBatchRestored(place(0), "customers", 500_499, 10);
    assertThat(board.percent()).isEqualTo(50);
    assertThat(board.restored()).isEqualTo(10);
    assertThat(board.remaining().total() - board.remaining().done()).isEqualTo(500_000);
  }

  @Test
  void theNextRestoreBeginsAtNothing() {
    start(0, 0, 10);
    batch(0, 9);
    board.onRestoreEnd(place(0), "customers", 10);
    start(1, 0, 10);
    assertThat(board.percent()).isZero();
  }

  private void start(int partition, long begin, long end) {
    board.onRestoreStart(place(partition), "customers", begin, end);
    tell();
  }

  private void batch(int partition, long last) {
    board.onBatchRestored(place(partition), "customers", last, 1);
    tell();
  }

  private void tell() {
    told.add(board.percent());
  }

  private static TopicPartition place(int partition) {
    return new TopicPartition("changelog", partition);
  }
}
