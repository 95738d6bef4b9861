package dev.lifesign.core.task;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.policy.UnreadablePolicyException;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What a task has read of the control topic, kept in its store {@code control}: the policies, the
 * population's cut points, the place of a sweep, when the population was last counted, and since
 * when no ticks are written; and the customers of the latest arrival. Names begin with {@code
 * policy/}, {@code needs/}, {@code cuts/}, {@code sweep}, {@code counted}, {@code settling} and
 * {@code arrivals}; numbers in them have all their digits, so that the order of names is the order
 * of versions and of instants.
 */
public final class ControlState {

  private static final Bytes SWEEP = name("sweep");
  private static final Bytes COUNTED = name("counted");
  private static final Bytes SETTLING = name("settling");
  private static final Bytes ARRIVALS = name("arrivals");
  private static final String POLICY = "policy/";

  /** What a build must be to understand a policy: its format in four bytes, then the publisher. */
  private static final String NEEDS = "needs/";

  /**
   * All cut points known, in one entry: one that is deleted is a record without a value, and after
   * the first of these the compiler makes objects for every record that is sent, to tell them
   * apart.
   */
  private static final Bytes CUTS = name("cuts");

  /** Earlier versions kept each by itself. */
  private static final String EACH_CUTS = "cuts/";

  /** A policy is read once a process: tasks and lookups ask for the same few. */
  private static final Map<PublishedPolicy, Policy> READ = new ConcurrentHashMap<>();

  private final KeyValueStore<Bytes, byte[]> store;
  private Policies policies;
  private CutHistory cuts;

  public ControlState(KeyValueStore<Bytes, byte[]> store, Policy first) {
    this.store = store;
    this.policies = policies(store).orElseGet(() -> Policies.of(first));
    this.cuts = cuts(store);
    joinCuts();
  }

