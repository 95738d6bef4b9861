package dev.lifesign.core.wire;

import org.apache.kafka.common.errors.RetriableException;

/** The registry did not answer in time; the request may be retried. */
public class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the reason. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
