package dev.lifesign.app.campaign;

import java.util.concurrent.locks.LockSupport;

/** Faults come at instants, not at conditions: so long nothing is done. */
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
