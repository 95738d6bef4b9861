package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.store.heap.DeadlineCalendar;
import dev.lifesign.core.store.heap.HeapShare;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of a partition's customers, ordered by time. The earliest entries, the head, are in
 * memory, as many as there is room for. The head contains every entry before its end. The store
 * contains all entries after the head, and those entries of the head that were read from it or
 * written to it. When the unwritten entries exceed their room, the latest are written first, since
 * they are removed last. An entry that is added and removed before it is written costs the store
 * nothing, and a tick before which nothing is due does not read the store.
 */
final class DeadlineIndex {

  /** The value of every entry. */
  static final byte[] PRESENT = new byte[0];

  /** The number of entries read from the store at once, and the minimum to keep. */
  private static final int BATCH = 512;

  /** The maximum number of entries that a call writes, so that none takes long. */
  private static final int AT_ONCE = 16;

  /** The maximum number of steps that a call takes to shorten the head. */
  private static final int STEPS_AT_ONCE = 4;

  /** The overhead of writing an entry, in bytes. */
  private static final int WRITE = 64;

  private final KeyValueStore<Bytes, byte[]> store;
  private final HeapShare.Part room;
  private final HeapShare.Part unwrittenRoom;
  private final boolean removesOnCommitOnly;
  private final int batch;

  /** The entries of the head that the store does not have. */
  private final DeadlineCalendar unwritten = new DeadlineCalendar();

  /** The entries of the head that the store has. */
  private final DeadlineCalendar written = new DeadlineCalendar();

  /** What is left of erased customers. */
  private final ErasedEntries erased;

  /** Removed entries that the store still has. */
  private final Set<Bytes> gone = new HashSet<>();

  /** The end of the head, exclusive; empty if the head contains all entries. */
  private Optional<Bytes> headEnd = Optional.of(DeadlineKey.first(Long.MIN_VALUE));

  /** Whether the head is being shortened because it became too large. */
  private boolean isShortened;

  /**
   * Opens the index of a store; {@link #close} returns its memory.
   *
   * @param erased the search for what a restore has left of erased customers; goes on here
   * @param room the memory for the head
   * @param unwritten the memory for entries that the store does not have
   * @param removesOnCommitOnly whether only {@link #writeRemovals} removes entries from the store
   */
  DeadlineIndex(
      KeyValueStore<Bytes, byte[]> store,
      ErasedEntries erased,
      HeapShare room,
      HeapShare unwritten,
      boolean removesOnCommitOnly) {
    this(store, erased, room, unwritten, removesOnCommitOnly, BATCH);
  }

  DeadlineIndex(
      KeyValueStore<Bytes, byte[]> store,
      ErasedEntries erased,
      HeapShare room,
      HeapShare unwritten,
      boolean removesOnCommitOnly,
      int batch) {
    this.store = store;
    this.erased = erased;
    this.room = room.open();
    this.unwrittenRoom = unwritten.open();
    this.removesOnCommitOnly = removesOnCommitOnly;
    this.batch = batch;
  }

