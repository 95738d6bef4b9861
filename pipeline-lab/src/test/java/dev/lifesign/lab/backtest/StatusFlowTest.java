package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.status.Status;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Entries into statuses as bars. */
class StatusFlowTest {

  @Test
  void aLongHistoryHasBarsOfSeveralWeeksAndLosesNoEntry() {
    SortedMap<Integer, Map<Status, Integer>> entries = new TreeMap<>();
    for (int week = 0; week < 60; week++) {
      entries.put(20_000 + 7 * week, Map.of(Status.NEW, week, Status.CHURNED, 1, Status.ACTIVE, 9));
    }
    StatusFlow flow = StatusFlow.of(entries, entries.firstKey(), entries.lastKey());
    assertThat(flow.weeks()).isEqualTo(3);
    assertThat(flow.begins()).hasSize(20).startsWith(20_000, 20_021);
    assertThat(flow.parts().get(0)).startsWith(3, 12);
    assertThat(flow.parts().get(0).stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_770);
    assertThat(flow.most()).isEqualTo(57 + 58 + 59 + 3);
  }

  @Test
  void weeksWithoutEntriesAreKept() {
    SortedMap<Integer, Map<Status, Integer>> entries = new TreeMap<>();
    entries.put(20_000, Map.of(Status.NEW, 2));
    entries.put(20_021, Map.of(Status.NEW, 1));
    StatusFlow flow = StatusFlow.of(entries, entries.firstKey(), entries.lastKey());
    assertThat(flow.weeks()).isEqualTo(1);
    assertThat(flow.parts().get(0)).containsExactly(2, 0, 0, 1);
  }

  @Test
  void theWeeksOfAnotherPolicyAreShownToo() {
    SortedMap<Integer, Map<Status, Integer>> entries = new TreeMap<>();
    entries.put(20_007, Map.of(Status.NEW, 2));
    StatusFlow flow = StatusFlow.of(entries, 20_000, 20_014);
    assertThat(flow.begins()).containsExactly(20_000, 20_007, 20_014);
    assertThat(flow.parts().get(0)).containsExactly(0, 2, 0);
  }
}
