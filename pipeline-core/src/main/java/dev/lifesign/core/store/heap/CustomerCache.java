package dev.lifesign.core.store.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Caches the encoded customers that a task used most recently, in front of its store. Most reads do
 * not reach the store, and several changes of a customer before it is written cost the store one
 * write. Unwritten customers are limited in bytes; above the limit, each call writes a few. One
 * thread puts customers; any thread may get them.
 *
 * <p>The cache avoids work for the garbage collector, since its entries live long. Bytes are copied
 * into arrays that are reused ({@link SlotTable}), and a read marks its entry instead of moving it
 * in a list. Eviction uses the clock algorithm (second chance: Corbató, 1968): a hand moves around
 * the slots and evicts the first entry that was not read since its last pass.
 */
public final class CustomerCache {

  /** The maximum number of customers that a call evicts or writes, so that none takes long. */
  static final int AT_ONCE = 16;

  /** Was read since the hand's last pass. */
  private static final byte ASKED = 1;

  /** The store does not have the customer, or has an older version. */
  private static final byte UNWRITTEN = 2;

  /** Is in the queue of customers to write. */
  private static final byte QUEUED = 4;

  private final KeyValueStore<Bytes, byte[]> store;
  private final HeapShare.Part room;
  private final HeapShare.Part unwrittenRoom;
  private final boolean writesOnCommitOnly;
  private final SlotTable customers = new SlotTable();

  /** The marks of each slot. */
  private byte[] marks = new byte[16];

  /**
   * A ring of the slots that may be unwritten, each once, in the order in which they are written.
   */
  private int[] queue = new int[16];

  private int queueStart;
  private int queued;

  /** Removed customers that the store may still have, if it is written on commits only. */
  private final NavigableSet<Bytes> removed = new TreeSet<>();

  private int unwritten;
  private long unwrittenBytes;

  /** Whether eviction failed because customers may only be written at a commit. */
  private boolean blocked;

  private int hand;

  /** The array of the last evicted entry, for reuse; null if there is none. */
  private byte[] spare;

  /**
   * Creates a cache in front of a store; {@link #close} returns its memory.
   *
   * @param room the memory for all customers
   * @param unwritten the memory for customers that the store does not have
   * @param writesOnCommitOnly whether only {@link #writeSome} writes
   */
  public CustomerCache(
      KeyValueStore<Bytes, byte[]> store,
      HeapShare room,
      HeapShare unwritten,
      boolean writesOnCommitOnly) {
    this.store = store;
    this.room = room.open();
    this.unwrittenRoom = unwritten.open();
    this.writesOnCommitOnly = writesOnCommitOnly;
  }

  /** The bytes of a customer, from the cache or the store; null if it is unknown. */
  public byte[] get(Bytes key) {
    synchronized (this) {
      int slot = customers.find(key.get());
      if (slot != SlotTable.NONE) {
        marks[slot] |= ASKED;
        return customers.value(slot);
      }
      if (removed.contains(key)) {
        return null;
      }
    }
    return store.get(key);
  }

  /** Puts the bytes of a customer, and evicts others that were not used recently. */
  public synchronized void put(Bytes key, byte[] value) {
    long most = room.most();
    if (removed.remove(key)) {
      unwrittenBytes -= bytesOfRemoval(key);
    }
    int slot = customers.find(key.get());
    if (slot == SlotTable.NONE) {
      // Evict first, so that a new entry is never the victim, and reuse the evicted entry's array.
      for (int evicted = 0;
          evicted < AT_ONCE && customers.bytesWith(key.get(), value, spare) > most;
          evicted++) {
        if (!evictOne()) {
          break;
        }
      }
      slot = customers.add(key.get(), value, spare);
      spare = null;
      if (slot >= marks.length) {
        marks = Arrays.copyOf(marks, 2 * marks.length);
      }
    } else {
      marks[slot] |= ASKED;
      long before = customers.bytes();
      customers.set(slot, value);
      unwrittenBytes += isUnwritten(slot) ? customers.bytes() - before : 0;
    }
    if (!isUnwritten(slot)) {
      noteUnwritten(slot);
    }
    if (customers.bytes() > most) {
      evict(AT_ONCE);
    }
    room.holds(customers.bytes());
    if (!writesOnCommitOnly && unwrittenBytes > unwrittenRoom.most()) {
      writeSome(AT_ONCE);
    }
    unwrittenRoom.holds(unwrittenBytes);
  }

  /**
   * Removes a customer. None of its bytes stay in memory, except for its key if only a commit may
   * remove it from the store.
   */
  public synchronized void remove(Bytes key) {
    spare = null;
    int slot = customers.find(key.get());
    if (slot != SlotTable.NONE) {
      noteWritten(slot);
      customers.remove(slot);
      marks[slot] &= QUEUED;
    }
    if (!writesOnCommitOnly) {
      store.put(key, null);
    } else if (removed.add(key)) {
      unwrittenBytes += bytesOfRemoval(key);
    }
    unwrittenRoom.holds(unwrittenBytes);
  }

