package dev.lifesign.core.store;

import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.store.heap.CustomerCache;
import dev.lifesign.core.store.heap.HeapShare;
import java.util.NavigableMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers and deadlines that a task keeps in the heap in front of its store, with changes
 * that the store does not have yet. They are written at a commit, and some of them earlier if there
 * are many. If the task ends without a commit they are dropped; the changelog has everything that
 * was committed.
 *
 * <p>With at-least-once processing, a store is used again as it is after its process has crashed.
 * So customers are written, and index entries removed, only at a commit, when the brokers have
 * everything that was sent. Otherwise a crash could leave a changed customer whose change was never
 * published, or an armed customer without an entry.
 */
public final class CustomersInHeap {

  /** Bounds how long readers wait. */
  private static final int BATCH = 512;

  /** The maximum number of customers to write before an iteration over all customers. */
  private static final int BEFORE_LOOK = 16_384;

  /** The maximum number of customers that a punctuation evicts. */
  private static final int EVICTED_AT_ONCE = 1_024;

  /**
   * The maximum number of customers that a punctuation writes: too few to matter under full load.
   */
  private static final int WRITTEN_AT_ONCE = 8;

  private final KeyValueStore<Bytes, byte[]> store;
  private final CustomerCache customers;
  private final DeadlineIndex deadlines;
  private final boolean writesOnCommitOnly;

  /** The last tick, if it is not in the store yet. Volatile because query threads read it. */
  private volatile byte[] tick;

  /** The divisor of the unwritten budget that gives the share of deadlines, which are smaller. */
  private static final int DEADLINES_OF_UNWRITTEN = 4;

  /** The heap budget of a process, divided by purpose. */
  public record Shares(
      HeapShare customers,
      HeapShare unwrittenCustomers,
      HeapShare deadlines,
      HeapShare unwrittenDeadlines) {

    public static Shares of(HeapBudget budget) {
      long forDeadlines = budget.unwritten() / DEADLINES_OF_UNWRITTEN;
      return new Shares(
          new HeapShare(budget.customers()),
          new HeapShare(budget.unwritten() - forDeadlines),
          new HeapShare(budget.deadlines()),
          new HeapShare(forDeadlines));
    }
  }

  /**
   * Creates the caches in front of a store.
   *
   * @param erased the search for what a restore has left of erased customers
   * @param writesOnCommitOnly whether the store is used again as it is after its process has
   *     crashed
   */
  CustomersInHeap(
      KeyValueStore<Bytes, byte[]> store,
      ErasedEntries erased,
      Shares shares,
      boolean writesOnCommitOnly) {
    this.store = store;
    this.customers =
        new CustomerCache(
            store, shares.customers(), shares.unwrittenCustomers(), writesOnCommitOnly);
    this.deadlines =
        new DeadlineIndex(
            store, erased, shares.deadlines(), shares.unwrittenDeadlines(), writesOnCommitOnly);
    this.writesOnCommitOnly = writesOnCommitOnly;
  }

  DeadlineIndex deadlines() {
    return deadlines;
  }

  byte[] get(Bytes key) {
    if (key.equals(CustomerKey.TICK)) {
      byte[] unwritten = tick;
      return unwritten == null ? store.get(key) : unwritten;
    }
    return customers.get(key);
  }

  void put(Bytes key, byte[] value) {
    if (key.equals(CustomerKey.TICK)) {
      tick = value;
    } else if (value == null) {
      customers.remove(key);
    } else {
      customers.put(key, value);
    }
  }

  /**
   * The customers in a range of keys, both included, whose latest state is not in the store; null
   * for those that were removed.
   */
  NavigableMap<Bytes, byte[]> unwritten(Bytes from, Bytes to) {
    return customers.unwritten(from, to);
  }

  /** Writes everything that the store does not have, in batches. */
  void write() {
    boolean done = false;
    while (!done) {
      done = deadlines.writeSome(BATCH);
    }
    done = false;
    while (!done) {
      done = customers.writeSome(BATCH);
    }
    deadlines.writeRemovals();
    byte[] last = tick;
    if (last != null) {
      store.put(CustomerKey.TICK, last);
      tick = null;
    }
  }

  /**
   * Prepares an iteration over all customers: writes some, so that few are missing in the store.
   */
  void prepareLook() {
    if (!writesOnCommitOnly) {
      customers.writeSome(BEFORE_LOOK);
    }
  }

  /**
   * Periodic work: gives up some memory if other tasks now need their share, and writes a few
   * customers, so that an idle task has little left to write.
   */
  public void tend() {
    customers.evict(EVICTED_AT_ONCE);
    deadlines.shorten();
    if (!writesOnCommitOnly) {
      customers.writeSome(WRITTEN_AT_ONCE);
    }
  }

  /**
   * Whether to commit early, because the memory is full of changes that may only be written at a
   * commit.
   */
  public boolean wantsCommit() {
    return writesOnCommitOnly && (customers.wantsCommit() || deadlines.wantsCommit());
  }

  /** The approximate size in the heap, bytes. */
  public long bytes() {
    return customers.bytes() + deadlines.bytes();
  }

  /** The part of it that the store does not have, bytes. */
  public long unwrittenBytes() {
    return customers.unwrittenBytes() + deadlines.unwrittenBytes();
  }

  /** Releases the memory and drops what is not written. The object must not be used afterwards. */
  void close() {
    customers.close();
    deadlines.close();
  }
}
