package dev.lifesign.core.task;

import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far a task has come, in its store {@code control}: the place of a sweep, when the population
 * was last counted, since when no ticks are written, and the customers of the latest arrival.
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

  /** As of when the population was last counted; NEVER if it was not. */
  long lastCounted() {
    byte[] at = store.get(COUNTED);
    return at == null ? Instants.NEVER : ByteBuffer.wrap(at).getLong();
  }

  void counted(long asOf) {
    store.put(COUNTED, ByteBuffer.allocate(Long.BYTES).putLong(asOf).array());
  }

  /** The customers who were heard of at the latest arrival, as of the last commit. */
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

  /** The customer that a sweep has come to; empty at its beginning. */
  Optional<String> sweepPlace() {
    byte[] place = store.get(SWEEP);
    return place == null || place.length == 0
        ? Optional.empty()
        : Optional.of(new String(place, StandardCharsets.UTF_8));
  }

  void sweptTo(String customerId) {
    store.put(SWEEP, customerId.getBytes(StandardCharsets.UTF_8));
  }

  void sweptAll() {
    store.delete(SWEEP);
  }
}
