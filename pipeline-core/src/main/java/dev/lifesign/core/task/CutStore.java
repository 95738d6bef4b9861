package dev.lifesign.core.task;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.domain.scoring.CutHistory;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The population's cut points that a task has read, in its store {@code control}. All are in one
 * entry, because an entry per cut point would have to be deleted, and after the first record
 * without a value the JIT compiler allocates objects for every record that is sent in order to tell
 * them apart.
 */
public final class CutStore {

  private static final Bytes CUTS = ControlKeys.ofText("cuts");

  /** The prefix of the keys of earlier builds, which stored each set of cut points separately. */
  private static final String EACH_CUTS = "cuts/";

  private final KeyValueStore<Bytes, byte[]> store;
  private CutHistory cuts;

  /** Reads the cut points in a store, and merges the entries of earlier builds into one. */
  CutStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    this.cuts = read(store);
    List<Bytes> each = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = eachCuts(store)) {
      entries.forEachRemaining(entry -> each.add(entry.key));
    }
    if (!each.isEmpty()) {
      write();
      each.forEach(store::delete);
    }
  }

  private void write() {
    store.put(CUTS, PopulationCodec.encode(cuts));
  }

  CutHistory cuts() {
    return cuts;
  }

  /** Stores cut points that are in force from an instant on. */
  void adopt(CutHistory.InForce newer) {
    cuts = cuts.with(newer);
    write();
  }

  /**
   * Drops cut points that are no longer in force.
   *
   * @param instant no decision will be made for a time before this instant
   * @return whether there were any
   */
  boolean dropBefore(long instant) {
    CutHistory kept = cuts.since(instant);
    if (kept.list().size() == cuts.list().size()) {
      return false;
    }
    cuts = kept;
    write();
    return true;
  }

  /** The cut points in a store. */
  public static CutHistory read(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    byte[] all = store.get(CUTS);
    CutHistory cuts = all == null ? CutHistory.NONE : PopulationCodec.decodeCuts(all);
    try (KeyValueIterator<Bytes, byte[]> each = eachCuts(store)) {
      while (each.hasNext()) {
        for (CutHistory.InForce inForce : PopulationCodec.decodeCuts(each.next().value).list()) {
          cuts = cuts.with(inForce);
        }
      }
    }
    return cuts;
  }

  private static KeyValueIterator<Bytes, byte[]> eachCuts(
      ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    return store.range(
        ControlKeys.ofText(EACH_CUTS), ControlKeys.ofText(EACH_CUTS + Character.MAX_VALUE));
  }
}
