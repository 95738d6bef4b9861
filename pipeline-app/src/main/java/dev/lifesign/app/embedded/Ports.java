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
   * Where to look: above what needs privileges, below what systems give to connections that go out
   * (from 32,768 on, or higher). One of those would take a port between here and its use.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  /** Far from each other for processes whose numbers are near. */
  private static final int APART = 377;

  private static final AtomicInteger NEXT =
      new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * APART, COUNT));

  private Ports() {}

  /** A port that nobody listens on now, and another one each time. */
  public static int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (refusal(port).isEmpty()) {
        return port;
      }
    }
    throw new UserError(
        "Expected a free port of the loopback interface between %d and %d, but all are taken; end some of those that listen there"
            .formatted(FIRST, FIRST + COUNT - 1));
  }

  /**
   * Checks that a port can be listened on.
   *
   * @throws UserError if somebody else does
   */
  public static void requireFree(int port, String purpose, String flag) {
    refusal(port)
        .ifPresent(
            cause -> {
              throw new UserError(
                  "Expected port %d to be free for %s, but it is taken; stop what listens there, or choose another with %s"
                      .formatted(port, purpose, flag),
                  cause);
            });
  }

  /** Why a port cannot be listened on; nothing if it can. */
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
