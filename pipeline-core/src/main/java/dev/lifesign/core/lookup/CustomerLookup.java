package dev.lifesign.core.lookup;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.HistoryCodec;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.core.store.CustomerStore;
import dev.lifesign.core.task.CutStore;
import dev.lifesign.core.task.PolicyStore;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.StatusExplanation;
import dev.lifesign.domain.timeline.Timeline;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads what is known about a customer from the stores of its partition, as of the last tick that
 * the partition's task has read. It never writes, so it may be used beside the task; one instance
 * is not thread-safe.
 */
public final class CustomerLookup {

  private static final ThreadLocal<CustomerCodec> CODEC =
      ThreadLocal.withInitial(CustomerCodec::new);

  private final ReadOnlyKeyValueStore<Bytes, byte[]> customers;
  private final ReadOnlyKeyValueStore<Bytes, byte[]> control;
  private final Policy firstPolicy;

  /**
   * A lookup in the stores of one partition.
   *
   * @param customers the store {@link Names#CUSTOMERS}
   * @param control the store {@link Names#CONTROL_STATE}
   * @param firstPolicy the policy that applies if the log contains none
   */
  public CustomerLookup(
      ReadOnlyKeyValueStore<Bytes, byte[]> customers,
      ReadOnlyKeyValueStore<Bytes, byte[]> control,
      Policy firstPolicy) {
    this.customers = customers;
    this.control = control;
    this.firstPolicy = firstPolicy;
  }

  /**
   * What is known about a customer.
   *
   * @param profile as of the horizon of the last tick, or of the customer's clock if that is later
   * @param explanation why it has its status, and what comes next
   */
  public record Found(Profile profile, StatusExplanation explanation) {}

  /** The last tick that the task has read; NEVER before the first. */
  public long lastTick() {
    return CustomerStore.lastTick(customers);
  }

  /** A customer; empty if it is unknown. */
  public Optional<Found> customer(String customerId) {
    // Before the customer: a copy advances meanwhile, and the tick must not be later than the
    // customer.
    long tick = lastTick();
    byte[] bytes = customers.get(CustomerKey.of(customerId));
    if (bytes == null) {
      return Optional.empty();
    }
    Policies policies = PolicyStore.read(control).orElseGet(() -> Policies.of(firstPolicy));
    Timeline timeline = new Timeline(policies, CutStore.read(control));
    Customer stored = CODEC.get().decode(customerId, bytes).customer();
    long at = tick == Instants.NEVER ? stored.clock() : timeline.horizon(tick);
    Customer current = timeline.advance(stored, at, at).customer();
    at = Math.max(at, current.clock());
    return Optional.of(
        new Found(
            Profile.of(current, timeline.policyOf(current), at), timeline.explain(current, at)));
  }

  /** The last status changes of a customer; empty if it is unknown. */
  public Optional<History> history(String customerId) {
    // Customer first: changes that leave its record are written to a block before that.
    byte[] bytes = customers.get(CustomerKey.of(customerId));
    if (bytes == null) {
      return Optional.empty();
    }
    StoredCustomer stored = CODEC.get().decode(customerId, bytes);
    SortedMap<Integer, History.Change> changes = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> kept =
        customers.range(
            CustomerKey.changes(customerId, 0),
            CustomerKey.changes(customerId, Integer.MAX_VALUE))) {
      while (kept.hasNext()) {
        KeyValue<Bytes, byte[]> next = kept.next();
        HistoryCodec.decode(customerId, CustomerKey.sequence(next.key), next.value)
            .forEach(change -> changes.put(change.sequence(), change));
      }
    }
    stored
        .changes()
        .upTo(customerId, stored.customer().statusState().sequence())
        .forEach(change -> changes.put(change.sequence(), change));
    return Optional.of(
        new History(
            changes.values().stream().skip(Math.max(0, changes.size() - History.MOST)).toList()));
  }
}
