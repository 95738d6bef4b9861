package dev.lifesign.core.wire;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refused a request. The message says why and what to do about it. */
public class RegistryException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /** The status of a schema that the registry has, but that cannot be used to read records. */
  public static final int UNUSABLE = 422;

  /** Something other than a registry answered. */
  static final int NOT_A_REGISTRY = 502;

  private final int status;

  /**
   * Creates a refusal.
   *
   * @param message what was refused, why, and what to do
   * @param status the HTTP status, such as 404 or 409
   */
  public RegistryException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether the record's schema is at fault: unknown to the registry (404) or unusable (422). */
  public boolean isAboutTheRecord() {
    return status == 404 || status == UNUSABLE;
  }
}
