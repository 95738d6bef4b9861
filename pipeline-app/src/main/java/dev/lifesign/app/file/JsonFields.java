package dev.lifesign.app.file;

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

/**
 * The fields of a JSON object. Texts and whole numbers are kept as they are read, without a tree of
 * nodes: files of events have little else.
 */
final class JsonFields {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** For a value within an object, behind which there is more. */
  private static final ObjectMapper WITHIN =
      JSON.copy().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int USUAL = 12;

  private String[] names = new String[USUAL];

  /** Of the names: most names are told apart by them alone. */
  private int[] hashes = new int[USUAL];

  /** A String, a Long, or the JsonNode of anything else but null. */
  private Object[] values = new Object[USUAL];

  private int size;

  private JsonFields() {}

  /** How a text is opened. */
  private interface Opening {
    JsonParser open() throws IOException;
  }

  /**
   * Reads a text.
   *
   * @return the fields, or empty if it is JSON but no object
   * @throws JsonProcessingException if it is no JSON, there is more behind it, or it has a field
   *     twice
   */
  static Optional<JsonFields> read(String text) throws JsonProcessingException {
    return read(text, () -> JSON.createParser(text));
  }

  /**
   * Reads a text of ASCII from its bytes.
   *
   * @param text the same
   * @param from where its bytes begin; there are as many as it has characters
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
    // Whatever is not plain is read as a tree, which says best what is wrong with it.
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

  /** Whether it is an object with each field once, and nothing behind it. */
  private boolean readPlain(Opening plain) {
    try (JsonParser parser = plain.open()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (place(name) >= 0) {
          return false;
        }
        add(name, value(parser, parser.nextToken()));
      }
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory is read", e);
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

  private int place(String name) {
    int hash = name.hashCode();
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash && names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value; null where there is none, or it is null. */
  private Object get(String name) {
    int place = place(name);
    boolean none = place < 0 || (values[place] instanceof JsonNode node && node.isNull());
    return none ? null : values[place];
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return get(name) != null;
  }

  /** A text, or what is written for another value; empty for none; null for a list or an object. */
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

  /** The fields of each object in a list; no fields for what is no object. */
  List<JsonFields> list(String name) {
    List<JsonFields> list = new ArrayList<>();
    if (get(name) instanceof JsonNode node) {
      node.forEach(item -> list.add(of(item)));
    }
    return list;
  }

  /** The value as JSON; {@code null} where there is none. */
  String json(String name) {
    int place = place(name);
    if (place < 0) {
      return "null";
    }
    return values[place] instanceof String text
        ? TextNode.valueOf(text).toString()
        : values[place] instanceof Long number
            ? LongNode.valueOf(number).toString()
            : values[place].toString();
  }
}
