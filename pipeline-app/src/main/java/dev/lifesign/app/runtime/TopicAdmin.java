package dev.lifesign.app.runtime;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics, and compares existing topics with their specification. */
public final class TopicAdmin {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 50;

  private final Admin admin;

  /** Uses the brokers of a client. */
  public TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  /**
   * The comparison of a topic with its specification.
   *
   * @param spec the specification
   * @param partitions the number of its partitions; empty if it does not exist
   * @param differences the settings that differ, by name, with the value found
   */
  public record Finding(
      TopicSpec spec, Optional<Integer> partitions, Map<String, String> differences) {

    /** Whether the topic matches its specification. */
    public boolean isRight() {
      return partitions.isPresent()
          && partitions.get() == spec.partitions()
          && differences.isEmpty();
    }
  }

  /**
   * Creates missing topics, and waits until every partition of all topics can be used: producing to
   * a new topic can lose records (KAFKA-15591).
   *
   * @return the names of the topics created
   * @throws UserError if the brokers refuse
   */
  public List<String> create(List<TopicSpec> specs, int replication) {
    List<String> made = new ArrayList<>();
    for (TopicSpec spec : specs) {
      NewTopic topic =
          new NewTopic(spec.name(), spec.partitions(), (short) replication).configs(spec.configs());
      try {
        admin.createTopics(List.of(topic)).all().get();
        made.add(spec.name());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new UserError(
              "Could not create topic %s with %d partitions and %d replicas: %s"
                  .formatted(
                      spec.name(), spec.partitions(), replication, e.getCause().getMessage()),
              e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    awaitUsable(specs);
    return made;
  }

  /** Compares each topic with its specification. */
  public List<Finding> examine(List<TopicSpec> specs) {
    List<Finding> findings = new ArrayList<>();
    for (TopicSpec spec : specs) {
      findings.add(examine(spec));
    }
    return findings;
  }

  private Finding examine(TopicSpec spec) {
    Optional<TopicDescription> description =
        answer(admin.describeTopics(List.of(spec.name())).allTopicNames())
            .map(all -> all.get(spec.name()));
    if (description.isEmpty()) {
      return new Finding(spec, Optional.empty(), Map.of());
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    Config config =
        answer(admin.describeConfigs(List.of(resource)).all()).orElseThrow().get(resource);
    Map<String, String> differences = new HashMap<>();
    spec.configs()
        .forEach(
            (name, value) -> {
              String found = config.get(name).value();
              if (!value.equals(found)) {
                differences.put(name, found);
              }
            });
    return new Finding(spec, Optional.of(description.get().partitions().size()), differences);
  }

  /**
   * For how long topics keep a record at most; empty for ever. Brokers delete whole segments, so
   * that is the retention and the time that a segment spans. Topics that do not exist are left out.
   */
  public Map<String, Optional<Duration>> retention(List<String> topics) {
    Map<String, Optional<Duration>> retention = new LinkedHashMap<>();
    for (String topic : topics) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      answer(admin.describeConfigs(List.of(resource)).all())
          .map(all -> all.get(resource))
          .ifPresent(config -> retention.put(topic, retention(config)));
    }
    return retention;
  }

  private static Optional<Duration> retention(Config config) {
    long kept = millis(config, TopicConfig.RETENTION_MS_CONFIG);
    return kept < 0
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(Instants.plus(kept, millis(config, TopicConfig.SEGMENT_MS_CONFIG))));
  }

  private static long millis(Config config, String name) {
    return Long.parseLong(config.get(name).value());
  }

  private void awaitUsable(Collection<TopicSpec> specs) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicSpec spec : specs) {
      for (int partition = 0; partition < spec.partitions(); partition++) {
        asked.put(new TopicPartition(spec.name(), partition), OffsetSpec.latest());
      }
    }
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        admin.listOffsets(asked).all().get();
        return;
      } catch (ExecutionException e) {
        boolean passing =
            e.getCause() instanceof UnknownTopicOrPartitionException
                || e.getCause() instanceof LeaderNotAvailableException
                || e.getCause() instanceof NotLeaderOrFollowerException
                || e.getCause() instanceof TimeoutException;
        if (!passing || System.nanoTime() > giveUp) {
          throw new UserError(
              "Not every partition of the topics answers: "
                  + e.getCause().getMessage()
                  + "; see lifesign topics describe",
              e);
        }
        pause();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** Kafka does not announce when a new partition can be used, so it must be asked again. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <T> Optional<T> answer(KafkaFuture<T> future) {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new UserError("Could not describe the topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted", e);
  }
}
