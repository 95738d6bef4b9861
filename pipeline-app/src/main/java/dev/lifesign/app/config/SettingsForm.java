package dev.lifesign.app.config;

import dev.lifesign.app.config.SettingsLayers.Effective;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.time.Instants;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Creates settings from texts; a text that is not valid becomes a fault that names where it was
 * set.
 */
final class SettingsForm {

  private static final String PREFIX = "[a-zA-Z0-9._-]{1,100}";

  /** A send blocks for up to a minute (max.block.ms); after that, the record is started again. */
  private static final Duration SHORTEST_STALL = Duration.ofMinutes(2);

  /** The maximum percentage of the heap that stores may use. */
  private static final int MOST_OF_HEAP = 60;

  /** Properties of Kafka Streams that Lifesign sets itself, and what to do instead. */
  private static final Map<String, String> ELSEWHERE =
      new TreeMap<>(
          Map.of(
              "application.id", "set applicationId",
              "bootstrap.servers", "set bootstrapServers",
              "state.dir", "set stateDir",
              "application.server", "set http.advertised",
              "default.client.supplier",
                  "leave it out, because Lifesign needs its own consumer to see hidden events"));

  private final Map<String, Effective> values;
  private final List<String> faults;

  SettingsForm(Map<String, Effective> values, List<String> faults) {
    this.values = values;
    this.faults = faults;
  }

  Settings settings() {
    Map<String, String> kafka = open("kafka");
    Map<String, String> registry = open("registry");
    if (!registry.containsKey("schema.registry.url")) {
      faults.add(
          "registry.schema.registry.url: missing; set it to an address such as http://localhost:8081");
    }
    if ("-1".equals(kafka.get("max.task.idle.ms"))) {
      fault(
          "kafka.max.task.idle.ms",
          "-1 lets ticks overtake events that have not been fetched yet, so that active customers"
              + " would be reported as silent; remove it");
    }
    ELSEWHERE.forEach(
        (property, instead) -> {
          if (kafka.containsKey(property)) {
            fault("kafka." + property, "has no effect; " + instead);
          }
        });
    return new Settings(
        text(Setting.APPLICATION_ID),
        path(Setting.POLICY, "a policy file, such as the output of lifesign policy preset retail"),
        new Settings.Clients(
            required(Setting.BOOTSTRAP_SERVERS, "brokers such as kafka1:9092,kafka2:9092"),
            text(Setting.SERDE),
            kafka,
            registry),
        new Settings.State(
            path(Setting.STATE_DIR, "a folder of this instance's own, such as /var/lib/lifesign"),
            flag(Setting.TEMPORARY_STATE)),
        topics(),
        new Settings.Processing(
            duration(Setting.SETTLE),
            duration(Setting.TRANSACTION_WAIT),
            stalledAfter(),
            flag(Setting.LEAVE_GROUP_ON_STOP),
            duration(Setting.ERASED_FOR)),
        new Settings.Output(instant(Setting.MUTED_UNTIL), flag(Setting.TELL_PROFILES)),
        http(),
        memory(),
        choice(Setting.LOGS, Settings.LogFormat.values()));
  }

  private Duration stalledAfter() {
    Duration duration = duration(Setting.STALLED_AFTER);
    if (duration.compareTo(SHORTEST_STALL) < 0) {
      fault(
          Setting.STALLED_AFTER.key(),
          "%s is too short, since a record may wait up to a minute for brokers or the registry; set it to %s or more"
              .formatted(text(Setting.STALLED_AFTER), SHORTEST_STALL));
    }
    return duration;
  }

  private Settings.TopicSettings topics() {
    return new Settings.TopicSettings(
        new Topics(prefix(Setting.TOPICS_INPUT_PREFIX), prefix(Setting.TOPICS_OUTPUT_PREFIX)),
        integer(Setting.TOPICS_PARTITIONS, 1, 100_000),
        integer(Setting.TOPICS_REPLICATION, 1, Short.MAX_VALUE),
        flag(Setting.CHECK_PARTITION));
  }

  private Settings.Http http() {
    return new Settings.Http(
        text(Setting.HTTP_HOST),
        integer(Setting.HTTP_PORT, 0, 65_535),
        optional(Setting.HTTP_ADVERTISED),
        optional(Setting.HTTP_API_KEY),
        duration(Setting.HTTP_MAX_STALE));
  }

