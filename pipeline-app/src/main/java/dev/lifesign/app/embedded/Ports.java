package dev.lifesign.app.embedded;

import dev.lifesign.app.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
public final class Ports {

  private Ports() {}

  /** A port that nobody listens on now. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on the loopback interface", e);
    }
  }

  /**
   * Checks that a port can be listened on.
   *
   * @throws UserError if somebody else does
   */
  public static void requireFree(int port, String purpose, String flag) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    } catch (IOException e) {
      throw new UserError(
          "Expected port %d to be free for %s, but it is taken; stop what listens there, or choose another with %s"
              .formatted(port, purpose, flag),
          e);
    }
  }
}
