package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.Folders;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.streams.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;

/** One run over inputs that are written, with faults at random points of it. */
final class CrashRound {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int SOONEST_MILLIS = 1_000;
  private static final int LATEST_MILLIS = 8_000;
  private static final int STALL_MILLIS = 20_000;
  private static final int LONGER_THAN_A_SESSION_MILLIS = 11_000;

  private final Cluster cluster;
  private final Path dir;
  private final String name;
  private final Topics topics;
  private final int partitions;
  private final Random random;
  private final List<String> done = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();

  /**
   * A round.
   *
   * @param name of its application and of its output topics
   * @param inputPrefix of topics with so many partitions
   */
  CrashRound(
      Cluster cluster, Path dir, String name, String inputPrefix, int partitions, long seed) {
    this.cluster = cluster;
    this.dir = dir.resolve(name);
    this.name = name;
    this.topics = new Topics(inputPrefix, name + ".");
    this.partitions = partitions;
    this.random = new Random(seed);
    Map<String, String> settings = new HashMap<>();
    settings.put("applicationId", name);
    settings.put("bootstrapServers", cluster.bootstrapServers());
    settings.put("registry.schema.registry.url", cluster.registryUrl());
    settings.put("policy", dir.resolve("policy.yaml").toString());
    settings.put("topics.inputPrefix", inputPrefix);
    settings.put("topics.outputPrefix", name + ".");
    settings.put("settle", "PT0S");
    for (String instance : List.of("a", "b")) {
      try {
        instances.add(new Instance(Files.createDirectories(this.dir.resolve(instance)), settings));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What was done to it, and when. */
  List<String> done() {
    return done;
  }

  /** Runs it until every task has ticked past an instant, and reads what was told. */
  FactLedger run(List<Fault> faults, long until) {
    return run(faults, until, (connections, own) -> {});
  }

  /** The same, with a look at the topics before they are deleted. */
  FactLedger run(List<Fault> faults, long until, BiConsumer<Connections, Topics> look) {
    try (Admin admin = cluster.connections().admin()) {
      List<TopicSpec> outputs =
          TopicSpec.all(topics, partitions, true).stream()
              .filter(spec -> !topics.inputs().contains(spec.name()))
              .toList();
      new TopicAdmin(admin).create(outputs, 1);
    }
    boolean two = faults.contains(Fault.KILL_ONE_OF_TWO);
    try (Instance first = instances.get(0).start();
        Instance second = instances.get(1)) {
      if (two) {
        second.start();
      }
      for (Fault fault : faults) {
        boolean atSecond = fault == Fault.KILL_ONE_OF_TWO || (two && random.nextBoolean());
        strike(fault, atSecond ? second : first);
      }
      List<Instance> running = two ? List.of(first, second) : List.of(first);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> isThrough(running, until));
      running.forEach(instance -> instance.process().terminate());
    }
    FactLedger told = FactLedger.read(cluster.connections(), topics, until);
    look.accept(cluster.connections(), topics);
    forget();
    return told;
  }

  /** Many rounds would fill the disk. */
  private void forget() {
    try (Admin admin = cluster.connections().admin()) {
      List<String> own =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"))
              .toList();
      admin.deleteTopics(own).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Folders.delete(dir);
  }

  private boolean isThrough(List<Instance> running, long until) {
    for (Instance instance : running) {
      if (!instance.process().isAlive()) {
        startAgain(instance);
        return false;
      }
    }
    Instant bound = Instant.ofEpochMilli(until).plus(Duration.ofDays(1));
    return running.stream().mapToLong(instance -> instance.tasksPast(bound)).sum() == partitions;
  }

  /** As a supervisor does with an instance that found no broker at its start; with no other. */
  private void startAgain(Instance instance) {
    String said = instance.process().said().strip();
    if (!said.substring(said.lastIndexOf('\n') + 1).startsWith("Expected brokers at")) {
      throw new AssertionError("An instance ended by itself: " + said);
    }
    done.add("started again, since no broker answered");
    instance.start();
  }

  private void strike(Fault fault, Instance target) {
    int wait = SOONEST_MILLIS + random.nextInt(LATEST_MILLIS - SOONEST_MILLIS);
    Pause.millis(wait);
    done.add(fault + "+" + wait + "ms");
    switch (fault) {
      case STOP_PIPELINE -> {
        target.process().terminate();
        target.start();
      }
      case KILL_PIPELINE -> {
        target.process().kill();
        target.start();
      }
      case KILL_BROKER -> {
        cluster.killBroker();
        Pause.millis(random.nextInt(3_000));
        cluster.startBroker();
      }
      case STALL -> {
        target.process().stall();
        Pause.millis(STALL_MILLIS);
        target.process().goOn();
      }
      case KILL_ONE_OF_TWO -> {
        target.process().kill();
        Pause.millis(LONGER_THAN_A_SESSION_MILLIS);
        target.start();
      }
    }
  }
}
