package dev.lifesign.core.contract;

/**
 * How much of their stores all tasks of a process together may keep in the heap.
 *
 * @param customers bytes for the most recently used customers
 * @param deadlines bytes for the earliest deadlines
 * @param unwritten bytes of both that need not have been written to RocksDB yet; a task that is
 *     closed normally has to write them first
 */
public record HeapBudget(long customers, long deadlines, long unwritten) {

  /** The default share of the heap for customers, percent. */
  public static final int CUSTOMERS_PERCENT = 25;

  /** The default share of the heap for deadlines, percent. */
  public static final int DEADLINES_PERCENT = 6;

  /** The default for unwritten bytes, MiB; as much as can be written in a few seconds. */
  public static final int UNWRITTEN_MIB = 256;

  /** Refuses negative sizes. */
  public HeapBudget {
    if (customers < 0 || deadlines < 0 || unwritten < 0) {
      throw new IllegalArgumentException(
          "A heap budget is negative (customers %d, deadlines %d, unwritten %d bytes); set each to 0 or more"
              .formatted(customers, deadlines, unwritten));
    }
  }

  /** The default budget of this process. */
  public static HeapBudget standard() {
    return ofHeap(CUSTOMERS_PERCENT, DEADLINES_PERCENT, (long) UNWRITTEN_MIB << 20);
  }

  /** A budget in percent of this process's maximum heap. */
  public static HeapBudget ofHeap(int customersPercent, int deadlinesPercent, long unwritten) {
    long hundredth = Runtime.getRuntime().maxMemory() / 100;
    return new HeapBudget(hundredth * customersPercent, hundredth * deadlinesPercent, unwritten);
  }
}
