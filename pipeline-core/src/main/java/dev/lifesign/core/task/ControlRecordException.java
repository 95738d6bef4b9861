package dev.lifesign.core.task;

import org.apache.kafka.common.KafkaException;

/**
 * A record of the control topic, or what was kept of one, that a task must understand and does not:
 * it stops there, since it may not go on without. The sentence says which build does understand it.
 */
public final class ControlRecordException extends KafkaException {
  private static final long serialVersionUID = 1L;

  /** With a sentence, and what it came from. */
  public ControlRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