  /** Adds an entry for a customer. */
  void arm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    if (!gone.isEmpty() && gone.remove(key)) {
      // The store usually still has it, which must be known when it is removed again.
      store.put(key, PRESENT);
      if (isInHead(key)) {
        written.add(key);
      }
    } else if (!isInHead(key)) {
      store.put(key, PRESENT);
    } else {
      unwritten.add(key);
      if (unwrittenBytes() > unwrittenRoom.most()) {
        writeSome(AT_ONCE);
      }
      shorten();
    }
    account();
  }

  /** Removes the entry of a customer. */
  void disarm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    unwritten.remove(key);
    if (written.remove(key) || !isInHead(key)) {
      if (removesOnCommitOnly) {
        gone.add(key);
      } else {
        // Not delete(), which reads the old value first.
        store.put(key, null);
      }
    }
    account();
  }

  /**
   * Removes the entry of a customer who is erased, if it has one, and searches for stale ones from
   * now on.
   */
  void erase(long armed, String customerId) {
    if (armed != Instants.FOREVER) {
      disarm(armed, customerId);
    }
    erased.add(customerId);
    moveHeadEnd(customerId);
  }

  /** Moves the end of the head to the next entry if it has the id of a customer who is erased. */
  private void moveHeadEnd(String customerId) {
    if (headEnd.filter(end -> DeadlineKey.of(end).customerId().equals(customerId)).isPresent()) {
      Bytes end = headEnd.get();
      try (KeyValueIterator<Bytes, byte[]> entries = store.range(end, DeadlineKey.AFTER_ALL)) {
        headEnd = Optional.empty();
        while (headEnd.isEmpty() && entries.hasNext()) {
          headEnd = Optional.of(entries.next().key).filter(next -> !next.equals(end));
        }
      }
    }
  }

  /**
   * Continues the search for stale entries of erased customers.
   *
   * @param isCurrent whether an entry is that of a customer who has begun anew
   */
  void searchErased(Predicate<DeadlineKey> isCurrent) {
    if (erased.isDone()) {
      return;
    }
    for (DeadlineKey entry : erased.next()) {
      if (!isCurrent.test(entry)) {
        disarm(entry.due(), entry.customerId());
      }
    }
    if (erased.isDone()) {
      unwritten.compact();
      written.compact();
    }
  }

  /** The earliest entry before an instant, which stays in the index. */
  Optional<DeadlineKey> firstBefore(long bound) {
    Optional<Bytes> first = firstOfHead(bound);
    while (first.isEmpty() && !isInHead(DeadlineKey.first(bound))) {
      readOn();
      first = firstOfHead(bound);
    }
    // A sorted hour takes more memory, so its later half may have to be dropped.
    shorten();
    account();
    return first.map(DeadlineKey::of);
  }

  private Optional<Bytes> firstOfHead(long bound) {
    Optional<Bytes> missing = unwritten.firstBefore(bound);
    Optional<Bytes> known = written.firstBefore(bound);
    boolean isMissing =
        known.isEmpty() || (missing.isPresent() && missing.get().compareTo(known.get()) < 0);
    return isMissing ? missing : known;
  }

  /**
   * Writes entries that the store does not have, the latest first.
   *
   * @param most the maximum number
   * @return whether the store now has all entries
   */
  boolean writeSome(int most) {
    List<Bytes> some = unwritten.takeSomeOfLast(most);
    if (!some.isEmpty()) {
      some.forEach(written::add);
      store.putAll(some.stream().sorted().map(key -> KeyValue.pair(key, PRESENT)).toList());
      account();
    }
    return unwritten.isEmpty();
  }

  /** Removes deleted entries from the store. */
  void writeRemovals() {
    if (gone.isEmpty()) {
      return;
    }
    List<KeyValue<Bytes, byte[]>> removals = new ArrayList<>(gone.size());
    gone.forEach(key -> removals.add(KeyValue.pair(key, null)));
    store.putAll(removals);
    gone.clear();
    account();
  }

  /** Whether only a commit can free memory. */
  boolean wantsCommit() {
    return !gone.isEmpty() && unwrittenBytes() > unwrittenRoom.most();
  }

  /** Returns the memory without writing anything. The index must not be used afterwards. */
  void close() {
    room.close();
    unwrittenRoom.close();
  }

  private boolean isInHead(Bytes key) {
    return headEnd.isEmpty() || key.compareTo(headEnd.get()) < 0;
  }

  private void readOn() {
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(headEnd.orElseThrow(), DeadlineKey.AFTER_ALL)) {
      for (int read = 0; entries.hasNext(); ) {
        Bytes key = entries.next().key;
        if (read == batch) {
          headEnd = Optional.of(key);
          return;
        }
        if (!gone.contains(key)) {
          written.add(key);
          read++;
        }
      }
    }
    headEnd = Optional.empty();
  }

  /**
   * Shortens the head to its room, step by step. Dropped entries are read again when they are
   * needed.
   */
  void shorten() {
    isShortened |= bytes() > room.most() && size() > 4 * batch;
    for (int step = 0; isShortened && step < STEPS_AT_ONCE; step++) {
      long hour = Math.max(unwritten.lastHour(), written.lastHour());
      if (unwritten.isWithin(hour) && written.isWithin(hour)) {
        dropLaterHalf(hour);
      } else if (unwritten.lastHour() == hour) {
        writeSome(AT_ONCE);
      } else {
        written.drop(hour);
        headEnd = Optional.of(DeadlineCalendar.first(hour));
      }
      isShortened = bytes() > room.most() / 2 && size() > batch;
    }
  }

  private void dropLaterHalf(long hour) {
    Collection<Bytes> missing = unwritten.takeOut(hour);
    Collection<Bytes> known = written.takeOut(hour);
    Bytes end = middle(hour, missing, known);
    headEnd = Optional.of(end);
    List<KeyValue<Bytes, byte[]>> later = new ArrayList<>();
    for (Bytes key : missing) {
      if (key.compareTo(end) < 0) {
        unwritten.add(key);
      } else {
        later.add(KeyValue.pair(key, PRESENT));
      }
    }
    store.putAll(later);
    known.stream().filter(key -> key.compareTo(end) < 0).forEach(written::add);
  }

  private static Bytes middle(long hour, Collection<Bytes> some, Collection<Bytes> others) {
    List<Bytes> all = Stream.of(some, others).flatMap(Collection::stream).sorted().toList();
    return all.isEmpty() ? DeadlineCalendar.first(hour) : all.get(all.size() / 2);
  }

  private int size() {
    return unwritten.size() + written.size();
  }

  /** The approximate size of the head, bytes. */
  long bytes() {
    return unwritten.bytes() + written.bytes();
  }

  /** The size of what is not written, including the overhead of writing it, bytes. */
  long unwrittenBytes() {
    return unwritten.bytes() + (long) (unwritten.size() + gone.size()) * WRITE;
  }

  private void account() {
    room.holds(bytes());
    unwrittenRoom.holds(unwrittenBytes());
  }
}
