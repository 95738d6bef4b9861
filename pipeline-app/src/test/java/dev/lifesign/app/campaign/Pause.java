package dev.lifesign.app.campaign;

import java.util.concurrent.locks.LockSupport;

/** Waits for a fixed time, since faults come at points in time, not on conditions. */
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
