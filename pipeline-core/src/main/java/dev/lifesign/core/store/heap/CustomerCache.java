package dev.lifesign.core.store.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers that a task touched last, as they are stored: most need not be looked up in the
 * store, and a customer that changes again before it is written costs the store one write. What the
 * store does not have is bounded by bytes, and written a few customers per call when there is more.
 * One thread puts customers; any may get them.
 *
 * <p>What stays here for long is not to be touched by a collector of short-lived garbage. So bytes
 * are copied into arrays that stay ({@link SlotTable}), and a customer that is asked for is marked,
 * and not put to the end of a list: a hand goes around, and evicts the first that was not asked for
 * since it came by last (second chance, as a clock: Corbató, 1968).
 */
public final class CustomerCache {

  /** How many a call evicts or writes at most, so that none takes long. */
  static final int AT_ONCE = 16;

  /** Was asked for since the hand came by. */
  private static final byte ASKED = 1;

  /** The store does not have it, or has an older version. */
  private static final byte UNWRITTEN = 2;

  /** Is in the queue of those to be written. */
  private static final byte QUEUED = 4;

  private final KeyValueStore<Bytes, byte[]> store;
  private final HeapShare.Part room;
  private final HeapShare.Part unwrittenRoom;
  private final boolean writesOnCommitOnly;
  private final SlotTable customers = new SlotTable();

  /** Of each slot. */
  private byte[] marks = new byte[16];

  /** Slots that may be unwritten, each once, as a ring that begins with the first to be written. */
  private int[] queue = new int[16];

  private int queueStart;
  private int queued;

  private int unwritten;
  private long unwrittenBytes;

  /** Whether customers could not be evicted because they must not be written before a commit. */
  private boolean blocked;

  private int hand;

  /** The array of the entry that was evicted last; null if there is none to be had. */
  private byte[] spare;

  /**
   * Before a store; {@link #close} gives its parts of the heap back.
   *
   * @param room for all customers
   * @param unwritten for those that the store does not have
   * @param writesOnCommitOnly whether nothing is written but by {@link #writeSome}
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

  /** A customer's bytes as they were put last; null if there are none. */
  public byte[] get(Bytes key) {
    synchronized (this) {
      int slot = customers.find(key.get());
      if (slot != SlotTable.NONE) {
        marks[slot] |= ASKED;
        return customers.value(slot);
      }
    }
    return store.get(key);
  }

  /** Keeps a customer's bytes; evicts others that were not asked for lately. */
  public synchronized void put(Bytes key, byte[] value) {
    long most = room.most();
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

  /** Removes a customer. */
  public synchronized void remove(Bytes key) {
    int slot = customers.find(key.get());
    if (slot != SlotTable.NONE) {
      noteWritten(slot);
      customers.remove(slot);
      marks[slot] &= QUEUED;
    }
    store.put(key, null);
  }

  /**
   * Evicts what there is no room for.
   *
   * @param most how many at most
   */
  public synchronized void evict(int most) {
    for (int evicted = 0; evicted < most && customers.bytes() > room.most(); evicted++) {
      if (!evictOne()) {
        break;
      }
    }
    room.holds(customers.bytes());
  }

  /** Whether one could be evicted. */
  private boolean evictOne() {
    if (customers.size() == 0) {
      return false;
    }
    if (writesOnCommitOnly && unwritten > customers.size() / 2) {
      // The hand would have to pass most of them in vain.
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
   * Writes what the store does not have, in the order in which it came.
   *
   * @param most how many at most
   * @return whether all is written
   */
  public synchronized boolean writeSome(int most) {
    List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(Math.min(most, queued));
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
    return queued == 0;
  }

  /** A copy of what the store does not have, from one key to another, both included. */
  public synchronized NavigableMap<Bytes, byte[]> unwritten(Bytes from, Bytes to) {
    NavigableMap<Bytes, byte[]> found = new TreeMap<>();
    for (int i = 0; i < queued; i++) {
      int slot = queue[(queueStart + i) % queue.length];
      if (isUnwritten(slot)) {
        Bytes key = Bytes.wrap(customers.key(slot));
        if ((from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0)) {
          found.put(key, customers.value(slot));
        }
      }
    }
    return found;
  }

  /** Whether only a commit makes room again. */
  public boolean wantsCommit() {
    return writesOnCommitOnly && (blocked || unwrittenBytes > unwrittenRoom.most());
  }

  /** What the customers take of the heap, about. */
  public synchronized long bytes() {
    return customers.bytes();
  }

  /** What those of them take that the store does not have. */
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

  /** Gives its parts of the heap back, and is of no use any more; writes nothing. */
  public void close() {
    room.close();
    unwrittenRoom.close();
  }
}
