package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;

/** Waits for brokers where an operator would be told within seconds that they do not answer. */
final class Patience {

  private static final Duration LONG = Duration.ofMinutes(5);

  private Patience() {}

  /** An admin client, once the brokers answer: a busy machine may take its time. */
  static Admin admin(Connections connections) {
    return await()
        .atMost(LONG)
        .ignoreException(UserError.class)
        .until(connections::admin, Objects::nonNull);
  }
}
