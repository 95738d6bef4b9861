package dev.lifesign.core.population;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.PopulationSnapshot;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The population of a partition, in memory and in a store. Each changed block is written to the
 * store once per commit. A block whose counts are all 0 is written empty rather than deleted, for
 * the reason given in the control state; recency has 22 blocks per day. The keys of blocks precede
 * the key of the mark, which says up to when the population was coarsened.
 */
public final class PopulationStore {

  private static final Bytes COARSENED = Bytes.wrap(new byte[] {(byte) 0xFF});

  private final KeyValueStore<Bytes, byte[]> store;
  private final CommitNotice.Handle notice;
  private final Population population = new Population();
  private long coarsened = Instants.NEVER;
  private boolean asked;

  /**
   * Reads the population from a store.
   *
   * @param notice the store that signals commits
   */
  public PopulationStore(KeyValueStore<Bytes, byte[]> store, KeyValueStore<Bytes, byte[]> notice) {
    this.store = store;
    this.notice = new CommitNotice.Handle(notice, this::write);
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (entry.key.equals(COARSENED)) {
          coarsened = ByteBuffer.wrap(entry.value).getLong();
        } else if (entry.value.length > 0) {
          population.add(PopulationCodec.block(entry.key), PopulationCodec.decode(entry.value));
        }
      }
    }
    if (coarsened != Instants.NEVER) {
      population.coarsen(coarsened);
      askIfChanged();
    }
  }

  /** Coarsens the population and returns its counts, as sent to be added up. */
  public PopulationSnapshot snapshot(int partition, long asOf) {
    coarsen(asOf);
    return PopulationCodec.encode(partition, asOf, coarsened, population);
  }

  /** Replaces a customer's former values by the new ones. */
  public void replace(Optional<PopulationMember> before, Optional<PopulationMember> after) {
    population.replace(before, after);
    askIfChanged();
  }

  /** Coarsens old transactions from minutes to hours; at most once an hour. */
  public void coarsen(long at) {
    if (at - coarsened >= Instants.HOUR || coarsened == Instants.NEVER) {
      coarsened = at;
      store.put(COARSENED, ByteBuffer.allocate(Long.BYTES).putLong(at).array());
      population.coarsen(at);
      askIfChanged();
    }
  }

  private void askIfChanged() {
    if (!asked && population.hasChanged()) {
      asked = true;
      notice.ask();
    }
  }

  private void write() {
    population.takeChanged(
        (block, counts) -> store.put(PopulationCodec.key(block), PopulationCodec.encode(counts)));
    asked = false;
  }
}