  private void joinCuts() {
    List<Bytes> each = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = eachCuts(store)) {
      entries.forEachRemaining(entry -> each.add(entry.key));
    }
    if (!each.isEmpty()) {
      putCuts();
      each.forEach(store::delete);
    }
  }

  private void putCuts() {
    store.put(CUTS, PopulationCodec.encode(cuts));
  }

  public CutHistory cuts() {
    return cuts;
  }

  /** Notes cut points that hold from an instant on. */
  void adopt(CutHistory.InForce newer) {
    cuts = cuts.with(newer);
    putCuts();
  }

  /**
   * Drops cut points that hold no more.
   *
   * @param instant before which nothing is to be judged any more
   * @return whether there were any
   */
  boolean dropCutsBefore(long instant) {
    CutHistory kept = cuts.since(instant);
    if (kept.list().size() == cuts.list().size()) {
      return false;
    }
    cuts = kept;
    putCuts();
    return true;
  }

  /** As of when the population was last counted; NEVER if it was not. */
  long lastCounted() {
    byte[] at = store.get(COUNTED);
    return at == null ? Instants.NEVER : ByteBuffer.wrap(at).getLong();
  }

  void counted(long asOf) {
    store.put(COUNTED, ByteBuffer.allocate(Long.BYTES).putLong(asOf).array());
  }

  /** Who was heard of at the latest arrival, as of the last commit. */
  ArrivalOrder arrivals() {
    byte[] kept = store.get(ARRIVALS);
    return kept == null ? new ArrivalOrder() : ArrivalOrder.ofBytes(kept);
  }

  void arrivals(ArrivalOrder now) {
    store.put(ARRIVALS, now.toBytes());
  }

  /** Since when no ticks were written, when that was last noted; it may be over. */
  public Optional<TickWriter.Settling> settling() {
    byte[] kept = store.get(SETTLING);
    if (kept == null) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept);
    return Optional.of(new TickWriter.Settling(bytes.getLong(), bytes.getLong()));
  }

  public void settling(TickWriter.Settling now) {
    store.put(
        SETTLING,
        ByteBuffer.allocate(2 * Long.BYTES).putLong(now.quiet()).putLong(now.noted()).array());
  }

  public Policies policies() {
    return policies;
  }

  /**
   * Notes a policy. It cannot hold from before the one that it supersedes: where the clock of its
   * publisher says so, it holds from the same instant.
   *
   * @param from NEVER for the first
   * @param published as it was published
   * @return whether it is a new one
   * @throws UnreadablePolicyException if this build does not understand it
   */
  boolean adopt(long from, PublishedPolicy published) {
    Policy policy = read(published);
    boolean stored = store.get(policyName(policy.version())) != null;
    if (stored) {
      return false;
    }
    long holdsFrom = from;
    if (from == Instants.NEVER) {
      if (policies(store).isPresent()) {
        return false;
      }
      policies = Policies.of(policy);
    } else if (policy.version() <= policies.newest().policy().version()) {
      return false;
    } else {
      holdsFrom = Math.max(from, policies.newest().from());
      policies = policies.with(new PolicyInForce(holdsFrom, policy));
    }
    put(policy.version(), holdsFrom, published);
    return from != Instants.NEVER;
  }

  private void put(int version, long from, PublishedPolicy published) {
    byte[] yaml = published.text().getBytes(StandardCharsets.UTF_8);
    store.put(
        policyName(version),
        ByteBuffer.allocate(Long.BYTES + yaml.length).putLong(from).put(yaml).array());
    byte[] build = published.build().getBytes(StandardCharsets.UTF_8);
    store.put(
        needsName(version),
        ByteBuffer.allocate(Integer.BYTES + build.length)
            .putInt(published.format())
            .put(build)
            .array());
  }

  /** The customer up to which a sweep has come; empty at its beginning. */
  Optional<String> sweepPlace() {
    byte[] place = store.get(SWEEP);
    return place == null || place.length == 0
        ? Optional.empty()
        : Optional.of(new String(place, StandardCharsets.UTF_8));
  }

  /** Whether a sweep is going on, or is to begin. */
  boolean isSweepPending() {
    return policies.list().size() > 1;
  }

  void sweptTo(String customerId) {
    store.put(SWEEP, customerId.getBytes(StandardCharsets.UTF_8));
  }

  /** The sweep is through: superseded policies go. */
  void swept() {
    for (PolicyInForce policy : policies.list()) {
      if (policy.policy().version() != policies.newest().policy().version()) {
        store.delete(policyName(policy.policy().version()));
        store.delete(needsName(policy.policy().version()));
      }
    }
    policies = policies.newestOnly();
    store.delete(SWEEP);
  }

  /**
   * The policies in a store, in the order of their versions; empty if there are none.
   *
   * @throws ControlRecordException if this build does not understand one of them, which another has
   *     left there
   */
  public static Optional<Policies> policies(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    List<PolicyInForce> list = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(name(POLICY), name(POLICY + Character.MAX_VALUE))) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        long from = value.getLong();
        String text = StandardCharsets.UTF_8.decode(value).toString();
        list.add(new PolicyInForce(from, read(published(store, version(entry.key), text))));
      }
    } catch (UnreadablePolicyException e) {
      throw new ControlRecordException(e.getMessage(), e);
    }
    list.sort(Comparator.comparingInt(policy -> policy.policy().version()));
    return list.isEmpty() ? Optional.empty() : Optional.of(new Policies(list));
  }

  private static PublishedPolicy published(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, int version, String text) {
    byte[] needs = store.get(needsName(version));
    if (needs == null) {
      return new PublishedPolicy(version, text, PolicyFormat.FIRST, "");
    }
    ByteBuffer value = ByteBuffer.wrap(needs);
    int format = value.getInt();
    return new PublishedPolicy(
        version, text, format, StandardCharsets.UTF_8.decode(value).toString());
  }

  /** The cut points in a store. */
  public static CutHistory cuts(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
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
    return store.range(name(EACH_CUTS), name(EACH_CUTS + Character.MAX_VALUE));
  }

  private static Policy read(PublishedPolicy published) {
    Policy known = READ.get(published);
    if (known != null) {
      return known;
    }
    Policy policy = published.read();
    READ.put(published, policy);
    return policy;
  }

  private static Bytes policyName(int version) {
    return name(String.format("%s%010d", POLICY, version));
  }

  private static Bytes needsName(int version) {
    return name(String.format("%s%010d", NEEDS, version));
  }

  private static int version(Bytes policyName) {
    return Integer.parseInt(ControlKeys.text(policyName.get()).substring(POLICY.length()));
  }

  private static Bytes name(String name) {
    return Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
  }
}
