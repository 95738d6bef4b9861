package dev.lifesign.lab.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fields of a JSON object. Text and whole numbers, which make up most of a file of events, are
 * stored as such, without a tree of nodes.
 */
final class JsonFields {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** For a value inside an object, which more text follows. */
  private static final ObjectMapper WITHIN =
      JSON.copy().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int INITIAL_CAPACITY = 12;

  private String[] names = new String[INITIAL_CAPACITY];

  /** The hashes of the names, which distinguish most names without comparing them. */
  private int[] hashes = new int[INITIAL_CAPACITY];

  /** A String, a Long, or the JsonNode of any other value. */
  private Object[] values = new Object[INITIAL_CAPACITY];

  private int size;

  private JsonFields() {}

  /** Opens a parser. */
  private interface Opening {
    JsonParser open() throws IOException;
  }

  /**
   * Reads text.
   *
   * @return the fields, or empty if it is JSON but not an object
   * @throws JsonProcessingException if it is not JSON, if more follows it, or if a field occurs
   *     twice
   */
  static Optional<JsonFields> read(String text) throws JsonProcessingException {
    return read(text, () -> JSON.createParser(text));
  }

  /**
   * Reads ASCII text from its bytes.
   *
   * @param text the text
   * @param from the offset of its bytes, one per character
   */
  static Optional<JsonFields> readAscii(String text, byte[] bytes, int from)
      throws JsonProcessingException {
    return read(text, () -> JSON.createParser(bytes, from, text.length()));
  }

  private static Optional<JsonFields> read(String text, Opening plain)
      throws JsonProcessingException {
    JsonFields fields = new JsonFields();
    if (fields.readPlain(plain)) {
      return Optional.of(fields);
    }
    // Anything else is read as a tree, which gives the best error message.
    JsonNode node = JSON.readTree(text);
    return node.isObject() ? Optional.of(of(node)) : Optional.empty();
  }

  private static JsonFields of(JsonNode object) {
    JsonFields fields = new JsonFields();
    object.properties().forEach(field -> fields.add(field.getKey(), plain(field.getValue())));
    return fields;
  }

  private static Object plain(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isIntegralNumber() && value.canConvertToLong()
        ? (Object) value.longValue()
        : value;
  }

  /** Reads the fields; true if it is an object with distinct fields and nothing after it. */
  private boolean readPlain(Opening plain) {
    try (JsonParser parser = plain.open()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (index(name) >= 0) {
          return false;
        }
        add(name, value(parser, parser.nextToken()));
      }
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Text in memory could not be read", e);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    return WITHIN.readTree(parser);
  }

  private void add(String name, Object value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    hashes[size] = name.hashCode();
    values[size] = value;
    size++;
  }

  private int index(String name) {
    int hash = name.hashCode();
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash && names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value; null if it is missing or null. */
  private Object get(String name) {
    int index = index(name);
    boolean none = index < 0 || (values[index] instanceof JsonNode node && node.isNull());
    return none ? null : values[index];
  }

  /** The names of the fields, in the order of the text. */
  Stream<String> names() {
    return Arrays.stream(names, 0, size);
  }

  /** Whether the field is present and not null. */
  boolean has(String name) {
    return get(name) != null;
  }

  /** Text, or the textual form of another value; empty if missing; null for a list or an object. */
  String text(String name) {
    Object value = get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof JsonNode node) {
      return node.isValueNode() ? node.asText() : null;
    }
    return value.toString();
  }

  /** A whole number within 64 bits; empty for anything else. */
  Optional<Long> whole(String name) {
    return get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  /** A number; empty for anything else. */
  Optional<Double> number(String name) {
    Object value = get(name);
    if (value instanceof Long number) {
      return Optional.of(number.doubleValue());
    }
    return value instanceof JsonNode node && node.isNumber()
        ? Optional.of(node.doubleValue())
        : Optional.empty();
  }

  /** The fields of each object in a list; empty if the value is not a list of objects. */
  Optional<List<JsonFields>> list(String name) {
    if (!(get(name) instanceof JsonNode node) || !node.isArray()) {
      return Optional.empty();
    }
    List<JsonFields> list = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isObject()) {
        return Optional.empty();
      }
      list.add(of(item));
    }
    return Optional.of(list);
  }

  /** The value as JSON; {@code null} if it is missing. */
  String json(String name) {
    int index = index(name);
    if (index < 0) {
      return "null";
    }
    return values[index] instanceof String text
        ? TextNode.valueOf(text).toString()
        : values[index] instanceof Long number
            ? LongNode.valueOf(number).toString()
            : values[index].toString();
  }
}
