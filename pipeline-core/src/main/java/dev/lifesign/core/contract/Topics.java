package dev.lifesign.core.contract;

import dev.lifesign.domain.event.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of all topics. Inputs are shared; outputs and control topics belong to one application.
 * A second application, which reprocesses the inputs, can have its own under another prefix.
 */
public final class Topics {

  /** The standard names (semantics §2). */
  public static final Topics STANDARD = new Topics("lifesign.", "lifesign.");

  private final Map<Family, String> byFamily;
  private final Map<String, Family> byName;
  private final String commands;
  private final String outputPrefix;

  /**
   * Topics with the given prefixes.
   *
   * @param inputPrefix the prefix of the inputs, such as {@code lifesign.}
   * @param outputPrefix the prefix of outputs and control topics
   */
  public Topics(String inputPrefix, String outputPrefix) {
    this.byFamily =
        Arrays.stream(Family.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), f -> inputPrefix + name(f)));
    this.byName =
        byFamily.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    this.commands = inputPrefix + "commands";
    this.outputPrefix = outputPrefix;
  }

  private static String name(Family family) {
    return switch (family) {
      case PURCHASE -> "purchases";
      case SUBSCRIPTION -> "subscriptions";
      case SUPPORT -> "support";
      case SOCIAL -> "social";
      case CONTACT -> "contacts";
      case FEEDBACK -> "feedback";
      case LOYALTY -> "loyalty";
    };
  }

  /** Status changes. */
  public String statusChanges() {
    return outputPrefix + "status-changes";
  }

  /** Changes of segments. */
  public String segmentChanges() {
    return outputPrefix + "segment-changes";
  }

  /** What happened to alerts. */
  public String churnAlerts() {
    return outputPrefix + "churn-alerts";
  }

  /** The latest profile of each customer. */
  public String customerProfiles() {
    return outputPrefix + "customer-profiles";
  }

  /** Input records that were rejected. */
  public String deadLetters() {
    return outputPrefix + "dead-letters";
  }

  /** The records that operators have chosen to skip. */
  public String skips() {
    return outputPrefix + "skips";
  }

  /** The counts of each partition's population, from which the cut points are taken. */
  public String population() {
    return outputPrefix + "population";
  }

  /** Ticks, policies and cut points. */
  public String control() {
    return outputPrefix + "control";
  }

  /** The input topic of a family. */
  public String of(Family family) {
    return byFamily.get(family);
  }

  /** The family of a topic of events; empty if the topic is not one. */
  public Optional<Family> family(String topic) {
    return Optional.ofNullable(byName.get(topic));
  }

  /** What people and systems ask for; an input, like the topics of events. */
  public String commands() {
    return commands;
  }

  /** The answers to commands. */
  public String commandResults() {
    return outputPrefix + "command-results";
  }

  /** The input topics of events, in the order of the families. */
  public List<String> events() {
    return Arrays.stream(Family.values()).map(byFamily::get).toList();
  }

  /** All input topics: those of events, then that of commands. */
  public List<String> inputs() {
    return Stream.concat(events().stream(), Stream.of(commands)).toList();
  }

  /** The topics that keep past records about customers: all inputs, and outputs with history. */
  public List<String> keepingHistory() {
    return Stream.concat(
            inputs().stream(),
            outputs().stream().filter(topic -> !topic.equals(customerProfiles())))
        .toList();
  }

  /** All output topics. */
  public List<String> outputs() {
    return List.of(
        statusChanges(),
        churnAlerts(),
        segmentChanges(),
        customerProfiles(),
        commandResults(),
        deadLetters());
  }
}
