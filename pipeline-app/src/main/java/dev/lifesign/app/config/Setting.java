package dev.lifesign.app.config;

import dev.lifesign.core.contract.HeapBudget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting by its name in the file. {@code kafka.} and {@code registry.} are open: they may be
 * followed by any property of Kafka's clients or of the serde.
 */
enum Setting {
  APPLICATION_ID("applicationId", "lifesign"),
  BOOTSTRAP_SERVERS("bootstrapServers", ""),
  SERDE("serde", Settings.OWN_SERDE),
  POLICY("policy", ""),
  STATE_DIR("stateDir", ""),
  TEMPORARY_STATE("temporaryState", "false"),
  CHECK_PARTITION("checkPartition", "true"),
  SETTLE("settle", "PT2M"),
  TRANSACTION_WAIT("transactionWait", "PT15M"),
  MUTED_UNTIL("mutedUntil", ""),
  TELL_PROFILES("tellProfiles", "true"),
  LEAVE_GROUP_ON_STOP("leaveGroupOnStop", "false"),
  STALLED_AFTER("stalledAfter", "PT5M"),
  ERASED_FOR("erasedFor", "P30D"),
  LOGS("logs", "text"),
  TOPICS_PARTITIONS("topics.partitions", "12"),
  TOPICS_REPLICATION("topics.replication", "3"),
  TOPICS_INPUT_PREFIX("topics.inputPrefix", "lifesign."),
  TOPICS_OUTPUT_PREFIX("topics.outputPrefix", "lifesign."),
  HTTP_HOST("http.host", "127.0.0.1"),
  HTTP_PORT("http.port", "8080"),
  HTTP_ADVERTISED("http.advertised", ""),
  HTTP_API_KEY("http.apiKey", ""),
  HTTP_MAX_STALE("http.maxStale", "PT5M"),
  ROCKSDB_BLOCK_CACHE("rocksdb.blockCacheMiB", "1024"),
  ROCKSDB_WRITE_BUFFERS("rocksdb.writeBuffersMiB", "192"),
  HEAP_CUSTOMERS("heap.customersPercent", String.valueOf(HeapBudget.CUSTOMERS_PERCENT)),
  HEAP_DEADLINES("heap.deadlinesPercent", String.valueOf(HeapBudget.DEADLINES_PERCENT)),
  HEAP_UNWRITTEN("heap.unwrittenMiB", String.valueOf(HeapBudget.UNWRITTEN_MIB));

  /** Sections whose keys are properties of Kafka or of the serde. */
  static final List<String> OPEN = List.of("kafka", "registry");

  private static final String ENVIRONMENT = "LIFESIGN_";

  /** Variables that are read by the launcher, the command line or the logging configuration. */
  private static final List<String> NO_SETTINGS =
      List.of(
          "LIFESIGN_JAVA_OPTS",
          "LIFESIGN_LOG_LEVEL",
          "LIFESIGN_KAFKA_LOG_LEVEL",
          "LIFESIGN_CONFIG",
          "LIFESIGN_URL",
          "LIFESIGN_API_KEY");

  private final String key;
  private final String defaultValue;

  Setting(String key, String defaultValue) {
    this.key = key;
    this.defaultValue = defaultValue;
  }

  /** The name in the file. */
  String key() {
    return key;
  }

  /** The default value; empty for a setting without one. */
  String defaultValue() {
    return defaultValue;
  }

  /**
   * The name of the environment variable; {@code LIFESIGN_HTTP_API_KEY} for {@code http.apiKey}.
   */
  String variable() {
    return ENVIRONMENT
        + key.replace("MiB", "_MIB")
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .replaceAll("[.]_?", "_")
            .toUpperCase(Locale.ROOT)
            .replace("__", "_");
  }

  static Stream<Setting> all() {
    return Arrays.stream(values());
  }

  static boolean isKnown(String key) {
    return OPEN.stream().anyMatch(open -> key.startsWith(open + "."))
        || all().anyMatch(setting -> setting.key.equals(key));
  }

  /** Whether an environment variable is meant as a setting. */
  static boolean isVariable(String name) {
    return name.startsWith(ENVIRONMENT) && !NO_SETTINGS.contains(name);
  }

  /** The key for an environment variable; empty if there is no such setting. */
  static Optional<String> ofVariable(String name) {
    for (String open : OPEN) {
      String prefix = ENVIRONMENT + open.toUpperCase(Locale.ROOT) + "_";
      if (name.startsWith(prefix)) {
        return Optional.of(
            open
                + "."
                + name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
      }
    }
    return all().filter(setting -> setting.variable().equals(name)).map(Setting::key).findFirst();
  }

  /** Whether the value of a key must not be shown. */
  static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return Stream.of(
            "password", "secret", "jaas", "apikey", "token", "user.info", "credential", ".key")
        .anyMatch(lower::contains);
  }
}
