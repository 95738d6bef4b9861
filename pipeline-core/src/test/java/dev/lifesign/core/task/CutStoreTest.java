package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.PopulationCuts;
import dev.lifesign.domain.scoring.Quintiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Cut points are there again when a store is opened again, whoever left them. */
class CutStoreTest {

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("control").get();

  @Test
  void cutPointsAreKeptUntilTheyHoldNoMore() {
    CutStore state = new CutStore(store);
    state.adopt(cuts(1_000));
    state.adopt(cuts(2_000));
    state.adopt(cuts(3_000));
    assertThat(opened().list()).containsExactly(cuts(1_000), cuts(2_000), cuts(3_000));
    assertThat(state.dropBefore(1_999)).isFalse();
    assertThat(state.dropBefore(2_000)).isTrue();
    assertThat(opened().list()).containsExactly(cuts(2_000), cuts(3_000));
  }

  @Test
  void thoseThatAnEarlierVersionKeptEachByItselfAreJoined() {
    keepAsBefore(cuts(1_000));
    keepAsBefore(cuts(2_000));
    assertThat(CutStore.read(store).list()).containsExactly(cuts(1_000), cuts(2_000));
    CutStore state = new CutStore(store);
    state.adopt(cuts(3_000));
    assertThat(state.dropBefore(2_500)).isTrue();
    assertThat(opened().list()).containsExactly(cuts(2_000), cuts(3_000));
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      assertThat(entries)
          .toIterable()
          .extracting(entry -> new String(entry.key.get(), StandardCharsets.UTF_8))
          .containsExactly("cuts");
    }
  }

  private CutHistory opened() {
    return new CutStore(store).cuts();
  }

  private void keepAsBefore(CutHistory.InForce inForce) {
    String key = String.format("cuts/%020d", inForce.from());
    store.put(
        Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)),
        PopulationCodec.encode(new CutHistory(List.of(inForce))));
  }

  private static CutHistory.InForce cuts(long from) {
    Quintiles quintiles =
        new Quintiles(List.of(1L, 2L, 3L, 4L), List.of(2L, 3L, 4L, 5L), List.of(3L, 4L, 5L, from));
    return new CutHistory.InForce(
        from, new PopulationCuts(from, 10, quintiles, quintiles, quintiles));
  }
}
