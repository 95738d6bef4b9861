package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.HistoryCodec;
import dev.lifesign.core.codec.PastChanges;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.lookup.CustomerLookup;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is kept of a customer's status changes: the last hundred, in order and without a gap. */
class HistoryInStoreTest {

  private static final String ID = "c";

  @Property(tries = 50)
  void whoAsksHasTheLastHundredOfThem(@ForAll long seed) {
    Random random = new Random(seed);
    Kept kept = new Kept();
    // A stranger whose keys stand beside.
    kept.customers.put(Optional.empty(), customer("b", 0), List.of(), 7);
    for (int step = 0; step < 150; step++) {
      kept.tell(random.nextInt(4));
      assertThat(kept.history()).isEqualTo(kept.lastHundred());
      assertThat(kept.ofItsOwn()).hasSizeLessThan(CustomerKey.CHANGES_OF_BLOCK);
    }
    assertThat(kept.blocks())
        .hasSizeLessThanOrEqualTo(History.MOST / CustomerKey.CHANGES_OF_BLOCK + 1);
  }

  @Property(tries = 50)
  void whatAnEarlierVersionKeptIsGoneOnWith(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 130) int before) {
    Random random = new Random(seed);
    Kept kept = new Kept();
    for (int sequence = 1; sequence <= before; sequence++) {
      History.Change change = History.Change.of(change(sequence));
      kept.told.add(change);
      byte[] alone = HistoryCodec.encode(PastChanges.NONE.plus(change));
      alone[0] = 1;
      kept.store.put(CustomerKey.changes(ID, sequence), alone);
      kept.store.put(CustomerKey.changes(ID, sequence - History.MOST), null);
    }
    kept.store.put(
        CustomerKey.of(ID),
        ofVersionFour(new StoredCustomer(customer(ID, before), Instants.FOREVER)));
    assertThat(kept.history()).isEqualTo(kept.lastHundred());
    while (kept.told.size() < before + 130) {
      kept.tell(random.nextInt(4));
      assertThat(kept.history()).isEqualTo(kept.lastHundred());
    }
    assertThat(kept.blocks())
        .allMatch(key -> CustomerKey.sequence(key) % CustomerKey.CHANGES_OF_BLOCK == 0);
  }

  @Test
  void whoAsksWhileABlockIsWrittenMissesNone() {
    Kept kept = new Kept();
    kept.tell(7);
    CustomerLookup lookup = lookup(beforeRanges(kept.store, () -> kept.tell(2)));
    assertThat(lookup.history(ID).orElseThrow().changes()).isEqualTo(kept.told.subList(0, 8));
  }

  @Test
  void aCustomerWithoutAChangeHasAnEmptyHistoryAndAStrangerHasNone() {
    Kept kept = new Kept();
    kept.tell(0);
    assertThat(kept.history()).isEmpty();
    assertThat(lookup(kept.store).history("stranger")).isEmpty();
  }

  /** A customer in a store, and what was told of it. */
  private static final class Kept {
    final IndexedCustomers store =
        new IndexedCustomers(
            Stores.inMemoryKeyValueStore("customers").get(),
            CustomersInHeap.Shares.of(new HeapBudget(1_000_000, 1_000_000, 1_000_000)),
            PipelineObserver.NONE);
    final CustomerStore customers;
    final List<History.Change> told = new ArrayList<>();

    Kept() {
      store.init(new MockProcessorContext<>().getStateStoreContext(), store);
      customers = new CustomerStore(store);
    }

    void tell(int changes) {
      List<StatusChange> next = new ArrayList<>();
      for (int i = 0; i < changes; i++) {
        next.add(change(told.size() + 1));
        told.add(History.Change.of(next.get(i)));
      }
      customers.put(customers.get(ID), customer(ID, told.size()), next, Instants.FOREVER);
    }

    List<History.Change> lastHundred() {
      return told.subList(Math.max(0, told.size() - 100), told.size());
    }

    List<History.Change> history() {
      return lookup(store).history(ID).orElseThrow().changes();
    }

    /** Those in the customer's own record. */
    List<History.Change> ofItsOwn() {
      return customers.get(ID).orElseThrow().changes().upTo(ID, told.size());
    }

    List<Bytes> blocks() {
      List<Bytes> keys = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> kept =
          store.range(CustomerKey.changes(ID, 0), CustomerKey.changes(ID, Integer.MAX_VALUE))) {
        kept.forEachRemaining(entry -> keys.add(entry.key));
      }
      return keys;
    }
  }

  private static CustomerLookup lookup(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    return new CustomerLookup(store, store, Presets.policy("retail"));
  }

  /** The same store, in which something happens before it is asked for a range. */
  @SuppressWarnings("unchecked")
  private static ReadOnlyKeyValueStore<Bytes, byte[]> beforeRanges(
      KeyValueStore<Bytes, byte[]> store, Runnable happens) {
    return (ReadOnlyKeyValueStore<Bytes, byte[]>)
        Proxy.newProxyInstance(
            HistoryInStoreTest.class.getClassLoader(),
            new Class<?>[] {ReadOnlyKeyValueStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("range")) {
                happens.run();
              }
              return method.invoke(store, arguments);
            });
  }

  private static Customer customer(String id, int sequence) {
    Customer unknown = Customer.unknown(id, 1);
    StatusState standing =
        new StatusState(
            Status.ACTIVE, Reason.NONE, sequence, sequence, Instants.NEVER, Instants.NEVER);
    return unknown.judged(sequence, Instants.FOREVER, standing, unknown.cases(), unknown.segment());
  }

  private static StatusChange change(int sequence) {
    Status status = Status.values()[sequence % Status.values().length];
    return new StatusChange(
        ID,
        sequence,
        sequence == 1 ? Optional.empty() : Optional.of(Status.ACTIVE),
        new Assessment(status, Reason.NONE),
        sequence % 3 == 0,
        1_600_000_000_000L + sequence * Instants.HOUR,
        1_600_000_000_000L + sequence * Instants.DAY,
        1 + sequence / 50,
        null,
        Optional.empty());
  }

  /** Version 4 ends where the changes of version 5 begin, of which there are none. */
  private static byte[] ofVersionFour(StoredCustomer stored) {
    byte[] bytes = new CustomerCodec().encode(stored);
    bytes[0] = 4;
    return Arrays.copyOf(bytes, bytes.length - 1);
  }
}
