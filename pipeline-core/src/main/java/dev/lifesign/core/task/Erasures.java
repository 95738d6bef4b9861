package dev.lifesign.core.task;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The proofs that customers were erased, in the store {@code control}: under {@code erased/} and
 * the SHA-256 of the customer's id a byte with the version of the format, the arrival of the
 * command and the hash of its id, eight bytes each, and who gave it, after the length of that in
 * two bytes. A proof stays; for some time it also keeps out what still arrives about the customer.
 */
public final class Erasures {

  private static final byte[] PREFIX = "erased/".getBytes(StandardCharsets.UTF_8);

  private static final byte VERSION = 1;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long erasedFor;

  /** Whether there is any proof, so that new customers are not looked up in vain. */
  private boolean any;

  /**
   * Reads the proofs in a store.
   *
   * @param erasedFor how long events of an erased customer are dropped
   */
  Erasures(KeyValueStore<Bytes, byte[]> store, Duration erasedFor) {
    this.store = store;
    this.erasedFor = erasedFor.toMillis();
    try (KeyValueIterator<Bytes, byte[]> proofs = store.range(Bytes.wrap(PREFIX), end())) {
      this.any = proofs.hasNext();
    }
  }

  /**
   * A proof.
   *
   * @param at when the command arrived, milliseconds since 1970
   * @param commandId the 64-bit hash of its id, as {@link RecentEvents#hash} makes it
   * @param by who gave it
   */
  public record Proof(long at, long commandId, String by) {

    static Proof of(Command command, long arrivedAt) {
      return new Proof(arrivedAt, RecentEvents.hash(command.commandId()), command.by());
    }
  }

  /** Notes that a customer was erased. */
  void add(String customerId, Proof proof) {
    byte[] by = proof.by().getBytes(StandardCharsets.UTF_8);
    store.put(
        key(customerId),
        ByteBuffer.allocate(1 + 2 * Long.BYTES + Short.BYTES + by.length)
            .put(VERSION)
            .putLong(proof.at())
            .putLong(proof.commandId())
            .putShort((short) by.length)
            .put(by)
            .array());
    any = true;
  }

  /** The proof that a command erased its customer before; empty if it did not. */
  Optional<Proof> by(Command command) {
    return any
        ? of(store, command.customerId())
            .filter(proof -> proof.commandId() == RecentEvents.hash(command.commandId()))
        : Optional.empty();
  }

  /** Whether what arrives about a customer who is not known is dropped, since it was erased. */
  boolean drops(String customerId, long arrivedAt) {
    return any
        && of(store, customerId)
            .filter(proof -> arrivedAt < Instants.plus(proof.at(), erasedFor))
            .isPresent();
  }

  /**
   * The proof that a customer was erased; empty if it was not.
   *
   * @throws IllegalStateException if a later build wrote the proof
   */
  public static Optional<Proof> of(
      ReadOnlyKeyValueStore<Bytes, byte[]> control, String customerId) {
    byte[] kept = control.get(key(customerId));
    if (kept == null) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "The proof %s has version %d, but this build reads only version %d; run the build that wrote it, or a later one"
              .formatted(key(customerId), version, VERSION));
    }
    long at = bytes.getLong();
    long commandId = bytes.getLong();
    byte[] by = new byte[bytes.getShort()];
    bytes.get(by);
    return Optional.of(new Proof(at, commandId, new String(by, StandardCharsets.UTF_8)));
  }

  private static Bytes key(String customerId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(customerId.getBytes(StandardCharsets.UTF_8));
      return Bytes.wrap(
          ByteBuffer.allocate(PREFIX.length + digest.length).put(PREFIX).put(digest).array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** After every proof: the prefix with its last byte increased. */
  private static Bytes end() {
    byte[] end = PREFIX.clone();
    end[end.length - 1]++;
    return Bytes.wrap(end);
  }
}
