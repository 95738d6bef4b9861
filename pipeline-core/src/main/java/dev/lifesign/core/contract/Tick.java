package dev.lifesign.core.contract;

import dev.lifesign.schema.ControlRecord;
import java.time.Instant;

/**
 * A tick on its way to the control topic.
 *
 * @param partition the partition it is for
 * @param at the writer's clock, milliseconds since 1970
 */
public record Tick(int partition, long at) {

  /** The key of ticks in the control topic. */
  public static final String KEY = "tick";

  /** Converts the tick to a record. */
  public ControlRecord toRecord() {
    return new ControlRecord(new dev.lifesign.schema.Tick(Instant.ofEpochMilli(at)));
  }
}
