package dev.lifesign.core.store;

import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.store.heap.CustomerCache;
import dev.lifesign.core.store.heap.HeapShare;
import java.util.NavigableMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the task that has a store of customers keeps of it in the heap: customers and deadlines, of
 * which the store need not have the last changes. They are written at a commit, and some before
 * where there are many. When the task ends without a commit they are dropped: they are in the
 * changelog if they count.
 *
 * <p>Where a store may be read again as it is after its process died (at least once), no customer
 * is written and no entry of the index is removed but at a commit, when the brokers have what was
 * sent. Otherwise a kill could leave a customer of whose change nobody was told, or one that is
 * armed and has no entry.
 */
public final class CustomersInHeap {

  /** Bounds the time for which those who ask wait. */
  private static final int BATCH = 512;

  /** How many customers are written before a look at all customers. */
  private static final int BEFORE_LOOK = 16_384;

  /** How many customers a punctuation evicts at most. */
  private static final int EVICTED_AT_ONCE = 1_024;

  /** How many customers a punctuation writes: so few that it does not show under full load. */
  private static final int WRITTEN_AT_ONCE = 8;

  private final KeyValueStore<Bytes, byte[]> store;
  private final CustomerCache customers;
  private final DeadlineIndex deadlines;
  private final boolean writesOnCommitOnly;

  /** The last tick, if the store does not have it; a query thread may ask. */
  private volatile byte[] tick;

  /** Of what is not written, one part in so many is for deadlines, which take fewer bytes. */
  private static final int DEADLINES_OF_UNWRITTEN = 4;

  /** Parts of the budget of a process. */
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
   * Before a store.
   *
   * @param writesOnCommitOnly whether the store may be read again as it is after its process died
   */
  CustomersInHeap(KeyValueStore<Bytes, byte[]> store, Shares shares, boolean writesOnCommitOnly) {
    this.store = store;
    this.customers =
        new CustomerCache(
            store, shares.customers(), shares.unwrittenCustomers(), writesOnCommitOnly);
    this.deadlines =
        new DeadlineIndex(
            store, shares.deadlines(), shares.unwrittenDeadlines(), writesOnCommitOnly);
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

  /** Customers from one key to another that the store does not have as they are. */
  NavigableMap<Bytes, byte[]> unwritten(Bytes from, Bytes to) {
    return customers.unwritten(from, to);
  }

  /** Writes all that the store does not have, in batches. */
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

  /** Before a look at all customers: so that few are left that the store does not have. */
  void prepareLook() {
    if (!writesOnCommitOnly) {
      customers.writeSome(BEFORE_LOOK);
    }
  }

  /**
   * What is done now and then: gives up some of what is more than this task may hold since others
   * have opened, and writes a few customers, so that little is left to be written by a task that
   * has little to do.
   */
  public void tend() {
    customers.evict(EVICTED_AT_ONCE);
    deadlines.shorten();
    if (!writesOnCommitOnly) {
      customers.writeSome(WRITTEN_AT_ONCE);
    }
  }

  /** Whether there is so much that must not be written before a commit that there should be one. */
  public boolean wantsCommit() {
    return writesOnCommitOnly && (customers.wantsCommit() || deadlines.wantsCommit());
  }

  /** What it takes of the heap, about. */
  public long bytes() {
    return customers.bytes() + deadlines.bytes();
  }

  /** What of it the store does not have. */
  public long unwrittenBytes() {
    return customers.unwrittenBytes() + deadlines.unwrittenBytes();
  }

  /** Is of no use any more; what is not written is dropped. */
  void close() {
    customers.close();
    deadlines.close();
  }
}
