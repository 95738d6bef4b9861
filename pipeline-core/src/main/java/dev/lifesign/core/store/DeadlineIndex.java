package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.store.heap.DeadlineCalendar;
import dev.lifesign.core.store.heap.HeapShare;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of a partition's customers in the order of time. The earliest of them, the head,
 * are in memory, as many as there is room for; every entry before the place where the head ends is
 * in the head. The store has those behind it, and of the head what was read from it or written: the
 * latest first, when there is more that the store does not have than there is room for, since they
 * are the last to be removed again. What comes and goes in between costs the store nothing, and a
 * tick before which nothing is due no look into it.
 */
final class DeadlineIndex {

  /** What the index has under a key. */
  static final byte[] PRESENT = new byte[0];

  /** Entries that are read of the store at once, and kept in any case. */
  private static final int BATCH = 512;

  /** How many a call writes at most, so that none takes long. */
  private static final int AT_ONCE = 16;

  /** How many steps a call takes at most to shorten the head. */
  private static final int STEPS_AT_ONCE = 4;

  /** What to write an entry costs, in bytes, beside its own. */
  private static final int WRITE = 64;

  private final KeyValueStore<Bytes, byte[]> store;
  private final HeapShare.Part room;
  private final HeapShare.Part unwrittenRoom;
  private final boolean removesOnCommitOnly;
  private final int batch;

  /** Those of the head that the store does not have. */
  private final DeadlineCalendar unwritten = new DeadlineCalendar();

  /** Those of the head that the store has. */
  private final DeadlineCalendar written = new DeadlineCalendar();

  /** Entries that are removed and that the store still has. */
  private final Set<Bytes> gone = new HashSet<>();

  /** The first key that is not in the head; empty if there is none. */
  private Optional<Bytes> headEnd = Optional.of(DeadlineKey.first(Long.MIN_VALUE));

  /** Whether the head became too large, and is not yet as small as it is to be. */
  private boolean isShortened;

  /**
   * The index that a store has; {@link #close} gives its parts of the heap back.
   *
   * @param room for the head
   * @param unwritten for those of it that the store does not have
   * @param removesOnCommitOnly whether no entry is removed from the store but by {@link
   *     #writeRemovals}
   */
  DeadlineIndex(
      KeyValueStore<Bytes, byte[]> store,
      HeapShare room,
      HeapShare unwritten,
      boolean removesOnCommitOnly) {
    this(store, room, unwritten, removesOnCommitOnly, BATCH);
  }

  DeadlineIndex(
      KeyValueStore<Bytes, byte[]> store,
      HeapShare room,
      HeapShare unwritten,
      boolean removesOnCommitOnly,
      int batch) {
    this.store = store;
    this.room = room.open();
    this.unwrittenRoom = unwritten.open();
    this.removesOnCommitOnly = removesOnCommitOnly;
    this.batch = batch;
  }

  /** Arms a customer at an instant. */
  void arm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    if (!gone.isEmpty() && gone.remove(key)) {
      // The store mostly has it still, which must be known when it is removed again.
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

  /** Takes a customer out of the index. */
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

  /** The earliest entry before an instant, which stays in the index. */
  Optional<DeadlineKey> firstBefore(long bound) {
    Optional<Bytes> first = firstOfHead(bound);
    while (first.isEmpty() && !isInHead(DeadlineKey.first(bound))) {
      readOn();
      first = firstOfHead(bound);
    }
    // An hour takes more when it is in order; its later half goes, look by look.
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
   * @param most how many at most
   * @return whether it has all
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

  /** Removes entries from the store that are not in the index any more. */
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

  /** Whether only a commit makes room again. */
  boolean wantsCommit() {
    return !gone.isEmpty() && unwrittenBytes() > unwrittenRoom.most();
  }

  /** Gives its parts of the heap back, and is of no use any more; writes nothing. */
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
   * Keeps the head within its room, step by step: what is far away is read again when it comes
   * near.
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

  /** What the head takes of the heap, about. */
  long bytes() {
    return unwritten.bytes() + written.bytes();
  }

  /** What of it the store does not have, with what it costs to write that. */
  long unwrittenBytes() {
    return unwritten.bytes() + (long) (unwritten.size() + gone.size()) * WRITE;
  }

  private void account() {
    room.holds(bytes());
    unwrittenRoom.holds(unwrittenBytes());
  }
}