  private Settings.StoreMemory memory() {
    long cache = integer(Setting.ROCKSDB_BLOCK_CACHE, 8, 1 << 20);
    long buffers = integer(Setting.ROCKSDB_WRITE_BUFFERS, 4, 1 << 20);
    if (buffers > cache) {
      fault(
          Setting.ROCKSDB_WRITE_BUFFERS.key(),
          "(%d) is more than rocksdb.blockCacheMiB (%d), of which it is a part; lower it"
              .formatted(buffers, cache));
    }
    return new Settings.StoreMemory(cache << 20, buffers << 20, heap());
  }

  private HeapBudget heap() {
    int customers = integer(Setting.HEAP_CUSTOMERS, 0, MOST_OF_HEAP);
    int deadlines = integer(Setting.HEAP_DEADLINES, 0, MOST_OF_HEAP);
    if (customers + deadlines > MOST_OF_HEAP) {
      fault(
          Setting.HEAP_DEADLINES.key(),
          "(%d) and heap.customersPercent (%d) are more than %d together, which leaves too little heap for processing; lower one of them"
              .formatted(deadlines, customers, MOST_OF_HEAP));
    }
    long unwritten = integer(Setting.HEAP_UNWRITTEN, 1, 1 << 20);
    return HeapBudget.ofHeap(customers, deadlines, unwritten << 20);
  }

  private Map<String, String> open(String section) {
    Map<String, String> properties = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(section + ".")) {
            properties.put(key.substring(section.length() + 1), value.text());
          }
        });
    return properties;
  }

  private String text(Setting setting) {
    return optional(setting).orElse("");
  }

  private Optional<String> optional(Setting setting) {
    return Optional.ofNullable(values.get(setting.key()))
        .map(Effective::text)
        .filter(text -> !text.isBlank());
  }

  private String required(Setting setting, String example) {
    Optional<String> text = optional(setting);
    if (text.isEmpty()) {
      fault(
          setting.key(),
          "missing; set it to %s in the file, as %s, or with --set %s=…"
              .formatted(example, setting.variable(), setting.key()));
    }
    return text.orElse("");
  }

  private Path path(Setting setting, String example) {
    String text = required(setting, example);
    return text.isEmpty() ? Path.of("") : values.get(setting.key()).home().resolve(text);
  }

  private String prefix(Setting setting) {
    String text = text(setting);
    if (!text.matches(PREFIX)) {
      invalid(setting, "use 1 to 100 letters, digits, dots, dashes and underscores");
    }
    return text;
  }

  private boolean flag(Setting setting) {
    String text = text(setting);
    if (!text.equals("true") && !text.equals("false")) {
      invalid(setting, "set it to true or false");
    }
    return text.equals("true");
  }

  private int integer(Setting setting, int min, int max) {
    String text = text(setting);
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    invalid(setting, "set it to a whole number from %d to %d".formatted(min, max));
    return min;
  }

  private Duration duration(Setting setting) {
    try {
      Duration duration = Duration.parse(text(setting));
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Reported below, like a negative duration.
    }
    invalid(setting, "set it to an ISO 8601 duration of 0 or more, such as PT2M");
    return Duration.ZERO;
  }

  private long instant(Setting setting) {
    Optional<String> text = optional(setting);
    try {
      return text.map(value -> Instant.parse(value).toEpochMilli()).orElse(Instants.NEVER);
    } catch (DateTimeException e) {
      invalid(setting, "set it to an instant such as 2026-03-01T00:00:00Z");
      return Instants.NEVER;
    }
  }

  private <T extends Enum<T>> T choice(Setting setting, T[] choices) {
    String text = text(setting);
    for (T choice : choices) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
        return choice;
      }
    }
    invalid(setting, "set it to one of " + List.of(choices).toString().toLowerCase(Locale.ROOT));
    return choices[0];
  }

  private void invalid(Setting setting, String advice) {
    String text = text(setting);
    fault(setting.key(), (text.isEmpty() ? "an empty value" : text) + " is not valid; " + advice);
  }

  private void fault(String key, String message) {
    Effective value = values.get(key);
    String where =
        value == null || value.origin().endsWith(key)
            ? value == null ? key : value.origin()
            : value.origin() + ": " + key;
    faults.add(where + ": " + message);
  }
}
