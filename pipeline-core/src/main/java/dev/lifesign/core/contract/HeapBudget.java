package dev.lifesign.core.contract;

/**
 * What the tasks of a process together may keep of their stores in the heap.
 *
 * @param customers bytes for the customers that were touched last
 * @param deadlines bytes for the earliest deadlines
 * @param unwritten bytes of both that RocksDB need not have yet; what a task that stops in order
 *     has to write before it can go
 */
public record HeapBudget(long customers, long deadlines, long unwritten) {

  /** Percent of the heap for customers where nothing else is said. */
  public static final int CUSTOMERS_PERCENT = 25;

  /** Percent of the heap for deadlines where nothing else is said. */
  public static final int DEADLINES_PERCENT = 6;

  /** MiB that RocksDB need not have where nothing else is said: written in a few seconds. */
  public static final int UNWRITTEN_MIB = 256;

  /** A budget that refuses what is negative. */
  public HeapBudget {
    if (customers < 0 || deadlines < 0 || unwritten < 0) {
      throw new IllegalArgumentException(
          "A budget of the heap is negative: %d, %d, %d; expected 0 bytes or more"
              .formatted(customers, deadlines, unwritten));
    }
  }

  /** The budget of this process where nothing else is said. */
  public static HeapBudget standard() {
    return ofHeap(CUSTOMERS_PERCENT, DEADLINES_PERCENT, (long) UNWRITTEN_MIB << 20);
  }

  /** Parts of the heap that this process may have. */
  public static HeapBudget ofHeap(int customersPercent, int deadlinesPercent, long unwritten) {
    long hundredth = Runtime.getRuntime().maxMemory() / 100;
    return new HeapBudget(hundredth * customersPercent, hundredth * deadlinesPercent, unwritten);
  }
}
