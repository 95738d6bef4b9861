package dev.lifesign.app.embedded;

import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of the loopback interface. */
public final class Ports {

  /**
   * The first port to try: above privileged ports, and below those for outgoing connections (32,768
   * or higher), which could take a port after it was found free.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  /** Separates the ports of processes with adjacent ids. */
  private static final int APART = 377;

  private static final AtomicInteger NEXT =
      new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * APART, COUNT));

  private Ports() {}

  /** A free port; a different one on each call. */
  public static int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (refusal(port).isEmpty()) {
        return port;
      }
    }
    throw new UserError(
        "All ports of the loopback interface from %d to %d are taken; stop some of the programs that listen there"
            .formatted(FIRST, FIRST + COUNT - 1));
  }

  /**
   * Checks that a port can be listened on.
   *
   * @throws UserError if it is taken
   */
  public static void requireFree(int port, String purpose, String flag) {
    refusal(port)
        .ifPresent(
            cause -> {
              throw new UserError(
                  "Port %d for %s is taken; stop the program that listens there, or choose another port with %s"
                      .formatted(port, purpose, flag),
                  cause);
            });
  }

  /** Why a port cannot be listened on; empty if it can. */
  private static Optional<IOException> refusal(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
