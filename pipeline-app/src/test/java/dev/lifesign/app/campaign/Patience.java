package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;

/** Waits for brokers where an operator would get an error within seconds. */
final class Patience {

  private static final Duration LONG = Duration.ofMinutes(5);

  private Patience() {}

  /** Creates an admin client once the brokers answer, which may take long on a busy machine. */
  static Admin admin(Connections connections) {
    return await()
        .atMost(LONG)
        .ignoreException(UserError.class)
        .until(connections::admin, Objects::nonNull);
  }
}
