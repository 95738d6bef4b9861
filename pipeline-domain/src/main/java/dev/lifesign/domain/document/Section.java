package dev.lifesign.domain.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A section of a document: named values, read one by one, each with a default. A wrong value is
 * reported as a {@link Fault} and replaced by its default, so that all faults are found at once;
 * {@link #close()} reports unknown keys.
 */
public final class Section {

  private final String path;
  private final ObjectNode node;
  private final List<Fault> faults;
  private final Set<String> readKeys = new LinkedHashSet<>();

  Section(String path, ObjectNode node, List<Fault> faults) {
    this.path = path;
    this.node = node;
    this.faults = faults;
  }

  /** Whether the key has a value other than null. */
  public boolean has(String key) {
    readKeys.add(key);
    return node.hasNonNull(key);
  }

  /** The section at a key; an empty one if there is none. */
  public Section section(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return new Section(pathOf(key), JsonNodeFactory.instance.objectNode(), faults);
    }
    if (value instanceof ObjectNode object) {
      return new Section(pathOf(key), object, faults);
    }
    fault(key, "expected keys and values, but it is " + shown(value));
    return new Section(pathOf(key), JsonNodeFactory.instance.objectNode(), faults);
  }

  /** The sections of a list; none if there is no list. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(key)) {
      String place = pathOf(key) + "[" + index++ + "]";
      if (element instanceof ObjectNode object) {
        sections.add(new Section(place, object, faults));
      } else {
        faults.add(new Fault(place, "expected keys and values, but it is " + shown(element)));
      }
    }
    return sections;
  }

  /** Text. */
  public String text(String key, String defaultValue) {
    JsonNode value = value(key);
    if (value == null) {
      return defaultValue;
    }
    if (value.isValueNode()) {
      return value.asText();
    }
    fault(key, "expected text, but it is " + shown(value));
    return defaultValue;
  }

  /** Text that is required and not empty. */
  public String requiredText(String key) {
    String text = text(key, "");
    if (text.isEmpty()) {
      fault(key, "expected a value, but it is missing; set it");
    }
    return text;
  }

  /** A whole number of at least {@code min}. */
  public long integer(String key, long defaultValue, long min) {
    JsonNode value = value(key);
    if (value == null) {
      return defaultValue;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      fault(key, "expected a whole number, but it is " + shown(value));
      return defaultValue;
    }
    if (value.longValue() < min) {
      fault(key, "expected " + min + " or more, but it is " + value.longValue());
      return defaultValue;
    }
    return value.longValue();
  }

  /** A decimal number above 0. */
  public BigDecimal positive(String key, BigDecimal defaultValue) {
    return atLeast(key, defaultValue, 1, "expected a number above 0, but it is ");
  }

  /** A decimal number of 0 or more. */
  public BigDecimal notNegative(String key, BigDecimal defaultValue) {
    return atLeast(key, defaultValue, 0, "expected a number of 0 or more, but it is ");
  }

  private BigDecimal atLeast(String key, BigDecimal defaultValue, int sign, String expected) {
    JsonNode value = value(key);
    if (value == null) {
      return defaultValue;
    }
    if (!value.isNumber() || isNotFinite(value)) {
      fault(key, "expected a number, but it is " + shown(value));
      return defaultValue;
    }
    if (value.decimalValue().signum() < sign) {
      fault(key, expected + shown(value));
      return defaultValue;
    }
    return value.decimalValue();
  }

  /** Numbers by name, each at least {@code min}: 0, or the smallest number above it. */
  public Map<String, BigDecimal> numbers(String key, double min) {
    Section section = section(key);
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    section
        .node
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (!value.isNumber() || isNotFinite(value)) {
                section.fault(entry.getKey(), "expected a number, but it is " + shown(value));
              } else if (value.doubleValue() < min) {
                section.fault(
                    entry.getKey(),
                    (min > 0 ? "expected a number above 0" : "expected a number of 0 or more")
                        + ", but it is "
                        + shown(value));
              } else {
                numbers.put(entry.getKey(), value.decimalValue());
              }
            });
    return numbers;
  }

  /** Text by name. */
  public Map<String, String> texts(String key) {
    Section section = section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    section.node.fieldNames().forEachRemaining(name -> texts.put(name, section.text(name, "")));
    return texts;
  }

  /** The numbers of a list. */
  public List<BigDecimal> numberList(String key) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (JsonNode element : elements(key)) {
      if (!element.isNumber() || isNotFinite(element)) {
        fault(key, "expected numbers, but one is " + shown(element));
        return List.of();
      }
      numbers.add(element.decimalValue());
    }
    return numbers;
  }

  /** The texts of a list. */
  public List<String> textList(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(key)) {
      if (!element.isValueNode() || element.isNull()) {
        fault(key, "expected texts, but one is " + shown(element));
        return List.of();
      }
      texts.add(element.asText());
    }
    return texts;
  }

  /** An ISO 8601 duration of 0 or more, in milliseconds. */
  public long duration(String key, String defaultValue) {
    return durationOf(key, text(key, defaultValue), defaultValue);
  }

  /** An ISO 8601 duration longer than 0, in milliseconds. */
  public long positiveDuration(String key, String defaultValue) {
    long millis = duration(key, defaultValue);
    if (millis == 0) {
      fault(key, "expected a duration longer than 0, but it is " + text(key, defaultValue));
      return Duration.parse(defaultValue).toMillis();
    }
    return millis;
  }

  /** An ISO 8601 duration of whole days, at least one, in milliseconds. */
  public long wholeDays(String key, String defaultValue) {
    long millis = positiveDuration(key, defaultValue);
    long day = Duration.ofDays(1).toMillis();
    if (millis % day != 0) {
      fault(
          key,
          "expected whole days, since windows are whole days, but it is "
              + text(key, defaultValue));
      return Duration.parse(defaultValue).toMillis();
    }
    return millis;
  }

  /** An ISO 8601 duration in milliseconds, or empty for null. */
  public OptionalLong optionalDuration(String key) {
    return has(key) ? OptionalLong.of(duration(key, "PT0S")) : OptionalLong.empty();
  }

  /** One of a set of names. */
  public <T> T choice(String key, T defaultValue, List<T> choices, Function<T, String> name) {
    String text = text(key, name.apply(defaultValue));
    for (T choice : choices) {
      if (name.apply(choice).equals(text)) {
        return choice;
      }
    }
    fault(
        key,
        "expected one of "
            + String.join(", ", choices.stream().map(name).toList())
            + ", but it is "
            + text);
    return defaultValue;
  }

  /** Reports a fault in the value of a key. */
  public void fault(String key, String message) {
    faults.add(new Fault(pathOf(key), message));
  }

  /** The keys of this section. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Whether the value of the key is a plain value, or missing, rather than a list or a section. */
  public boolean isPlain(String key) {
    readKeys.add(key);
    return !node.path(key).isContainerNode();
  }

  /** Whether the value of the key is a list. */
  public boolean isList(String key) {
    readKeys.add(key);
    return node.path(key).isArray();
  }

  /**
   * All plain values below this section, by dotted path; a list is a fault, and null is left out.
   */
  public Map<String, String> flat() {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", node, flat);
    return flat;
  }

  private void flatten(String prefix, JsonNode section, Map<String, String> flat) {
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(key + ".", value, flat);
      } else if (value.isArray()) {
        fault(key, "expected a single value, but it is a list");
      } else if (!value.isNull()) {
        if (flat.put(key, value.asText()) != null) {
          fault(key, "is set twice, once in sections and once with dots; keep one");
        }
      }
    }
  }

  /** Reports the keys that were never read. */
  public void close() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!readKeys.contains(name)) {
        fault(name, "unknown key; expected one of " + String.join(", ", readKeys));
      }
    }
  }

  private long durationOf(String key, String text, String defaultValue) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        fault(key, "expected a duration of 0 or more, but it is " + text);
      } else if (duration.toNanosPart() % 1_000_000 != 0) {
        fault(key, "expected whole milliseconds, but it is " + text);
      } else {
        return duration.toMillis();
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      fault(
          key,
          "expected an ISO 8601 duration in days, hours, minutes or seconds, such as P30D or"
              + " PT36H, but it is "
              + text);
    }
    return Duration.parse(defaultValue).toMillis();
  }

  private JsonNode value(String key) {
    return has(key) ? node.get(key) : null;
  }

  private Iterable<JsonNode> elements(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      fault(key, "expected a list, but it is " + shown(value));
      return List.of();
    }
    return value;
  }

  private static boolean isNotFinite(JsonNode value) {
    return value.isFloatingPointNumber()
        && !value.isBigDecimal()
        && !Double.isFinite(value.doubleValue());
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  /** The path of a key in the document. */
  public String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
