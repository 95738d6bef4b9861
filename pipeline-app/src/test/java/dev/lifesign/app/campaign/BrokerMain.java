package dev.lifesign.app.campaign;

import dev.lifesign.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a broker in its own JVM; the arguments are its folder, its port, and settings as name=value.
 */
public final class BrokerMain {

  private BrokerMain() {}

  /** Runs until the process is terminated. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> overrides = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] parts = args[i].split("=", 2);
      overrides.put(parts[0], parts[1]);
    }
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), overrides);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    new CountDownLatch(1).await();
  }
}
