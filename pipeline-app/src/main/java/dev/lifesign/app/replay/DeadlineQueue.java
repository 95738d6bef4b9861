package dev.lifesign.app.replay;

import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Deadlines in their order: by instant, then by customer. A calendar queue (R. Brown, 1988, CACM
 * 31:10): those of days to come lie in their days as they came, and only those of the present are
 * sorted, which the processor's caches hold.
 */
final class DeadlineQueue {

  /** An entry; the customer's own {@code due} says whether it still holds. */
  record Deadline(long due, HeldCustomer of) {
    private String customerId() {
      return of.customer().id();
    }
  }

  private final PriorityQueue<Deadline> near =
      new PriorityQueue<>(
          Comparator.comparingLong(Deadline::due).thenComparing(Deadline::customerId));
  private final NavigableMap<Long, List<Deadline>> far = new TreeMap<>();
  private long nearDay = Long.MIN_VALUE;

  /** Takes an entry in, at whatever instant. */
  void add(Deadline deadline) {
    long day = dayOf(deadline.due());
    if (day <= nearDay) {
      near.add(deadline);
    } else {
      far.computeIfAbsent(day, of -> new ArrayList<>()).add(deadline);
    }
  }

  /** Takes out the first entry, if it is before the bound. */
  Optional<Deadline> pollBefore(long bound) {
    while (near.isEmpty() && !far.isEmpty() && far.firstKey() <= dayOf(bound)) {
      nearDay = far.firstKey();
      near.addAll(far.pollFirstEntry().getValue());
    }
    return near.isEmpty() || near.peek().due() >= bound
        ? Optional.empty()
        : Optional.of(near.remove());
  }

  /** Deadlines can be further than an int counts days. */
  private static long dayOf(long instant) {
    return Math.floorDiv(instant, Instants.DAY);
  }
}
