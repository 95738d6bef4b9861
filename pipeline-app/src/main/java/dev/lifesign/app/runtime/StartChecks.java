package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.lab.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the conditions for starting a pipeline; if one is not met, the pipeline does not start,
 * and a message says why.
 */
public final class StartChecks {

  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private final Admin admin;
  private final Connections connections;
  private final Settings settings;
  private final Topics topics;

  /** Creates the checks for the settings. */
  public StartChecks(Admin admin, Connections connections, Settings settings) {
    this.admin = admin;
    this.connections = connections;
    this.settings = settings;
    this.topics = settings.topics().names();
  }

  /**
   * Runs the checks.
   *
   * @return the number of partitions of the input topics and the control topic
   * @throws UserError if one fails
   */
  public int run() {
    warnOfUnknownProperties();
    List<TopicAdmin.Finding> findings =
        new TopicAdmin(admin).examine(TopicSpec.all(topics, settings.topics().partitions(), true));
    requireAll(findings);
    int partitions = requireSamePartitions(findings);
    warnOfTimestamps(findings);
    new OffsetCheck(admin, connections, settings).run(partitions);
    return partitions;
  }

  private void warnOfUnknownProperties() {
    List<String> unknown = KafkaProperties.unknown(settings.clients().kafka().keySet());
    if (!unknown.isEmpty()) {
      LOG.warn(
          "The section kafka has properties that neither Kafka's clients nor Kafka Streams know: {};"
              + " correct their names, unless a class of your own reads them",
          String.join(", ", unknown));
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
          "These topics are missing: " + missing + "; create them with lifesign topics create");
    }
  }

  private int requireSamePartitions(List<TopicAdmin.Finding> findings) {
    Map<String, Integer> partitions = new HashMap<>();
    for (TopicAdmin.Finding finding : findings) {
      String name = finding.spec().name();
      if (topics.inputs().contains(name) || name.equals(topics.control())) {
        partitions.put(name, finding.partitions().orElseThrow());
      }
    }
    if (partitions.values().stream().distinct().count() > 1) {
      throw new UserError(
          "The input topics and "
              + topics.control()
              + " must have the same number of partitions, but have "
              + partitions
              + "; change them, then reprocess");
    }
    return partitions.get(topics.control());
  }

  private static void warnOfTimestamps(List<TopicAdmin.Finding> findings) {
    String differing =
        findings.stream()
            .filter(finding -> finding.differences().containsKey("message.timestamp.type"))
            .map(finding -> finding.spec().name())
            .collect(Collectors.joining(", "));
    if (!differing.isEmpty()) {
      LOG.warn(
          "These topics do not have message.timestamp.type=LogAppendTime, which takes all arrivals"
              + " from the clock of the brokers: {}; set it, unless they hold history",
          differing);
    }
  }
}
