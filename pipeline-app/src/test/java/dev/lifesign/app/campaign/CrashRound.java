package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.lab.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** One run over prepared inputs, with faults at random points. */
final class CrashRound {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration MARGIN = Duration.ofDays(1);
  private static final int SOONEST_MILLIS = 500;
  private static final int LATEST_MILLIS = 6_000;
  private static final int STALL_MILLIS = 20_000;
  private static final int LONGER_THAN_A_SESSION_MILLIS = 11_000;
  private static final int LONGER_THAN_A_TRANSACTION_MILLIS = 13_000;
  private static final long STANDS_NANOS = Duration.ofSeconds(4).toNanos();

  /**
   * Errors at the start after which an instance is restarted, as a supervisor would: what did not
   * answer may answer at the next start.
   */
  private static final List<String> PASSING =
      List.of(
          "Could not connect to the brokers at",
          "Could not describe",
          "Could not read the committed offsets",
          "Could not read the offsets of",
          "Not every partition of the topics answers",
          "The schema registry could not");

  private final Cluster cluster;
  private final Path dir;
  private final String name;
  private final Inputs inputs;
  private final Topics topics;
  private final Random random;
  private final List<String> logs = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private BiPredicate<Connections, Topics> alsoAtTheEnd = (connections, own) -> true;

