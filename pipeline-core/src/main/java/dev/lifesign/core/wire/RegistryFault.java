package dev.lifesign.core.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Distinguishes faults of the registry, which say nothing about a record, from faults of the
 * record. It knows the exceptions of this project's serde, and those of other serdes as far as they
 * can be recognized.
 */
final class RegistryFault {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int PROXY_UNAUTHORIZED = 407;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private RegistryFault() {}

  /** The exception to throw if the registry or an interruption is the cause; otherwise empty. */
  static Optional<RuntimeException> in(Throwable thrown) {
    if (thrown instanceof InterruptException
        || thrown instanceof WakeupException
        || thrown instanceof RegistryUnavailableException) {
      return Optional.of((RuntimeException) thrown);
    }
    if (thrown instanceof RegistryException refusal) {
      return refusal.isAboutTheRecord() ? Optional.empty() : Optional.of(refusal);
    }
    boolean schemaIsNoJson = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      schemaIsNoJson |= cause instanceof SchemaParseException;
      Optional<RuntimeException> fault = of(cause, thrown, schemaIsNoJson);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<RuntimeException> of(
      Throwable cause, Throwable thrown, boolean schemaIsNoJson) {
    if (cause instanceof RetriableException || isOfTheNetwork(cause)) {
      return Optional.of(away(cause, thrown));
    }
    if (cause instanceof AuthenticationException
        || cause instanceof AuthorizationException
        || cause instanceof InvalidConfigurationException) {
      return Optional.of((KafkaException) cause);
    }
    if (cause instanceof JsonProcessingException && !schemaIsNoJson) {
      return Optional.of(
          new RegistryException(
              "The answer of the schema registry is not JSON: "
                  + cause.getMessage()
                  + "; check schema.registry.url",
              SERVER));
    }
    OptionalInt status = status(cause);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    return switch (status.getAsInt()) {
      case UNAUTHORIZED, FORBIDDEN, PROXY_UNAUTHORIZED ->
          Optional.of(
              new RegistryException(
                  "The schema registry refused access: "
                      + cause.getMessage()
                      + "; check its credentials",
                  status.getAsInt()));
      case TOO_MANY -> Optional.of(away(cause, thrown));
      default -> status.getAsInt() >= SERVER ? Optional.of(away(cause, thrown)) : Optional.empty();
    };
  }

  private static boolean isOfTheNetwork(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof HttpTimeoutException
        || cause instanceof SSLException;
  }

  private static RegistryUnavailableException away(Throwable cause, Throwable thrown) {
    return new RegistryUnavailableException(
        "The schema registry did not answer: " + cause.getMessage() + "; check schema.registry.url",
        thrown);
  }

  /**
   * The HTTP status in an exception of Confluent's client, found by reflection because that client
   * is not on the class path here.
   */
  private static OptionalInt status(Throwable cause) {
    if (!cause.getClass().getSimpleName().equals("RestClientException")) {
      return OptionalInt.empty();
    }
    try {
      Object status = cause.getClass().getMethod("getStatus").invoke(cause);
      return status instanceof Integer code ? OptionalInt.of(code) : OptionalInt.empty();
    } catch (ReflectiveOperationException e) {
      return OptionalInt.empty();
    }
  }
}
