package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The specification of a topic.
 *
 * @param name its name
 * @param partitions the number of partitions; the same for all input topics and the control topic
 * @param configs its settings
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

  private static final String FOR_EVER = "-1";

  /** How long the facts of a live pipeline are kept. */
  private static final Duration HISTORY = Duration.ofDays(400);

  /**
   * The time that a segment of them spans at most. Brokers delete whole segments, so a fact may
   * stay that much longer.
   */
  private static final Duration SEGMENT = Duration.ofDays(1);

  /** Keeps its own copy. */
  public TopicSpec {
    configs = Map.copyOf(configs);
  }

  /**
   * The specifications of all topics.
   *
   * @param topics their names
   * @param partitions the number of partitions of every topic, except for the topics of the
   *     population and of skips, which have one
   * @param live whether brokers stamp records as they arrive (LogAppendTime), as a live pipeline
   *     needs; a replay or a demo sets its own arrivals (CreateTime)
   */
  public static List<TopicSpec> all(Topics topics, int partitions, boolean live) {
    List<TopicSpec> specs = new ArrayList<>();
    for (String input : topics.inputs()) {
      specs.add(new TopicSpec(input, partitions, input(live)));
    }
    specs.add(new TopicSpec(topics.control(), partitions, control(live)));
    specs.add(new TopicSpec(topics.population(), 1, compacted()));
    specs.add(new TopicSpec(topics.statusChanges(), partitions, history(live)));
    specs.add(new TopicSpec(topics.churnAlerts(), partitions, history(live)));
    specs.add(new TopicSpec(topics.segmentChanges(), partitions, history(live)));
    specs.add(new TopicSpec(topics.customerProfiles(), partitions, compacted()));
    specs.add(new TopicSpec(topics.commandResults(), partitions, history(live)));
    specs.add(new TopicSpec(topics.deadLetters(), partitions, history(live)));
    specs.add(new TopicSpec(topics.skips(), 1, compacted()));
    return specs;
  }

  private static Map<String, String> input(boolean live) {
    Map<String, String> configs = new TreeMap<>(kept(FOR_EVER));
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, stamp(live));
    return configs;
  }

  private static Map<String, String> control(boolean live) {
    Map<String, String> configs = new TreeMap<>(compacted());
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, stamp(live));
    return configs;
  }

  private static String stamp(boolean live) {
    return live ? "LogAppendTime" : "CreateTime";
  }

  /**
   * Facts age out, so that those about an erased customer do. They have the timestamps of their
   * causes, so a replay, whose causes are old, keeps all.
   */
  private static Map<String, String> history(boolean live) {
    if (!live) {
      return kept(FOR_EVER);
    }
    Map<String, String> configs = new TreeMap<>(kept(String.valueOf(HISTORY.toMillis())));
    configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(SEGMENT.toMillis()));
    return configs;
  }

  private static Map<String, String> kept(String retention) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        retention);
  }

  private static Map<String, String> compacted() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.RETENTION_MS_CONFIG,
        FOR_EVER);
  }
}