  /**
   * Creates a round.
   *
   * @param name the name of its application and of its output topics
   * @param inputs the inputs; their topics include the output topics of this round
   */
  CrashRound(Cluster cluster, Path dir, String name, Inputs inputs, long seed) {
    this.cluster = cluster;
    this.dir = dir.resolve(name);
    this.name = name;
    this.inputs = inputs;
    this.topics = inputs.topics();
    this.random = new Random(seed);
    String input = topics.inputs().get(0);
    Map<String, String> settings = new HashMap<>();
    settings.put("applicationId", name);
    settings.put("bootstrapServers", cluster.bootstrapServers());
    settings.put("registry.schema.registry.url", cluster.registryUrl());
    settings.put("policy", dir.resolve("policy.yaml").toString());
    settings.put("topics.inputPrefix", input.substring(0, input.lastIndexOf('.') + 1));
    settings.put("topics.outputPrefix", outputPrefix(name));
    settings.put("settle", "PT0S");
    for (String instance : List.of("a", "b")) {
      try {
        instances.add(new Instance(Files.createDirectories(this.dir.resolve(instance)), settings));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The prefix of the output topics of a round with this name. */
  static String outputPrefix(String name) {
    return name + ".";
  }

  /** The faults that were injected, and when. */
  List<String> done() {
    return done;
  }

  /**
   * Adds a condition for the end of the round, besides that all facts are published.
   *
   * @param condition a condition on the output topics, checked repeatedly
   */
  CrashRound endingOnceAlso(BiPredicate<Connections, Topics> condition) {
    alsoAtTheEnd = condition;
    return this;
  }

  /**
   * Runs it until all facts up to an instant are published, and reads them.
   *
   * @param look called with the topics before they are deleted
   */
  FactLedger run(List<Fault> faults, long until, BiConsumer<Connections, Topics> look) {
    try (Admin admin = Patience.admin(cluster.connections())) {
      new TopicAdmin(admin).create(own(), 1);
      CommittedOffsets offsets = new CommittedOffsets(admin, name);
      boolean two = faults.contains(Fault.KILL_ONE_OF_TWO);
      FactLedger told;
      try (CommittedFacts facts =
              new CommittedFacts(cluster.connections(), topics, until, until + MARGIN.toMillis());
          Instance first = instances.get(0).start();
          Instance second = instances.get(1)) {
        if (two) {
          second.start();
        }
        List<Instance> running = two ? List.of(first, second) : List.of(first);
        for (Fault fault : faults) {
          boolean atSecond = fault == Fault.KILL_ONE_OF_TWO || (two && random.nextBoolean());
          awaitMoment(fault, facts, running, offsets);
          strike(fault, atSecond ? second : first, facts, running, offsets);
        }
        await(
            () ->
                facts.past().size() == inputs.partitions()
                    && offsets.reach(inputs.ends())
                    && alsoAtTheEnd.test(cluster.connections(), topics),
            facts,
            running,
            offsets);
        running.forEach(this::noteOvertaken);
        running.forEach(instance -> instance.process().terminate());
        told = facts.all();
        running.forEach(instance -> logs.add(instance.process().said()));
      }
      look.accept(cluster.connections(), topics);
      forget(admin);
      return told;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The control topic of a live pipeline, and outputs that keep facts for ever: those about a past
   * history would age out at once.
   */
  private List<TopicSpec> own() {
    return Stream.of(true, false)
        .flatMap(
            live ->
                TopicSpec.all(topics, inputs.partitions(), live).stream()
                    .filter(spec -> spec.name().equals(topics.control()) == live))
        .filter(spec -> !topics.inputs().contains(spec.name()))
        .toList();
  }

  /** What its instances logged. */
  List<String> logs() {
    return logs;
  }

  /** Notes events that were processed too late; the counts begin with the process. */
  private void noteOvertaken(Instance instance) {
    instance.get("/metrics").stream()
        .flatMap(answer -> answer.body().lines())
        .filter(line -> line.startsWith("lifesign_events_overtaken_seconds_count"))
        .filter(line -> !line.endsWith(" 0") && !line.endsWith(" 0.0"))
        .forEach(done::add);
  }

  /** Deletes the data of the round, since many rounds would fill the disk. */
  private void forget(Admin admin) throws ExecutionException, InterruptedException {
    List<String> own =
        admin.listTopics().names().get().stream()
            .filter(topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"))
            .toList();
    admin.deleteTopics(own).all().get();
    Folders.delete(dir);
  }

  /**
   * Waits for a condition, and reads facts meanwhile; restarts an instance that ended because
   * something did not answer at its start.
   */
  private void await(
      BooleanSupplier condition,
      CommittedFacts facts,
      List<Instance> running,
      CommittedOffsets offsets) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(
            "After %s, %s: %d facts, partitions %s past the end, offsets %s of %s; %s"
                .formatted(
                    PATIENCE,
                    done,
                    facts.size(),
                    facts.past(),
                    offsets.now(),
                    inputs.ends(),
                    running.get(0).process().said()));
      }
      facts.read();
      running.forEach(this::supervise);
    }
  }

  private void supervise(Instance instance) {
    if (instance.process().isAlive()) {
      return;
    }
    String last = lastLine(instance);
    if (PASSING.stream().noneMatch(last::startsWith)) {
      throw new AssertionError("An instance ended by itself: " + instance.process().said());
    }
    done.add("started again: " + last);
    instance.start();
  }

  private static String lastLine(Instance instance) {
    String said = instance.process().said().strip();
    return said.substring(said.lastIndexOf('\n') + 1);
  }

  /**
   * Waits for the moment of a fault: after some time, whatever the progress is, or at a share of
   * the work.
   */
  private void awaitMoment(
      Fault fault, CommittedFacts facts, List<Instance> running, CommittedOffsets offsets) {
    int wait = SOONEST_MILLIS + random.nextInt(LATEST_MILLIS - SOONEST_MILLIS);
    double share = random.nextDouble();
    boolean byTime = random.nextBoolean();
    if (byTime && !fault.needsWork()) {
      Pause.millis(wait);
      done.add(fault + " after " + wait + " ms");
      return;
    }
    double from = offsets.share(inputs.visibleEnds());
    double goal = from + (1 - from) * share;
    awaitShare(goal, facts, running, offsets);
    done.add("%s at %.0f %%".formatted(fault, 100 * offsets.share(inputs.visibleEnds())));
  }

  /**
   * Waits for a share of the records before the first hidden one, or until the pipeline makes no
   * progress: a task reads nothing more while a transaction hides the next records of one of its
   * partitions.
   */
  private void awaitShare(
      double goal, CommittedFacts facts, List<Instance> running, CommittedOffsets offsets) {
    double[] last = {0};
    long[] since = {System.nanoTime()};
    await(
        () -> {
          double now = offsets.share(inputs.visibleEnds());
          if (now != last[0]) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          boolean stands = now > 0 && System.nanoTime() - since[0] > STANDS_NANOS;
          return now >= goal || stands;
        },
        facts,
        running,
        offsets);
  }

  private void strike(
      Fault fault,
      Instance target,
      CommittedFacts facts,
      List<Instance> running,
      CommittedOffsets offsets) {
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
      case OPEN_TRANSACTION -> {
        awaitShare(1, facts, running, offsets);
        Pause.millis(random.nextInt(3_000));
        inputs.commitOpen();
      }
      case ABORTED_TRANSACTION -> {
        awaitShare(1, facts, running, offsets);
        Pause.millis(random.nextInt(3_000));
        inputs.abortDoomed();
      }
      case UNPARSABLE_SCHEMA -> {
        // The records for this fault are in the inputs.
      }
      case REGISTRY_OUTAGE -> {
        cluster.registry().goAway();
        Pause.millis(LONGER_THAN_A_TRANSACTION_MILLIS);
        cluster.registry().comeBack();
      }
      case OFFSETS_DELETED -> deleteOffsets(facts, running, offsets);
    }
  }

  private void deleteOffsets(
      CommittedFacts facts, List<Instance> running, CommittedOffsets offsets) {
    await(
        () -> offsets.now().keySet().containsAll(inputs.visibleEnds().keySet()),
        facts,
        running,
        offsets);
    running.forEach(instance -> instance.process().terminate());
    Map<TopicPartition, OffsetAndMetadata> committed = offsets.now();
    String topic = topics.events().get(random.nextInt(topics.events().size()));
    offsets.delete(topic);
    Instance first = running.get(0);
    first.start();
    first.process().awaitEnd();
    if (first.process().exitCode() == 0 || !lastLine(first).contains(topic)) {
      throw new AssertionError(
          "Expected a start without the committed offsets of %s to be refused, but: %s"
              .formatted(topic, first.process().said()));
    }
    offsets.restore(committed);
    running.forEach(Instance::start);
  }
}
