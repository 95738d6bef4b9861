package dev.lifesign.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.app.service.Service;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Support;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.LoggerFactory;

/** Searches everything that the pipeline keeps for the id of an erased customer. */
class ErasedBytesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String ERASED = "zq7x-planted-9f3c";
  private static final String KEPT = "zq7x-remains-5b1d";
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      cases:
        - id: complaint
          due: 1
          on: { match: "event.family == 'support'" }
      """;

  @TempDir private Path dir;
  private int sent;

  @Test
  void noByteOfTheIdIsLeftInStoresChangelogsAndCompactedTopics() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(log);
    try (Sandbox sandbox = new Sandbox(dir, 1, POLICY, Map.of())) {
      try (Service service = Service.start(sandbox.settings, System::currentTimeMillis)) {
        service.pipeline().runner().awaitRunning();
        List<String> compacted = compactAtOnce(sandbox);
        assertThat(compacted).anyMatch(topic -> topic.endsWith("-changelog"));
        act(sandbox, ERASED);
        act(sandbox, KEPT);
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () ->
                    sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
                            .map(StatusChange::getCustomerId)
                            .distinct()
                            .count()
                        == 2);
        assertThat(holding(sandbox, compacted, ERASED)).isNotEmpty();
        assertThat(erase(sandbox).exit()).isZero();
        assertThat(get("http://" + service.address() + "/metrics")).doesNotContain(ERASED);
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(
                () -> {
                  act(sandbox, KEPT);
                  assertThat(holding(sandbox, compacted, ERASED)).isEmpty();
                });
        assertThat(holding(sandbox, compacted, KEPT)).isNotEmpty();
      }
    }
    compactStores(dir.resolve("state"));
    assertThat(filesWith(dir.resolve("state"), KEPT)).isNotEmpty();
    assertThat(filesWith(dir.resolve("state"), ERASED)).isEmpty();
    root.detachAppender(log);
    assertThat(new ArrayList<>(log.list))
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains(ERASED));
  }

  private void act(Sandbox sandbox, String customer) {
    long now = System.currentTimeMillis();
    String id = "e" + ++sent;
    sandbox.send(
        new Purchase(id, customer, now, Purchase.Action.PURCHASE, "o", 1999, "USD", List.of(), ""));
    sandbox.send(
        new Support(
            id + "s", customer, now, Support.Action.OPENED, "t", Support.Category.COMPLAINT, ""));
    sandbox.producer.flush();
  }

  private static Cli erase(Sandbox sandbox) {
    List<String> arguments = new ArrayList<>(List.of("customer", "erase", ERASED, "--yes"));
    Map.of(
            "applicationId", sandbox.settings.applicationId(),
            "bootstrapServers", sandbox.settings.clients().bootstrapServers(),
            "registry.schema.registry.url",
                sandbox.settings.clients().registry().get("schema.registry.url"),
            "policy", sandbox.settings.policy().toString(),
            "stateDir", sandbox.settings.state().dir().toString(),
            "temporaryState", "true")
        .forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** Lets the broker compact all compacted topics at once; their names. */
  private static List<String> compactAtOnce(Sandbox sandbox) throws Exception {
    try (Admin admin = sandbox.connections.admin()) {
      List<ConfigResource> topics =
          admin.listTopics().names().get().stream()
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      List<String> compacted =
          admin.describeConfigs(topics).all().get().entrySet().stream()
              .filter(
                  topic ->
                      topic
                          .getValue()
                          .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                          .value()
                          .contains(TopicConfig.CLEANUP_POLICY_COMPACT))
              .map(topic -> topic.getKey().name())
              .toList();
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (String topic : compacted) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic),
            Map.of(
                    TopicConfig.SEGMENT_MS_CONFIG, "100",
                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0",
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0",
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "100",
                    TopicConfig.DELETE_RETENTION_MS_CONFIG, "0")
                .entrySet()
                .stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList());
      }
      admin.incrementalAlterConfigs(changes).all().get();
      return compacted;
    }
  }

  /** The topics that have a record with the id in its key or value, tombstones included. */
  private static List<String> holding(Sandbox sandbox, List<String> topics, String id) {
    List<String> holding = new ArrayList<>();
    sandbox.connections.readRecords(
        topics,
        record -> {
          if (contains(record.key(), id) || contains(record.value(), id)) {
            holding.add(record.topic());
          }
        });
    return holding.stream().distinct().toList();
  }

  private static void compactStores(Path state) throws IOException, RocksDBException {
    RocksDB.loadLibrary();
    List<Path> stores;
    try (Stream<Path> files = Files.walk(state)) {
      stores = files.filter(file -> file.endsWith("CURRENT")).map(Path::getParent).toList();
    }
    assertThat(stores).isNotEmpty();
    for (Path store : stores) {
      compact(store.toString());
      // The manifest names the first and the last key of files of before until it is opened again.
      compact(store.toString());
    }
  }

  private static void compact(String store) throws RocksDBException {
    try (Options options = new Options();
        DBOptions opened = new DBOptions();
        CompactRangeOptions all = new CompactRangeOptions()) {
      all.setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce);
      List<ColumnFamilyDescriptor> families =
          RocksDB.listColumnFamilies(options, store).stream()
              .map(ColumnFamilyDescriptor::new)
              .toList();
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      try (RocksDB db = RocksDB.open(opened, store, families, handles)) {
        for (ColumnFamilyHandle handle : handles) {
          db.compactRange(handle, null, null, all);
          handle.close();
        }
      }
    }
  }

  private static List<Path> filesWith(Path folder, String id) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(bytes(file), id)).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(byte[] bytes, String id) {
    return bytes != null
        && new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains(new String(id.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
