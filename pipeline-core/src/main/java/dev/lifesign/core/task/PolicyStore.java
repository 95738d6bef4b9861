package dev.lifesign.core.task;

import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.policy.UnreadablePolicyException;
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
 * The policies of a task, in its store {@code control}: each under {@code policy/} and its version,
 * and the requirements for a build to understand it under {@code needs/} and its version. Versions
 * are padded with zeros, so that the order of keys is the order of versions.
 */
public final class PolicyStore {

  private static final String POLICY = "policy/";

  /**
   * The prefix of requirements: the format in four bytes, then the build that published the policy.
   */
  private static final String NEEDS = "needs/";

  /** The policies parsed so far: tasks and queries read the same few. */
  private static final Map<PublishedPolicy, Policy> READ = new ConcurrentHashMap<>();

  private final KeyValueStore<Bytes, byte[]> store;
  private Policies policies;

  /**
   * Reads the policies in a store.
   *
   * @param first in force until the control topic has a policy
   * @throws ControlRecordException if this build does not understand one of them
   */
  PolicyStore(KeyValueStore<Bytes, byte[]> store, Policy first) {
    this.store = store;
    this.policies = read(store).orElseGet(() -> Policies.of(first));
  }

  Policies policies() {
    return policies;
  }

  /**
   * Stores a policy. It cannot be in force earlier than the policy that it supersedes; if the
   * publisher's clock says so, both are in force from the same instant.
   *
   * @param from the instant from which it is in force; NEVER for the first
   * @param published the policy as it was published
   * @return whether it supersedes another policy
   * @throws UnreadablePolicyException if this build does not understand it
   * @throws IllegalArgumentException if it changes the calendar by which days are stored
   */
  boolean adopt(long from, PublishedPolicy published) {
    Policy policy = read(published);
    boolean stored = store.get(policyKey(policy.version())) != null;
    if (stored) {
      return false;
    }
    long holdsFrom = from;
    if (from == Instants.NEVER) {
      if (read(store).isPresent()) {
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
        policyKey(version),
        ByteBuffer.allocate(Long.BYTES + yaml.length).putLong(from).put(yaml).array());
    byte[] build = published.build().getBytes(StandardCharsets.UTF_8);
    store.put(
        needsKey(version),
        ByteBuffer.allocate(Integer.BYTES + build.length)
            .putInt(published.format())
            .put(build)
            .array());
  }

  /** Whether customers may still be under a superseded policy. */
  boolean hasSuperseded() {
    return policies.list().size() > 1;
  }

  /** Deletes all policies but the newest. */
  void dropSuperseded() {
    for (PolicyInForce policy : policies.list()) {
      if (policy.policy().version() != policies.newest().policy().version()) {
        store.delete(policyKey(policy.policy().version()));
        store.delete(needsKey(policy.policy().version()));
      }
    }
    policies = policies.newestOnly();
  }

  /**
   * The policies in a store, in the order of their versions; empty if there are none.
   *
   * @throws ControlRecordException if this build does not understand a policy that another build
   *     stored
   */
  public static Optional<Policies> read(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    List<PolicyInForce> list = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(ControlKeys.ofText(POLICY), ControlKeys.ofText(POLICY + Character.MAX_VALUE))) {
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
    byte[] needs = store.get(needsKey(version));
    if (needs == null) {
      return new PublishedPolicy(version, text, PolicyFormat.FIRST, "");
    }
    ByteBuffer value = ByteBuffer.wrap(needs);
    int format = value.getInt();
    return new PublishedPolicy(
        version, text, format, StandardCharsets.UTF_8.decode(value).toString());
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

  private static Bytes policyKey(int version) {
    return ControlKeys.ofText(String.format("%s%010d", POLICY, version));
  }

  private static Bytes needsKey(int version) {
    return ControlKeys.ofText(String.format("%s%010d", NEEDS, version));
  }

  private static int version(Bytes policyKey) {
    return Integer.parseInt(ControlKeys.text(policyKey.get()).substring(POLICY.length()));
  }
}
