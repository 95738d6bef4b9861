package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the figures for docs/reference/sizing.md: bytes per customer on disk and in changelogs,
 * and the speed of restoring state. Runs only with {@code -Dlifesign.sizing.customers=N}.
 */
class SizingTest {

  private static final int CUSTOMERS = Integer.getInteger("lifesign.sizing.customers", 0);
  private static final int PARTITIONS = 4;
  private static final long UNTIL = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  @Test
  void whatACustomerCosts() throws Exception {
    assumeTrue(CUSTOMERS > 0, "runs with -Dlifesign.sizing.customers=N only");
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
    WrittenHistory history = new WrittenHistory(1, CUSTOMERS, 10, 2, UNTIL);
    try (Cluster cluster = new Cluster(dir)) {
      history.write(cluster.connections(), Topics.STANDARD, PARTITIONS).close();
      try (Admin admin = Patience.admin(cluster.connections())) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, PARTITIONS, true), 1);
      }
      Map<String, String> settings = new HashMap<>();
      settings.put("bootstrapServers", cluster.bootstrapServers());
      settings.put("registry.schema.registry.url", cluster.registryUrl());
      settings.put("policy", dir.resolve("policy.yaml").toString());
      settings.put("settle", "PT0S");
      long begin = System.nanoTime();
      try (Instance instance =
          new Instance(Files.createDirectories(dir.resolve("a")), settings).start()) {
        Fleet.awaitPast(List.of(instance), PARTITIONS, Instant.ofEpochMilli(UNTIL));
        tell("seconds from start to caught up", (System.nanoTime() - begin) / 1e9);
        instance.process().terminate();
        double events = history.arrivals().size();
        tell("events a customer", events / CUSTOMERS);
        tell("bytes a customer on disk", size(dir.resolve("a/state")) / (double) CUSTOMERS);
        long changelogs = changelogBytes(cluster);
        tell("changelog bytes an event, not compacted", changelogs / events);
        Folders.delete(dir.resolve("a/state"));
        begin = System.nanoTime();
        instance.start();
        instance.awaitReady();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double records = restored(instance);
        assertThat(records).isPositive();
        tell("records restored into an empty folder", records);
        tell("seconds until ready, the start of the process included", seconds);
        tell("restored records a second", records / seconds);
        tell("restored MB a second", changelogs / seconds / 1e6);
      }
    }
  }

  private static double restored(Instance instance) {
    return instance
        .get("/metrics")
        .orElseThrow()
        .body()
        .lines()
        .filter(line -> line.startsWith("lifesign_restored_records_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
        .sum();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(SizingTest::length).sum();
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long changelogBytes(Cluster cluster)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Patience.admin(cluster.connections())) {
      Map<Integer, Map<String, LogDirDescription>> all =
          admin.describeLogDirs(List.of(1)).allDescriptions().get();
      return all.get(1).values().stream()
          .flatMap(description -> description.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().endsWith("-changelog"))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    }
  }

  private static void tell(String what, double value) {
    System.out.printf("%,14.1f  %s%n", value, what);
  }
}
