package dev.lifesign.core.wire;

import org.apache.kafka.common.errors.RetriableException;

/** The registry did not answer, for as long as was waited; what needs it may be tried again. */
public class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** A registry that did not answer, and why. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
