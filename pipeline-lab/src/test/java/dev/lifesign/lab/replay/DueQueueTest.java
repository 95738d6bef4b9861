package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Customers leave the queue in the order in which they are due. */
class DueQueueTest {

  @Property
  void entriesLeaveInOrder(@ForAll List<Short> steps) {
    DueQueue queue = new DueQueue();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    for (short step : steps) {
      if (step % 3 == 0 && !expected.isEmpty()) {
        long first = expected.remove();
        assertThat(queue.hasBefore(first)).isFalse();
        assertThat(queue.hasBefore(first + 1)).isTrue();
        assertThat(queue.firstInstant()).isEqualTo(first);
        assertThat(queue.removeFirst()).isEqualTo((int) first * 7);
      } else {
        queue.add(step, step * 7);
        expected.add((long) step);
      }
    }
    while (!expected.isEmpty()) {
      assertThat(queue.removeFirst()).isEqualTo((int) (long) expected.remove() * 7);
    }
    assertThat(queue.hasBefore(Long.MAX_VALUE)).isFalse();
  }
}