  private static long bytesOfRemoval(Bytes key) {
    return (long) SlotTable.ENTRY + key.get().length;
  }

  /**
   * Evicts customers that exceed the room.
   *
   * @param most the maximum number
   */
  public synchronized void evict(int most) {
    for (int evicted = 0; evicted < most && customers.bytes() > room.most(); evicted++) {
      if (!evictOne()) {
        break;
      }
    }
    room.holds(customers.bytes());
  }

  /** Evicts one customer and returns true, or returns false if none can be evicted. */
  private boolean evictOne() {
    if (customers.size() == 0) {
      return false;
    }
    if (writesOnCommitOnly && unwritten > customers.size() / 2) {
      // Most entries cannot be evicted, so searching for one would take too long.
      blocked = true;
      return false;
    }
    while (true) {
      int slot = hand;
      hand = hand + 1 < customers.slots() ? hand + 1 : 0;
      if (customers.isUsed(slot) && !(writesOnCommitOnly && isUnwritten(slot))) {
        if ((marks[slot] & ASKED) == 0) {
          if (isUnwritten(slot)) {
            store.put(Bytes.wrap(customers.key(slot)), customers.value(slot));
            noteWritten(slot);
          }
          spare = customers.remove(slot);
          return true;
        }
        marks[slot] &= ~ASKED;
      }
    }
  }

  /**
   * Writes customers that the store does not have, in the order in which they changed, after those
   * that were removed.
   *
   * @param most the maximum number
   * @return whether everything is written
   */
  public synchronized boolean writeSome(int most) {
    List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(Math.min(most, queued));
    while (!removed.isEmpty() && batch.size() < most) {
      Bytes key = removed.pollFirst();
      unwrittenBytes -= bytesOfRemoval(key);
      batch.add(KeyValue.pair(key, null));
    }
    while (queued > 0 && batch.size() < most) {
      int slot = queue[queueStart];
      queueStart = queueStart + 1 < queue.length ? queueStart + 1 : 0;
      queued--;
      marks[slot] &= ~QUEUED;
      if (isUnwritten(slot)) {
        batch.add(KeyValue.pair(Bytes.wrap(customers.key(slot)), customers.value(slot)));
        noteWritten(slot);
      }
    }
    if (!batch.isEmpty()) {
      store.putAll(batch);
    }
    if (queued == 0) {
      blocked = false;
    }
    unwrittenRoom.holds(unwrittenBytes);
    return queued == 0 && removed.isEmpty();
  }

  /**
   * A copy of the unwritten customers in a range of keys, both included; null for those that were
   * removed.
   */
  public synchronized NavigableMap<Bytes, byte[]> unwritten(Bytes from, Bytes to) {
    NavigableMap<Bytes, byte[]> found = new TreeMap<>();
    for (Bytes key : removed) {
      if (isBetween(key, from, to)) {
        found.put(key, null);
      }
    }
    for (int i = 0; i < queued; i++) {
      int slot = queue[(queueStart + i) % queue.length];
      if (isUnwritten(slot)) {
        Bytes key = Bytes.wrap(customers.key(slot));
        if (isBetween(key, from, to)) {
          found.put(key, customers.value(slot));
        }
      }
    }
    return found;
  }

  private static boolean isBetween(Bytes key, Bytes from, Bytes to) {
    return (from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0);
  }

  /** Whether only a commit can free memory. */
  public boolean wantsCommit() {
    return writesOnCommitOnly && (blocked || unwrittenBytes > unwrittenRoom.most());
  }

  /** The approximate size of all customers, bytes. */
  public synchronized long bytes() {
    return customers.bytes();
  }

  /** The approximate size of the unwritten customers and of unwritten removals, bytes. */
  public synchronized long unwrittenBytes() {
    return unwrittenBytes;
  }

  private boolean isUnwritten(int slot) {
    return (marks[slot] & UNWRITTEN) != 0;
  }

  private void noteUnwritten(int slot) {
    marks[slot] |= UNWRITTEN;
    unwritten++;
    unwrittenBytes += customers.bytes(slot);
    if ((marks[slot] & QUEUED) == 0) {
      marks[slot] |= QUEUED;
      enqueue(slot);
    }
  }

  private void noteWritten(int slot) {
    if (isUnwritten(slot)) {
      marks[slot] &= ~UNWRITTEN;
      unwritten--;
      unwrittenBytes -= customers.bytes(slot);
    }
  }

  private void enqueue(int slot) {
    if (queued == queue.length) {
      int[] larger = new int[2 * queued];
      System.arraycopy(queue, queueStart, larger, 0, queued - queueStart);
      System.arraycopy(queue, 0, larger, queued - queueStart, queueStart);
      queue = larger;
      queueStart = 0;
    }
    int end = queueStart + queued;
    queue[end < queue.length ? end : end - queue.length] = slot;
    queued++;
  }

  /** Returns the memory without writing anything. The cache must not be used afterwards. */
  public void close() {
    room.close();
    unwrittenRoom.close();
  }
}
