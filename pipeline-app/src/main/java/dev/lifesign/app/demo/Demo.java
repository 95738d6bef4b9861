package dev.lifesign.app.demo;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.HangingTransactions;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.PolicyLog;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs everything in one process: broker, registry, pipeline, a simulated shop, and a view of it.
 */
public final class Demo implements AutoCloseable {

  private static final int PARTITIONS = 4;
  private static final String PRESET = "marketplace";
  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final int PLAIN_EVERY = 4;

  private final Options options;
  private final PrintWriter out;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * The options of the demo.
   *
   * @param customers the number of customers at a time
   * @param speed how many times faster than real time
   * @param seed the seed of the simulation
   * @param dataDir the folder for all data
   * @param brokerPort the port of the broker
   * @param registryPort the port of the registry
   * @param stopAfter the time after which the demo stops; zero for never
   * @param terminal whether the screen can be redrawn
   */
  public record Options(
      int customers,
      double speed,
      long seed,
      Path dataDir,
      int brokerPort,
      int registryPort,
      Duration stopAfter,
      boolean terminal) {}

  /** Creates a demo without starting it. */
  public Demo(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Starts everything and shows it until {@link #close} is called or {@code stopAfter} has passed.
   */
  public void run() {
    long begin = System.nanoTime();
    checkSame();
    EmbeddedBroker broker =
        opened(
            EmbeddedBroker.start(
                options.dataDir().resolve("kafka"), options.brokerPort(), Map.of()));
    EmbeddedRegistry registry =
        opened(
            EmbeddedRegistry.start(
                options.dataDir().resolve("schemas.jsonl"), options.registryPort()));
    Settings settings = settings(broker, registry);
    Connections connections = new Connections(settings);
    try (Admin admin = connections.admin()) {
      HangingTransactions.abort(admin);
      new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, PARTITIONS, false), 1);
    }
    String text = Presets.text(PRESET).replace("rates: {}", "rates: { EUR: 1.08 }");
    Policy policy =
        new PolicyLog(connections, settings, PARTITIONS)
            .bringIntoForce(
                new PolicyFile(PolicyReader.read(text).policy().orElseThrow(), text),
                Instant.EPOCH);

    Progress progress = new Progress(PARTITIONS);
    PipelineRunner runner =
        opened(new PipelineRunner(settings, PipelineOptions.ofLog(policy, PARTITIONS, progress)));
    runner.start();
    Facts facts = new Facts(connections, PARTITIONS);
    start("facts", facts, facts::stop);
    Feeder feeder =
        new Feeder(
            connections,
            new Shop(options.seed(), options.customers()),
            PARTITIONS,
            options.speed(),
            progress::caughtUpTo);
    start("shop", feeder, feeder::stop);
    runner.awaitRunning();
    out.printf(
        "Ready after %.1f s: broker %s, schema registry %s, data in %s%n",
        (System.nanoTime() - begin) / 1e9,
        broker.bootstrapServers(),
        registry.url(),
        options.dataDir());
    out.flush();
    String where = "broker " + broker.bootstrapServers() + "  registry " + registry.url();
    show(new View(out, options.terminal(), where), runner, feeder, progress, facts);
  }

  /** Stops everything, the last started first. */
  @Override
  public synchronized void close() {
    stopAsked.countDown();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("The demo did not stop cleanly", e);
      }
    }
  }

  /** Checks that the folder has no other shop. */
  private void checkSame() {
    Path file = options.dataDir().resolve("shop");
    String shop = "seed %d, %d customers".formatted(options.seed(), options.customers());
    try {
      Files.createDirectories(options.dataDir());
      if (!Files.exists(file)) {
        Files.writeString(file, shop);
      }
      String known = Files.readString(file);
      if (!known.equals(shop)) {
        throw new UserError(
            "The folder %s has the shop with %s, not the one with %s; choose another folder with --data-dir, or delete this one"
                .formatted(options.dataDir(), known, shop));
      }
    } catch (IOException e) {
      throw new UserError(
          "The folder %s cannot be written to: %s; choose another one with --data-dir"
              .formatted(options.dataDir(), e.getMessage()),
          e);
    }
  }

  private Settings settings(EmbeddedBroker broker, EmbeddedRegistry registry) {
    return Settings.inProcess(
            "lifesign-demo",
            broker.bootstrapServers(),
            registry.url(),
            options.dataDir().resolve("policy.yaml"),
            options.dataDir().resolve("state"),
            PARTITIONS)
        .with(
            PipelineOptions.DEFAULT_SETTLE,
            Map.of(
                "main.consumer.session.timeout.ms", "3000",
                "main.consumer.heartbeat.interval.ms", "500"));
  }

  private void show(
      View view, PipelineRunner runner, Feeder feeder, Progress progress, Facts facts) {
    long end =
        options.stopAfter().isZero()
            ? Long.MAX_VALUE
            : System.nanoTime() + options.stopAfter().toNanos();
    long before = progress.events();
    long beforeAt = System.nanoTime();
    for (int i = 0; System.nanoTime() < end && runner.failure().isEmpty(); i++) {
      if (stopAskedWithin(REFRESH)) {
        return;
      }
      if (options.terminal() || i % PLAIN_EVERY == 0) {
        long events = progress.events();
        long at = System.nanoTime();
        double rate = (events - before) * 1e9 / (at - beforeAt);
        view.show(feeder.now(), events, rate, facts.snapshot());
        before = events;
        beforeAt = at;
      }
    }
    runner
        .failure()
        .ifPresent(
            cause -> {
              throw new UserError("The pipeline stopped: " + cause.getMessage(), cause);
            });
  }

  private boolean stopAskedWithin(Duration time) {
    try {
      return stopAsked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private void start(String name, Runnable work, Runnable stop) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    opened(
        () -> {
          stop.run();
          thread.join(2_000);
        });
  }
}
