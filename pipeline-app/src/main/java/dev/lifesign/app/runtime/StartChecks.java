package dev.lifesign.app.runtime;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.Settings;
import dev.lifesign.core.streams.PipelineTopology;
import dev.lifesign.core.streams.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must hold before a pipeline starts; else it says so in a sentence, and does not start. */
public final class StartChecks {

  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private final Admin admin;
  private final Settings settings;

  /** Checks for those settings. */
  public StartChecks(Admin admin, Settings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Runs them.
   *
   * @return the number of partitions of inputs and control
   * @throws UserError if one fails
   */
  public int run() {
    requireLastingState();
    List<TopicAdmin.Finding> findings =
        new TopicAdmin(admin).examine(TopicSpec.all(settings.partitions(), true));
    requireAll(findings);
    int partitions = requireSamePartitions(findings);
    warnOfTimestamps(findings);
    requireOffsetsWithState(partitions);
    return partitions;
  }

  private void requireLastingState() {
    Path directory = settings.stateDir().toAbsolutePath().normalize();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    if (directory.startsWith(temporary) && !settings.temporaryState()) {
      throw new UserError(
          "Expected stateDir outside of %s, which the system clears, but it is %s; choose another, or set temporaryState: true"
              .formatted(temporary, directory));
    }
  }

  private static void requireAll(List<TopicAdmin.Finding> findings) {
    String missing =
        findings.stream()
            .filter(finding -> finding.partitions().isEmpty())
            .map(finding -> finding.spec().name())
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new UserError(
          "Expected the topics of Lifesign, but these are missing: "
              + missing
              + "; make them with lifesign topics create");
    }
  }

  private static int requireSamePartitions(List<TopicAdmin.Finding> findings) {
    Map<String, Integer> partitions = new HashMap<>();
    for (TopicAdmin.Finding finding : findings) {
      String name = finding.spec().name();
      if (Topics.inputs().contains(name) || name.equals(Topics.CONTROL)) {
        partitions.put(name, finding.partitions().orElseThrow());
      }
    }
    if (partitions.values().stream().distinct().count() > 1) {
      throw new UserError(
          "Expected all input topics and "
              + Topics.CONTROL
              + " to have the same number of partitions, but they have "
              + partitions
              + "; make them alike, then reprocess");
    }
    return partitions.get(Topics.CONTROL);
  }

  private static void warnOfTimestamps(List<TopicAdmin.Finding> findings) {
    for (TopicAdmin.Finding finding : findings) {
      if (finding.differences().containsKey("message.timestamp.type")) {
        LOG.warn(
            "{} has message.timestamp.type={}; a live pipeline wants LogAppendTime, so that all"
                + " arrivals are of one clock, the brokers'",
            finding.spec().name(),
            finding.differences().get("message.timestamp.type"));
      }
    }
  }

  private static boolean anyCommitted(
      Map<TopicPartition, OffsetAndMetadata> committed, int partition) {
    return committed.entrySet().stream()
        .anyMatch(entry -> entry.getKey().partition() == partition && entry.getValue() != null);
  }

  /** Offsets expire after idle days; with state still there, all history would count twice. */
  private void requireOffsetsWithState(int partitions) {
    String changelog = settings.applicationId() + "-" + PipelineTopology.CUSTOMERS + "-changelog";
    try {
      if (!admin.listTopics().names().get().contains(changelog)) {
        return;
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(settings.applicationId())
              .partitionsToOffsetAndMetadata()
              .get();
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        asked.put(new TopicPartition(changelog, partition), OffsetSpec.latest());
      }
      var ends = admin.listOffsets(asked).all().get();
      List<String> lost = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        boolean state = ends.get(new TopicPartition(changelog, partition)).offset() > 0;
        if (state && !anyCommitted(committed, partition)) {
          lost.add(String.valueOf(partition));
        }
      }
      if (!lost.isEmpty()) {
        throw new UserError(
            "Expected committed offsets beside the state of %s, but these partitions have none: %s; all their events would count twice. Reset the state, or set the offsets"
                .formatted(settings.applicationId(), String.join(", ", lost)));
      }
    } catch (ExecutionException e) {
      throw new UserError(
          "Expected the brokers to tell committed offsets, but: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
