package dev.lifesign.core.task;

import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The progress of a task, in its store {@code control}: the position of a sweep, the time of the
 * last count of the population, the pause in writing ticks, and the customers of the latest
 * arrival.
 */
public final class TaskMarks {

  private static final Bytes SWEEP = ControlKeys.ofText("sweep");
  private static final Bytes COUNTED = ControlKeys.ofText("counted");
  private static final Bytes SETTLING = ControlKeys.ofText("settling");
  private static final Bytes ARRIVALS = ControlKeys.ofText("arrivals");

  private final KeyValueStore<Bytes, byte[]> store;

  public TaskMarks(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The time of the last count of the population; NEVER if there was none. */
  long lastCounted() {
    byte[] at = store.get(COUNTED);
    return at == null ? Instants.NEVER : ByteBuffer.wrap(at).getLong();
  }

  void counted(long asOf) {
    store.put(COUNTED, ByteBuffer.allocate(Long.BYTES).putLong(asOf).array());
  }

  /** The customers with an event at the latest arrival, as of the last commit. */
  ArrivalOrder arrivals() {
    byte[] kept = store.get(ARRIVALS);
    return kept == null ? new ArrivalOrder() : ArrivalOrder.ofBytes(kept);
  }

  void arrivals(ArrivalOrder now) {
    store.put(ARRIVALS, now.toBytes());
  }

  /** The pause in writing ticks as last stored; it may be over. */
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

  /** The next customer of a sweep; empty at its beginning. */
  Optional<String> sweepPlace() {
    byte[] place = store.get(SWEEP);
    return place == null || place.length == 0
        ? Optional.empty()
        : Optional.of(new String(place, StandardCharsets.UTF_8));
  }

  void sweptTo(String customerId) {
    store.put(SWEEP, customerId.getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets a customer who is erased. A sweep that would continue there begins again. */
  void forget(String customerId) {
    if (sweepPlace().filter(customerId::equals).isPresent()) {
      sweptAll();
    }
  }

  void sweptAll() {
    store.delete(SWEEP);
  }
}
