package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.PopulationCuts;
import dev.lifesign.domain.scoring.Quintiles;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Policies and cut points are there again when a store is opened again, whoever left them. */
class ControlStateTest {

  private static final Policy POLICY = PolicyReader.read("version: 1").policy().orElseThrow();

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("control").get();

  @Test
  void cutPointsAreKeptUntilTheyHoldNoMore() {
    ControlState state = new ControlState(store, POLICY);
    state.adopt(cuts(1_000));
    state.adopt(cuts(2_000));
    state.adopt(cuts(3_000));
    assertThat(opened().list()).containsExactly(cuts(1_000), cuts(2_000), cuts(3_000));
    assertThat(state.dropCutsBefore(1_999)).isFalse();
    assertThat(state.dropCutsBefore(2_000)).isTrue();
    assertThat(opened().list()).containsExactly(cuts(2_000), cuts(3_000));
  }

  @Test
  void thoseThatAnEarlierVersionKeptEachByItselfAreJoined() {
    keepAsBefore(cuts(1_000));
    keepAsBefore(cuts(2_000));
    assertThat(ControlState.cuts(store).list()).containsExactly(cuts(1_000), cuts(2_000));
    ControlState state = new ControlState(store, POLICY);
    state.adopt(cuts(3_000));
    assertThat(state.dropCutsBefore(2_500)).isTrue();
    assertThat(opened().list()).containsExactly(cuts(2_000), cuts(3_000));
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      assertThat(entries)
          .toIterable()
          .extracting(entry -> new String(entry.key.get(), StandardCharsets.UTF_8))
          .containsExactly("cuts");
    }
  }

  @Test
  void aPolicyThatALaterBuildLeftInTheStoreStopsTheTaskAndNamesThatBuild() {
    ControlState state = new ControlState(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(1_000, published(2, "version: 2"));
    byte[] text = "version: 2\nhorizons: 1".getBytes(StandardCharsets.UTF_8);
    store.put(
        Bytes.wrap("policy/0000000002".getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.allocate(8 + text.length).putLong(1_000).put(text).array());
    assertThatThrownBy(() -> new ControlState(store, POLICY))
        .isInstanceOf(ControlRecordException.class)
        .hasMessageContaining("policy version 2")
        .hasMessageContaining("horizons: unknown key")
        .hasMessageContaining("run lifesign 9.9, which published it");
  }

  @Test
  void aPolicyKeptWithoutItsBuildIsReadAsBefore() {
    byte[] text = "version: 4".getBytes(StandardCharsets.UTF_8);
    store.put(
        Bytes.wrap("policy/0000000004".getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.allocate(8 + text.length).putLong(Instants.NEVER).put(text).array());
    assertThat(new ControlState(store, POLICY).policies().newest().policy().version()).isEqualTo(4);
  }

  @Test
  void aPolicyHoldsFromNoEarlierThanTheOneItSupersedes() {
    ControlState state = new ControlState(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(2_000, published(2, "version: 2"));
    assertThat(state.adopt(1_000, published(3, "version: 3"))).isTrue();
    assertThat(state.policies().newest().from()).isEqualTo(2_000);
    assertThat(new ControlState(store, POLICY).policies()).isEqualTo(state.policies());
  }

  @Test
  void nothingIsLeftOfASupersededPolicy() {
    ControlState state = new ControlState(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(2_000, published(2, "version: 2"));
    state.swept();
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      assertThat(entries)
          .toIterable()
          .extracting(entry -> new String(entry.key.get(), StandardCharsets.UTF_8))
          .containsExactly("needs/0000000002", "policy/0000000002");
    }
  }

  private static PublishedPolicy published(int version, String text) {
    return PublishedPolicy.by("lifesign 9.9", version, text);
  }

  private CutHistory opened() {
    return new ControlState(store, POLICY).cuts();
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
