package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Documents;
import dev.lifesign.domain.document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which policy files a build understands, as a number that grows with what can be written in them.
 * A policy is published with the least format that it needs, so that a build that reads only lower
 * ones can say so rather than misread it. Builds are compared by this number since two snapshots
 * bear the same version.
 */
public final class PolicyFormat {

  /** What every build understands. */
  public static final int FIRST = 1;

  /**
   * What can be written since a later format than the first: the path of a key, such as {@code
   * lifecycle.risk.return}, of one in the sections of a list, {@code cases[].owner}, or of a value,
   * {@code lifecycle.risk.method=return}.
   */
  static final Map<String, Integer> SINCE =
      since(
          List.of(
              "language",
              "language=en",
              "language=fa",
              "language=ar",
              "calendar",
              "calendar.zone",
              "calendar.weekStart",
              "calendar.weekStart=MONDAY",
              "calendar.weekStart=TUESDAY",
              "calendar.weekStart=WEDNESDAY",
              "calendar.weekStart=THURSDAY",
              "calendar.weekStart=FRIDAY",
              "calendar.weekStart=SATURDAY",
              "calendar.weekStart=SUNDAY",
              "calendar.weekend",
              "calendar.months",
              "calendar.months=gregorian",
              "calendar.months=persian"),
          List.of(
              "lifecycle.risk.method=return",
              "lifecycle.risk.return",
              "lifecycle.risk.return.within",
              "lifecycle.risk.return.below",
              "lifecycle.risk.return.min",
              "lifecycle.risk.return.max"),
          List.of(
              "cases",
              "cases[].id",
              "cases[].cooldown",
              "cases[].timeToLive",
              "cases[].owner",
              "cases[].escalateTo",
              "cases[].due",
              "cases[].action",
              "cases[].action.play",
              "cases[].action.channel",
              "cases[].action.offer",
              "cases[].action.note",
              "cases[].holdout",
              "cases[].endsWhen",
              "cases[].severity",
              "cases[].ladder",
              "cases[].ladder[].id",
              "cases[].ladder[].when",
              "cases[].ladder[].when.status",
              "cases[].ladder[].when.status.in",
              "cases[].ladder[].when.status.reasons",
              "cases[].ladder[].when.segment",
              "cases[].ladder[].when.segment.in",
              "cases[].ladder[].when.pAlive",
              "cases[].ladder[].when.pAlive.below",
              "cases[].ladder[].when.activity",
              "cases[].ladder[].when.activity.below",
              "cases[].ladder[].when.activity.until",
              "cases[].ladder[].when.silence",
              "cases[].ladder[].when.silence.of",
              "cases[].ladder[].when.silence.of=PURCHASE",
              "cases[].ladder[].when.silence.of=TRANSACTION",
              "cases[].ladder[].when.silence.of=ACTIVITY",
              "cases[].ladder[].when.silence.of=USE",
              "cases[].ladder[].when.silence.for",
              "cases[].ladder[].when.renewal",
              "cases[].ladder[].when.renewal.ahead",
              "cases[].ladder[].when.anniversary",
              "cases[].ladder[].when.anniversary.ahead",
              "cases[].ladder[].dwell",
              "cases[].ladder[].severity",
              "cases[].ladder[].severity.byValue",
              "cases[].ladder[].severity=LOW",
              "cases[].ladder[].severity=MEDIUM",
              "cases[].ladder[].severity=HIGH",
              "cases[].ladder[].severity=CRITICAL",
              "cases[].ladder[].filter",
              "cases[].ladder[].due",
              "cases[].ladder[].onPublish",
              "cases[].on",
              "cases[].on.match",
              "cases[].on.count",
              "cases[].on.within"));

  /** The highest format that this build reads. */
  public static final int NEWEST =
      SINCE.values().stream().mapToInt(Integer::intValue).max().orElse(FIRST);

  private PolicyFormat() {}

  /** The least format that a build must read to understand a policy file. */
  public static int leastFor(String text) {
    return leastFor(text, SINCE);
  }

  static int leastFor(String text, Map<String, Integer> since) {
    Section root = Documents.read(text, new ArrayList<>());
    return since.entrySet().stream()
        .filter(feature -> uses(root, feature.getKey()))
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(FIRST);
  }

  /** What each format after the first has added, in their order. */
  @SafeVarargs
  private static Map<String, Integer> since(List<String>... added) {
    Map<String, Integer> since = new HashMap<>();
    for (int i = 0; i < added.length; i++) {
      for (String path : added[i]) {
        since.put(path, FIRST + 1 + i);
      }
    }
    return Map.copyOf(since);
  }

  private static boolean uses(Section section, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      int equals = path.indexOf('=');
      return equals < 0
          ? section.keys().contains(path)
          : section.text(path.substring(0, equals), "").equals(path.substring(equals + 1));
    }
    String key = path.substring(0, dot);
    String rest = path.substring(dot + 1);
    return key.endsWith("[]")
        ? section.sections(key.substring(0, key.length() - 2)).stream()
            .anyMatch(each -> uses(each, rest))
        : uses(section.section(key), rest);
  }
}
