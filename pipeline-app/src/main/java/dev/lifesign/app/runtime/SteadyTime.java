package dev.lifesign.app.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

/**
 * A clock that starts at the machine's time and never jumps. Kafka Streams schedules by it; with
 * the machine's clock, it would write no ticks for an hour after the clock was set back by an hour.
 * The time of a tick still comes from the brokers, which stamp every tick.
 */
final class SteadyTime implements Time {

  private final long beginning;
  private final LongSupplier nanos;
  private final long origin;

  /** Creates a clock from the clocks of this machine. */
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
