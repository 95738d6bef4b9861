package dev.lifesign.bench.harness;

import dev.lifesign.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The broker of all entrants, in a separate process. Its arguments are the folder and the port. */
public final class BrokerMain {

  private BrokerMain() {}

  /** Runs the broker until its process is ended. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    new CountDownLatch(1).await();
  }
}
