package dev.lifesign.core.task;

import org.apache.kafka.common.KafkaException;

/**
 * A record of the control topic, or an entry stored from one, that a task must understand but
 * cannot. The task stops, because it cannot continue without it. The message names the build that
 * understands the record.
 */
public final class ControlRecordException extends KafkaException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message and its cause. */
  public ControlRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
