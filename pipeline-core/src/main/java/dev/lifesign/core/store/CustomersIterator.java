package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Iterates over a range of the store of customers in key order, without the deadline index. Entries
 * that are not written yet take precedence over those of the store.
 */
final class CustomersIterator implements KeyValueIterator<Bytes, byte[]> {

  private final KeyValueStore<Bytes, byte[]> store;
  private final Bytes to;
  private final Iterator<Map.Entry<Bytes, byte[]>> unwritten;
  private KeyValueIterator<Bytes, byte[]> stored;
  private KeyValue<Bytes, byte[]> nextUnwritten;
  private KeyValue<Bytes, byte[]> nextStored;

  /**
   * Opens an iterator.
   *
   * @param unwritten the unwritten entries, null for those that were removed; must be copied before
   *     this call, so that an entry that is written meanwhile is not missed
   */
  CustomersIterator(
      KeyValueStore<Bytes, byte[]> store,
      Bytes from,
      Bytes to,
      NavigableMap<Bytes, byte[]> unwritten) {
    this.store = store;
    this.to = to;
    this.unwritten = unwritten.entrySet().iterator();
    this.stored = from == null && to == null ? store.all() : store.range(from, to);
    readUnwritten();
    readStored();
    passRemoved();
  }

  /** Moves on past entries that come next and were removed. */
  private void passRemoved() {
    while (nextUnwritten != null && nextUnwritten.value == null && order() <= 0) {
      pass(order());
    }
  }

  private void pass(int order) {
    if (order <= 0) {
      readUnwritten();
    }
    if (order >= 0) {
      readStored();
    }
  }

  private void readUnwritten() {
    nextUnwritten = null;
    if (unwritten.hasNext()) {
      Map.Entry<Bytes, byte[]> entry = unwritten.next();
      nextUnwritten = KeyValue.pair(entry.getKey(), entry.getValue());
    }
  }

  private void readStored() {
    nextStored = stored.hasNext() ? stored.next() : null;
    if (nextStored != null && DeadlineKey.isOne(nextStored.key)) {
      stored.close();
      if (to != null && to.compareTo(DeadlineKey.AFTER_ALL) < 0) {
        nextStored = null;
        return;
      }
      stored = store.range(DeadlineKey.AFTER_ALL, to);
      nextStored = stored.hasNext() ? stored.next() : null;
    }
  }

  private int order() {
    if (nextUnwritten == null || nextStored == null) {
      return nextStored == null ? -1 : 1;
    }
    return nextUnwritten.key.compareTo(nextStored.key);
  }

  @Override
  public boolean hasNext() {
    return nextUnwritten != null || nextStored != null;
  }

  @Override
  public KeyValue<Bytes, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int order = order();
    KeyValue<Bytes, byte[]> next = order <= 0 ? nextUnwritten : nextStored;
    pass(order);
    passRemoved();
    return next;
  }

  @Override
  public Bytes peekNextKey() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return order() <= 0 ? nextUnwritten.key : nextStored.key;
  }

  @Override
  public void close() {
    stored.close();
  }
}
