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

/** What must hold before a pipeline starts; else it says so in a sentence, and does not start. */
public final class StartChecks {

  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private final Admin admin;
  private final Connections connections;
  private final Settings settings;
  private final Topics topics;

  /** Checks for those settings. */
  public StartChecks(Admin admin, Connections connections, Settings settings) {
    this.admin = admin;
    this.connections = connections;
    this.settings = settings;
    this.topics = settings.topics().names();
  }

  /**
   * Runs them.
   *
   * @return the number of partitions of inputs and control
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
          "Expected properties of Kafka's clients or of Kafka Streams in the section kafka, but they do"
              + " not know these: {}; correct their names, unless a class of your own reads them",
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
          "Expected the topics of Lifesign, but these are missing: "
              + missing
              + "; make them with lifesign topics create");
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
          "Expected all input topics and "
              + topics.control()
              + " to have the same number of partitions, but they have "
              + partitions
              + "; make them alike, then reprocess");
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
          "Expected message.timestamp.type=LogAppendTime, so that all arrivals are of one clock, the"
              + " brokers', but these topics have another: {}; set it, unless they hold history",
          differing);
    }
  }
}
