package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Policies are there again when a store is opened again, whoever left them. */
class PolicyStoreTest {

  private static final Policy POLICY = PolicyReader.read("version: 1").policy().orElseThrow();

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("control").get();

  @Test
  void aPolicyThatALaterBuildLeftInTheStoreStopsTheTaskAndNamesThatBuild() {
    PolicyStore state = new PolicyStore(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(1_000, published(2, "version: 2"));
    byte[] text = "version: 2\nhorizons: 1".getBytes(StandardCharsets.UTF_8);
    store.put(
        Bytes.wrap("policy/0000000002".getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.allocate(8 + text.length).putLong(1_000).put(text).array());
    assertThatThrownBy(() -> new PolicyStore(store, POLICY))
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
    assertThat(new PolicyStore(store, POLICY).policies().newest().policy().version()).isEqualTo(4);
  }

  @Test
  void aPolicyHoldsFromNoEarlierThanTheOneItSupersedes() {
    PolicyStore state = new PolicyStore(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(2_000, published(2, "version: 2"));
    assertThat(state.adopt(1_000, published(3, "version: 3"))).isTrue();
    assertThat(state.policies().newest().from()).isEqualTo(2_000);
    assertThat(new PolicyStore(store, POLICY).policies()).isEqualTo(state.policies());
  }

  @Test
  void aPolicyWithAnotherCalendarIsRefusedAndTheOneInForceStays() {
    PolicyStore state = new PolicyStore(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    PublishedPolicy moved = published(2, "version: 2\ncalendar: { zone: Asia/Tehran }");
    assertThatThrownBy(() -> state.adopt(1_000, moved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Policy version 2 changes calendar.zone from UTC to Asia/Tehran");
    assertThat(new PolicyStore(store, POLICY).policies().newest().policy().version()).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfASupersededPolicy() {
    PolicyStore state = new PolicyStore(store, POLICY);
    state.adopt(Instants.NEVER, published(1, "version: 1"));
    state.adopt(2_000, published(2, "version: 2"));
    state.dropSuperseded();
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
}
