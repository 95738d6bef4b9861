package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Connections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker in its own JVM, and a registry in this one. */
final class Cluster implements AutoCloseable {

  private final Path dir;
  private final int port = Ports.free();
  private final String[] overrides;
  private final FaultyRegistry registry;
  private ChildJvm broker;

  Cluster(Path dir, String... overrides) {
    this.dir = dir;
    this.overrides = overrides;
    this.registry = new FaultyRegistry(dir.resolve("schemas.jsonl"));
    startBroker();
  }

  void startBroker() {
    List<String> args = new ArrayList<>(List.of(dir.resolve("kafka").toString(), "" + port));
    args.addAll(List.of(overrides));
    broker =
        ChildJvm.start(
            dir.resolve("broker.log"),
            List.of("-Xmx768m", "-XX:TieredStopAtLevel=1"),
            Map.of(),
            BrokerMain.class,
            args.toArray(String[]::new));
    await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(100)).until(this::answers);
    Patience.admin(connections()).close();
  }

  private boolean answers() {
    if (!broker.isAlive()) {
      throw new AssertionError("The broker ended: " + broker.said());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void killBroker() {
    broker.kill();
  }

  ChildJvm broker() {
    return broker;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  String registryUrl() {
    return registry.url();
  }

  FaultyRegistry registry() {
    return registry;
  }

  /** Connections for the test itself, which are not affected by a registry outage. */
  Connections connections() {
    return new Connections(
        Settings.inProcess("campaign", bootstrapServers(), registry.steadyUrl(), dir, dir, 1));
  }

  @Override
  public void close() {
    broker.close();
    registry.close();
  }
}
