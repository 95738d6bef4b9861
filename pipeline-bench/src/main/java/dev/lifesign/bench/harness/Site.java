package dev.lifesign.bench.harness;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.core.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** The environment of all entrants: a broker in a separate process, a registry and a folder. */
public final class Site implements AutoCloseable {

  private static final Duration BROKER_START = Duration.ofSeconds(60);

  private final Path dir;
  private final AtomicInteger names = new AtomicInteger();
  private final int port = Ports.free();
  private final EmbeddedRegistry registry;
  private final Child broker;

  /** Starts broker and registry. */
  public Site(Path dir) {
    this.dir = dir;
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    registry = EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free());
    broker =
        Child.start(
            dir.resolve("broker.log"),
            List.of("-Xmx1g", "-Xms1g"),
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            dir.resolve("kafka").toString(),
            "" + port);
    awaitBroker();
  }

  private void awaitBroker() {
    long end = System.nanoTime() + BROKER_START.toNanos();
    while (true) {
      try (Admin admin = connections().admin()) {
        admin.describeCluster().nodes().get();
        return;
      } catch (RuntimeException | ExecutionException e) {
        if (!broker.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("The broker did not start: " + broker.said(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted", e);
      }
    }
  }

  /** The folder of the site. */
  public Path dir() {
    return dir;
  }

  /** A name that is new at this site, because the offsets of a group outlive its topics. */
  public String newName(String entrant) {
    return entrant + "-" + names.incrementAndGet();
  }

  /** The address of the broker. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The address of the registry. */
  public String registryUrl() {
    return registry.url();
  }

  /** Clients of broker and registry. */
  public Connections connections() {
    return new Connections(
        Settings.inProcess("bench", bootstrapServers(), registryUrl(), dir, dir, 1));
  }

  /** Creates the input topics of a job, or the outputs and the control topic of an entrant. */
  public void create(Topics topics, boolean inputs, int partitions) {
    try (Admin admin = connections().admin()) {
      List<TopicSpec> specs =
          TopicSpec.all(topics, partitions, false).stream()
              .filter(spec -> topics.inputs().contains(spec.name()) == inputs)
              .toList();
      new TopicAdmin(admin).create(specs, 1);
    }
  }

  /** Deletes all topics with a prefix. */
  public void delete(String prefix) {
    try (Admin admin = connections().admin()) {
      List<String> own =
          admin.listTopics().names().get().stream().filter(n -> n.startsWith(prefix)).toList();
      admin.deleteTopics(own).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The size of the topics with a prefix and a suffix on the broker's disk, bytes. */
  public double bytesOf(String prefix, String suffix) {
    try (Admin admin = connections().admin()) {
      double bytes = 0;
      for (var dir : admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1).values()) {
        for (var replica : dir.replicaInfos().entrySet()) {
          String topic = replica.getKey().topic();
          if (topic.startsWith(prefix) && topic.endsWith(suffix)) {
            bytes += replica.getValue().size();
          }
        }
      }
      return bytes;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The prefix of a job's input topics. */
  public static String inputs(Job job) {
    return "in-%d-%d-%s-%dp-s%d-%dh."
        .formatted(
            job.customers(),
            job.events(),
            job.skew() == 0 ? "even" : "skewed",
            job.partitions(),
            job.seed(),
            job.hours());
  }

  @Override
  public void close() {
    broker.close();
    registry.close();
  }
}
