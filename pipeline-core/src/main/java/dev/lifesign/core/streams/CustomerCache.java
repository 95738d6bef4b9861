package dev.lifesign.core.streams;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers that a task kept last, as they are stored: most need not be looked up in the store,
 * and who is kept again before it goes need not be written in between. One that goes is written, as
 * all are by {@link #write}. One thread keeps customers; any may ask for them.
 *
 * <p>What stays here for long is not to be touched by a collector of short-lived garbage. So bytes
 * are copied into arrays that stay ({@link SlotTable}), and who is asked for is marked, and not put
 * to the end of a list: a hand goes around, and of those to whom it comes, who was not asked for
 * since it came last goes (second chance, as a clock: Corbató, 1968).
 */
final class CustomerCache {

  /** Was asked for since the hand came by. */
  private static final byte ASKED = 1;

  /** The store has not, or has otherwise. */
  private static final byte UNWRITTEN = 2;

  /** Stands among those that may be unwritten. */
  private static final byte LISTED = 4;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final SlotTable customers = new SlotTable();

  /** Of each slot. */
  private byte[] marks = new byte[16];

  /** Slots that may be unwritten, each once. */
  private int[] listed = new int[16];

  private int listedCount;
  private int hand;

  /** What the last who went was kept in; null if there is none to be had. */
  private byte[] spare;

  /** Before a store; {@link #close} gives its part of the room back. */
  CustomerCache(KeyValueStore<Bytes, byte[]> store, Room room) {
    this.store = store;
    this.room = room;
    room.enter();
  }

  /** A customer's bytes as they were put last; null if there are none. */
  byte[] get(Bytes key) {
    synchronized (this) {
      int slot = customers.find(key.get());
      if (slot != SlotTable.NONE) {
        marks[slot] |= ASKED;
        return customers.value(slot);
      }
    }
    return store.get(key);
  }

  /** Keeps a customer's bytes, for which others go that were not asked for lately. */
  synchronized void put(Bytes key, byte[] value) {
    int slot = customers.find(key.get());
    if (slot == SlotTable.NONE) {
      // Who comes does not compete with who is there, and is kept where one was who goes.
      while (customers.bytesWith(key.get(), value, spare) > room.ofEach() && customers.size() > 0) {
        letOneGo();
      }
      slot = customers.add(key.get(), value, spare);
      spare = null;
      if (slot >= marks.length) {
        marks = Arrays.copyOf(marks, 2 * marks.length);
      }
    } else {
      marks[slot] |= ASKED;
      customers.set(slot, value);
    }
    if ((marks[slot] & LISTED) == 0) {
      if (listedCount == listed.length) {
        listed = Arrays.copyOf(listed, 2 * listedCount);
      }
      listed[listedCount++] = slot;
    }
    marks[slot] |= UNWRITTEN | LISTED;
    while (customers.bytes() > room.ofEach()) {
      letOneGo();
    }
  }

  /** Keeps a customer no more. */
  synchronized void remove(Bytes key) {
    int slot = customers.find(key.get());
    if (slot != SlotTable.NONE) {
      customers.remove(slot);
      marks[slot] &= LISTED;
    }
    store.put(key, null);
  }

  private void letOneGo() {
    while (true) {
      int slot = hand;
      hand = hand + 1 < customers.slots() ? hand + 1 : 0;
      if (customers.isUsed(slot)) {
        if ((marks[slot] & ASKED) == 0) {
          writeIfMissing(slot);
          spare = customers.remove(slot);
          return;
        }
        marks[slot] &= ~ASKED;
      }
    }
  }

  /** Writes what the store has not; costs by how much that may be, not by how many are kept. */
  synchronized void write() {
    for (int i = 0; i < listedCount; i++) {
      int slot = listed[i];
      writeIfMissing(slot);
      marks[slot] &= ~LISTED;
    }
    listedCount = 0;
  }

  private void writeIfMissing(int slot) {
    if ((marks[slot] & UNWRITTEN) != 0) {
      store.put(Bytes.wrap(customers.key(slot)), customers.value(slot));
      marks[slot] &= ~UNWRITTEN;
    }
  }

  /** Writes what the store has not, and is of no use any more. */
  void close() {
    try {
      write();
    } finally {
      room.leave();
    }
  }
}
