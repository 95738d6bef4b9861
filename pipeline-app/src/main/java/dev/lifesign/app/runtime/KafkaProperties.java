package dev.lifesign.app.runtime;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The property names that Kafka's clients and Kafka Streams know. A property with an unknown name
 * is passed on as well, since a login module or an interceptor of the user may read it.
 */
final class KafkaProperties {

  /** The names that each prefix applies to. */
  private static final Map<String, Set<String>> PREFIXES =
      Map.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX, ConsumerConfig.configNames(),
          StreamsConfig.RESTORE_CONSUMER_PREFIX, ConsumerConfig.configNames(),
          StreamsConfig.GLOBAL_CONSUMER_PREFIX, ConsumerConfig.configNames(),
          StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configNames(),
          StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configNames(),
          StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configNames(),
          StreamsConfig.TOPIC_PREFIX, topicConfigs());

  private static final Set<String> UNPREFIXED =
      Stream.<Collection<String>>of(
              StreamsConfig.configDef().names(),
              ConsumerConfig.configNames(),
              ProducerConfig.configNames(),
              AdminClientConfig.configNames())
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** The maximum distance between an unknown name and a known one that is suggested instead. */
  private static final int NEAR = 3;

  private KafkaProperties() {}

  /**
   * The names that no class of Kafka knows, in order, each with a similar known name, if there is
   * one.
   *
   * @param names the names without the prefix {@code kafka.} of the settings
   */
  static List<String> unknown(Collection<String> names) {
    return names.stream()
        .filter(name -> !isKnown(name))
        .sorted()
        .map(KafkaProperties::asked)
        .toList();
  }

  private static boolean isKnown(String name) {
    return known(name).contains(name.substring(prefix(name).length()));
  }

  private static Set<String> known(String name) {
    return PREFIXES.getOrDefault(prefix(name), UNPREFIXED);
  }

  private static String prefix(String name) {
    return PREFIXES.keySet().stream().filter(name::startsWith).findFirst().orElse("");
  }

  private static String asked(String name) {
    String prefix = prefix(name);
    String rest = name.substring(prefix.length());
    TreeMap<Integer, String> near = new TreeMap<>();
    known(name).stream().sorted().forEach(other -> near.putIfAbsent(distance(rest, other), other));
    return near.firstKey() <= NEAR
        ? "%s (%s%s?)".formatted(name, prefix, near.firstEntry().getValue())
        : name;
  }

  /** The number of letters to add, remove or replace (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static Set<String> topicConfigs() {
    Set<String> names = new HashSet<>();
    for (Field field : TopicConfig.class.getFields()) {
      if (field.getName().endsWith("_CONFIG")) {
        try {
          names.add((String) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("Not a public constant: " + field, e);
        }
      }
    }
    return Set.copyOf(names);
  }
}
