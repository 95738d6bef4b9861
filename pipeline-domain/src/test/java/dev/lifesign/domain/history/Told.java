package dev.lifesign.domain.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is told of an alert, as text by the name of the field, so that two implementations compare.
 *
 * @param fields by name; what is absent is empty
 * @param valueAtStake apart, since two ways to sum a series may differ in the last digit
 */
public record Told(Map<String, String> fields, long valueAtStake) {

  /** Fields in the order of writing. */
  static final class Writer {
    private final Map<String, String> fields = new LinkedHashMap<>();

    Writer with(String name, Object value) {
      fields.put(name, value == null ? "" : String.valueOf(value));
      return this;
    }

    Writer at(String name, Long instant) {
      return with(
          name, instant == null || instant == Long.MIN_VALUE ? "" : Instant.ofEpochMilli(instant));
    }

    Told told(long valueAtStake) {
      return new Told(fields, valueAtStake);
    }
  }

  /** A field. */
  public String get(String name) {
    if (!fields.containsKey(name)) {
      throw new IllegalArgumentException("Expected one of " + fields.keySet() + ", not " + name);
    }
    return fields.get(name);
  }

  /** The same without one of the fields. */
  public Told without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(fields);
    fewer.remove(name);
    return new Told(fewer, valueAtStake);
  }

  /**
   * Facts by case where one command or policy ends several alerts at once; their order does not
   * matter.
   */
  public static List<Told> ordered(List<Told> told) {
    List<Told> ordered = new ArrayList<>();
    List<Told> run = new ArrayList<>();
    for (Told one : told) {
      boolean atOnce = one.get("change").equals("ERASED") || one.get("clearedBy").equals("POLICY");
      if (!run.isEmpty() && (!atOnce || !run.get(0).get("at").equals(one.get("at")))) {
        run.sort(Comparator.comparing(each -> each.get("case")));
        ordered.addAll(run);
        run.clear();
      }
      (atOnce ? run : ordered).add(one);
    }
    run.sort(Comparator.comparing(each -> each.get("case")));
    ordered.addAll(run);
    return ordered;
  }

  @Override
  public String toString() {
    return fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" "))
        + " value="
        + valueAtStake;
  }
}
