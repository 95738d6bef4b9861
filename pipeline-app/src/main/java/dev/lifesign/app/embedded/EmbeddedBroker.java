package dev.lifesign.app.embedded;

import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real KRaft broker with its controller in this process: one node that stores its data on disk
 * and listens on the loopback interface only. For the demo, replays and tests.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final FileChannel lockFile;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, FileChannel lockFile, int port) {
    this.server = server;
    this.lockFile = lockFile;
    this.port = port;
  }

  /** Starts a broker on a free port. */
  public static EmbeddedBroker start(Path dataDir) {
    return start(dataDir, Ports.free(), Map.of());
  }

  /**
   * Starts a broker with the data that its folder has from earlier runs.
   *
   * @param dataDir the folder for its data; created if it does not exist
   * @param port the port to listen on
   * @param overrides broker settings that replace the defaults
   * @throws UserError if the port is taken, another process uses the folder, or the folder cannot
   *     be written to
   */
  public static EmbeddedBroker start(Path dataDir, int port, Map<String, String> overrides) {
    Ports.requireFree(port, "the embedded broker", "--broker-port");
    try {
      Files.createDirectories(dataDir);
      FileChannel lockFile = lock(dataDir);
      Properties properties = properties(dataDir, port);
      properties.putAll(overrides);
      format(dataDir);
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, lockFile, port);
    } catch (IOException e) {
      throw new UserError(
          "The broker's data cannot be stored in %s: %s; choose another folder with --data-dir"
              .formatted(dataDir, e.getMessage()),
          e);
    }
  }

  /** The addresses for clients. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** Stops the broker; its data stays on disk. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel lock(Path dataDir) throws IOException {
    FileChannel channel =
        FileChannel.open(
            dataDir.resolve("lifesign.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(dataDir);
    }
    channel.close();
    throw inUse(dataDir);
  }

  private static UserError inUse(Path dataDir) {
    return new UserError(
        "Another process uses %s; stop it, or choose another folder with --data-dir"
            .formatted(dataDir));
  }

  private static Properties properties(Path dataDir, int port) {
    int controllerPort = Ports.free();
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    properties.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", dataDir.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.min.session.timeout.ms", "1000");
    // After a crash the former broker stays registered until its session expires, and the new one
    // has to wait, so the session is short. A new folder has no former broker, and with a longer
    // session a short pause of the machine does not make topic creation fail.
    properties.put("broker.session.timeout.ms", isFormatted(dataDir) ? "1500" : "60000");
    properties.put("broker.heartbeat.interval.ms", "300");
    properties.put("log.message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE));
    properties.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
    properties.put("log.retention.ms", "-1");
    // Segments roll by record timestamps: a simulated year would create hundreds of them.
    properties.put("log.roll.ms", String.valueOf(Long.MAX_VALUE));
    properties.put("log.segment.bytes", String.valueOf(64 * 1024 * 1024));
    // Producer ids expire by record timestamps too.
    properties.put("producer.id.expiration.ms", String.valueOf(Integer.MAX_VALUE));
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
    properties.put("controlled.shutdown.enable", "false");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    return properties;
  }

  private static boolean isFormatted(Path dataDir) {
    return Files.exists(dataDir.resolve("meta.properties"));
  }

  private static void format(Path dataDir) {
    if (isFormatted(dataDir)) {
      return;
    }
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setDirectories(List.of(dataDir.toString()))
          .setMetadataLogDirectory(dataDir.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new UserError(
          "The folder %s cannot be prepared for a broker: %s; choose an empty folder with --data-dir"
              .formatted(dataDir, e.getMessage()),
          e);
    }
  }
}
