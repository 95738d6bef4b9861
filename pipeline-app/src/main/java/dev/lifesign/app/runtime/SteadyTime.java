package dev.lifesign.app.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

/**
 * A clock that begins at the machine's and then only runs: Kafka Streams schedules by it, and would
 * write no ticks for an hour after the machine's clock was set an hour back. What the time is, the
 * brokers say, who stamp every tick.
 */
final class SteadyTime implements Time {

  private final long beginning;
  private final LongSupplier nanos;
  private final long origin;

  /** A clock of this machine. */
  static SteadyTime ofMachine() {
    return new SteadyTime(System::currentTimeMillis, System::nanoTime);
  }

  SteadyTime(LongSupplier wallMillis, LongSupplier nanos) {
    this.beginning = wallMillis.getAsLong();
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  @Override
  public long milliseconds() {
    return beginning + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - origin);
  }

  @Override
  public long nanoseconds() {
    return nanos.getAsLong();
  }

  @Override
  public void sleep(long millis) {
    Time.SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object monitor, Supplier<Boolean> condition, long deadline)
      throws InterruptedException {
    synchronized (monitor) {
      while (!condition.get()) {
        long left = deadline - milliseconds();
        if (left <= 0) {
          throw new TimeoutException("Condition not satisfied before deadline");
        }
        monitor.wait(left);
      }
    }
  }
}
