package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.store.heap.HeapShare;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Whatever is armed and disarmed, before or behind the head, the earliest entry is found. */
class DeadlineIndexTest {

  private static final int INSTANTS = 60;
  private static final int HOUR = 3_600_000;

  @Property
  void theEarliestEntryIsFoundWhateverStandsInTheHead(
      @ForAll @IntRange(min = 1, max = 4) int batch,
      @ForAll @IntRange(max = 4_000) int room,
      @ForAll @IntRange(max = 4_000) int unwritten,
      @ForAll boolean removesOnCommitOnly,
      @ForAll @IntRange(min = 1, max = 3 * HOUR) int apart,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 6 * INSTANTS - 1) Integer> steps) {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index =
        new DeadlineIndex(
            store,
            new ErasedEntries(store),
            new HeapShare(room),
            new HeapShare(unwritten),
            removesOnCommitOnly,
            batch);
    NavigableSet<DeadlineKey> reference = new TreeSet<>();
    for (int step : steps) {
      long instant = (step % INSTANTS - 5L) * apart;
      switch (step / INSTANTS) {
        case 0, 1 -> {
          index.arm(instant, "c");
          reference.add(new DeadlineKey(instant, "c"));
        }
        case 2 -> {
          index.disarm(instant, "c");
          reference.remove(new DeadlineKey(instant, "c"));
        }
        case 3 -> assertThat(index.firstBefore(instant)).isEqualTo(first(reference, instant));
        case 4 -> index.writeSome(3);
        default -> {
          write(index);
          assertThat(keys(store)).containsExactlyElementsOf(reference);
          index.close();
          index =
              new DeadlineIndex(
                  store,
                  new ErasedEntries(store),
                  new HeapShare(room),
                  new HeapShare(unwritten),
                  removesOnCommitOnly,
                  batch);
        }
      }
    }
    assertThat(index.firstBefore(Long.MAX_VALUE)).isEqualTo(first(reference, Long.MAX_VALUE));
  }

  @Test
  void whatComesAndGoesInTheHeadCostsTheStoreNothing() {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index = index(store, 1_000_000, 512);
    assertThat(index.firstBefore(0)).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      index.arm(i, "c" + i);
    }
    assertThat(store.approximateNumEntries()).isZero();
    write(index);
    assertThat(store.approximateNumEntries()).isEqualTo(1_000);
    for (int i = 0; i < 1_000; i++) {
      index.disarm(i, "c" + i);
    }
    assertThat(store.approximateNumEntries()).isZero();
  }

  @Test
  void theHeadIsBoundedByItsRoom() {
    // An entry is its key's 9 bytes and two for their length, while nobody asks for the first.
    assertThat(inHead(false)).isBetween(100L, 50_000L / 11);
    // An entry of the first hour is 88 bytes and its key's 9.
    assertThat(inHead(true)).isBetween(100L, 50_000L / 97);
  }

  @Test
  void anHourThatBecomesTheFirstIsBoundedByItsRoomToo() {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index = index(store, 50_000, 1);
    assertThat(index.firstBefore(0)).isEmpty();
    for (int i = 0; i < 3_000; i++) {
      index.arm(i, "c");
    }
    assertThat(store.approximateNumEntries()).isZero();
    // Each look halves it.
    for (int look = 0; look < 3; look++) {
      assertThat(index.firstBefore(HOUR)).contains(new DeadlineKey(0, "c"));
    }
    assertThat(3_000 - store.approximateNumEntries()).isBetween(100L, 50_000L / 97);
    for (int i = 0; i < 3_000; i++) {
      assertThat(index.firstBefore(HOUR)).contains(new DeadlineKey(i, "c"));
      index.disarm(i, "c");
    }
    assertThat(index.firstBefore(HOUR)).isEmpty();
  }

  private static long inHead(boolean near) {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index = index(store, 50_000, 1);
    assertThat(index.firstBefore(0)).isEmpty();
    for (int i = 0; i < 10_000; i++) {
      index.arm(i, "c");
      if (near) {
        assertThat(index.firstBefore(HOUR)).contains(new DeadlineKey(0, "c"));
      }
    }
    return 10_000 - store.approximateNumEntries();
  }

  @Test
  void whatTheStoreDoesNotHaveIsBoundedAndWrittenAFewPerCall() {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index =
        new DeadlineIndex(
            store, new ErasedEntries(store), new HeapShare(1L << 40), new HeapShare(50_000), false);
    assertThat(index.firstBefore(0)).isEmpty();
    long written = 0;
    for (int i = 0; i < 5_000; i++) {
      index.arm((long) i * HOUR, "c");
      assertThat(store.approximateNumEntries() - written).isBetween(0L, 16L);
      written = store.approximateNumEntries();
    }
    assertThat(index.unwrittenBytes()).isLessThanOrEqualTo(50_000);
    // The latest, which are the last to be removed again.
    assertThat(store.get(new DeadlineKey(0, "c").toBytes())).isNull();
    assertThat(store.get(new DeadlineKey(4_000L * HOUR, "c").toBytes())).isNotNull();
  }

  @Test
  void aTaskThatOpensMakesNoCallOfAnotherTakeLong() {
    KeyValueStore<Bytes, byte[]> store = store();
    HeapShare room = new HeapShare(1_000_000);
    DeadlineIndex index =
        new DeadlineIndex(store, new ErasedEntries(store), room, new HeapShare(1L << 40), false, 1);
    assertThat(index.firstBefore(0)).isEmpty();
    for (int i = 0; i < 3_000; i++) {
      index.arm((long) i * HOUR, "c");
    }
    assertThat(store.approximateNumEntries()).isZero();
    KeyValueStore<Bytes, byte[]> other = store();
    new DeadlineIndex(other, new ErasedEntries(other), room, new HeapShare(0), false, 1)
        .arm(0, "c");
    int looks = 0;
    while (index.bytes() > 500_000) {
      long before = store.approximateNumEntries();
      assertThat(index.firstBefore(HOUR)).contains(new DeadlineKey(0, "c"));
      assertThat(store.approximateNumEntries() - before).isLessThanOrEqualTo(64L);
      looks++;
    }
    assertThat(looks).isGreaterThan(10);
  }

  @Test
  void beforeACommitNoEntryIsRemovedWhereAKilledProcessGoesOnWithItsStore() {
    KeyValueStore<Bytes, byte[]> store = store();
    DeadlineIndex index =
        new DeadlineIndex(
            store, new ErasedEntries(store), new HeapShare(50_000), new HeapShare(50_000), true);
    index.arm(7, "c");
    write(index);
    index.disarm(7, "c");
    assertThat(index.firstBefore(100)).isEmpty();
    assertThat(keys(store)).containsExactly(new DeadlineKey(7, "c"));
    write(index);
    assertThat(keys(store)).isEmpty();
  }

  private static DeadlineIndex index(KeyValueStore<Bytes, byte[]> store, long room, int batch) {
    return new DeadlineIndex(
        store,
        new ErasedEntries(store),
        new HeapShare(room),
        new HeapShare(1L << 40),
        false,
        batch);
  }

  private static void write(DeadlineIndex index) {
    boolean done = false;
    while (!done) {
      done = index.writeSome(100);
    }
    index.writeRemovals();
  }

  private static List<DeadlineKey> keys(KeyValueStore<Bytes, byte[]> store) {
    List<DeadlineKey> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(DeadlineKey.of(entry.key)));
    }
    return keys;
  }

  private static Optional<DeadlineKey> first(NavigableSet<DeadlineKey> entries, long bound) {
    return entries.stream().filter(entry -> entry.due() < bound).findFirst();
  }

  private static KeyValueStore<Bytes, byte[]> store() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    KeyValueStore<Bytes, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("deadlines"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
