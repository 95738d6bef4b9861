package dev.lifesign.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.domain.history.Histories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Schemas, answers of a registry and bytes, from sensible to absurd. */
public final class RandomSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PRIMITIVES =
      List.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");
  private static final int MOST_BYTES = 4_000;
  private static final int MOST_VALUES = 100_000;

  private final Random random;
  private int names;

  public RandomSchemas(Random random) {
    this.random = random;
  }

  /** What a registry might answer for an id. */
  public String answer(Schema base) {
    if (random.nextInt(50) == 0) {
      return List.of("", "null", "[]", "{}", "17", "<html>", "{\"schema\":7}", "{\"schema\":null}")
          .get(random.nextInt(8));
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("schema", text(base));
    switch (random.nextInt(20)) {
      case 0 -> answer.put("schemaType", "JSON");
      case 1 -> answer.put("schemaType", random.nextInt());
      case 2 -> answer.put("schemaType", "AVRO");
      case 3 -> answer.set("references", any(3));
      case 4, 5 -> {
        ArrayNode references = answer.putArray("references");
        for (int i = random.nextInt(4); i >= 0; i--) {
          references
              .addObject()
              .put("name", "x.N" + i)
              .put("subject", "s" + random.nextInt(3))
              .put("version", random.nextInt(3));
        }
      }
      default -> {}
    }
    return answer.toString();
  }

  /** What it might answer for a version that is referred to. */
  public String version() {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("schema", random.nextInt(4) == 0 ? any(3).toString() : type(4).toString());
    if (random.nextInt(3) == 0) {
      answer
          .putArray("references")
          .addObject()
          .put("subject", "s" + random.nextInt(3))
          .put("version", random.nextInt(3));
    }
    return answer.toString();
  }

  private String text(Schema base) {
    return switch (random.nextInt(10)) {
      case 0 -> base.toString();
      case 1 -> any(4).toString();
      case 2 -> type(5).toString();
      case 3 -> mangled(changed(base).toString());
      default -> changed(base).toString();
    };
  }

  private String mangled(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) (' ' + random.nextInt(95));
    }
    String mangled = new String(bytes, StandardCharsets.UTF_8);
    return random.nextInt(5) == 0 ? mangled.substring(0, random.nextInt(bytes.length)) : mangled;
  }

  /** A schema of ours as another team might have changed it. */
  private JsonNode changed(Schema base) {
    ObjectNode schema = object(base.toString());
    ArrayNode fields = (ArrayNode) schema.get("fields");
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(fields.size() + 1);
      switch (random.nextInt(6)) {
        case 0 -> fields.insert(at, field());
        case 1 -> fields.add(field());
        case 2 -> {
          if (at < fields.size()) {
            fields.remove(at);
          }
        }
        case 3 -> {
          if (at < fields.size()) {
            ((ObjectNode) fields.get(at)).set("type", type(3));
          }
        }
        case 4 -> {
          if (at < fields.size()) {
            ((ObjectNode) fields.get(at)).set("default", any(2));
          }
        }
        default -> schema.set(List.of("aliases", "doc", "namespace").get(i % 3), any(2));
      }
    }
    return schema;
  }

  private ObjectNode field() {
    ObjectNode field = JSON.createObjectNode();
    field.put("name", "f" + names++);
    field.set("type", type(4));
    if (random.nextInt(4) == 0) {
      field.set("default", any(2));
    }
    return field;
  }

  private JsonNode type(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(12);
    ObjectNode type = JSON.createObjectNode();
    switch (kind) {
      case 0, 1, 2 -> {
        return JSON.valueToTree(PRIMITIVES.get(random.nextInt(PRIMITIVES.size())));
      }
      case 3, 4 -> type.put("type", "array").set("items", type(depth - 1));
      case 5 -> type.put("type", "map").set("values", type(depth - 1));
      case 6, 7 -> {
        ArrayNode union = JSON.createArrayNode().add("null");
        for (int i = random.nextInt(3); i >= 0; i--) {
          union.add(type(depth - 1));
        }
        return union;
      }
      case 8 ->
          type.put("type", "fixed")
              .put("name", name())
              .put("size", (random.nextInt(8) - 1) << size());
      case 9 -> type.put("type", "enum").put("name", name()).putArray("symbols").add("A").add("B");
      case 10 -> {
        // One that is there, perhaps itself, or nowhere.
        return JSON.valueToTree("x.N" + random.nextInt(names + 2));
      }
      default -> {
        type.put("type", "record").put("name", name());
        ArrayNode fields = type.putArray("fields");
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.add(field(depth - 1));
        }
      }
    }
    if (random.nextInt(200) == 0) {
      type.put("logicalType", List.of("decimal", "uuid", "date", "big-decimal").get(names % 4));
    }
    return type;
  }

  private ObjectNode field(int depth) {
    ObjectNode field = JSON.createObjectNode();
    field.put("name", "f" + names++);
    field.set("type", type(depth));
    return field;
  }

  private int size() {
    return random.nextInt(20) == 0 ? 28 : 0;
  }

  private String name() {
    return "x.N" + names++;
  }

  /** Any JSON. */
  private JsonNode any(int depth) {
    switch (depth == 0 ? random.nextInt(5) : random.nextInt(7)) {
      case 0 -> {
        return JSON.nullNode();
      }
      case 1 -> {
        return JSON.valueToTree(random.nextInt());
      }
      case 2 -> {
        return JSON.valueToTree(
            List.of("", "record", "int", "x.N1", "dev.lifesign.schema.PurchaseEvent", "a b")
                .get(random.nextInt(6)));
      }
      case 3 -> {
        return JSON.valueToTree(random.nextBoolean());
      }
      case 4 -> {
        return JSON.valueToTree(random.nextDouble() * Long.MAX_VALUE);
      }
      case 5 -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(any(depth - 1));
        }
        return array;
      }
      default -> {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(
              List.of("type", "name", "fields", "items", "symbols", "size").get(random.nextInt(6)),
              any(depth - 1));
        }
        return object;
      }
    }
  }

  private static ObjectNode object(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many more values may be written for one record. */
  private int valuesLeft;

  /** Bytes that a record of a schema might have, counts beyond belief among them. */
  public byte[] bytes(Schema schema) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    valuesLeft = MOST_VALUES;
    try {
      write(schema, encoder, out, 0);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void write(Schema schema, BinaryEncoder encoder, ByteArrayOutputStream out, int depth)
      throws IOException {
    // A record that has itself in two fields doubles with each level, and writes no byte.
    if (out.size() > MOST_BYTES || depth > 60 || --valuesLeft < 0) {
      return;
    }
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          write(field.schema(), encoder, out, depth + 1);
        }
      }
      case ARRAY, MAP -> {
        long count = count();
        encoder.writeLong(count);
        if (count < 0) {
          encoder.writeLong(count());
        }
        for (long i = 0; i < Math.min(Math.abs(count), 3); i++) {
          if (schema.getType() == Schema.Type.MAP) {
            encoder.writeString("k" + i);
            write(schema.getValueType(), encoder, out, depth + 1);
          } else {
            write(schema.getElementType(), encoder, out, depth + 1);
          }
        }
        encoder.writeLong(random.nextInt(20) == 0 ? count() : 0);
      }
      case UNION -> {
        int branches = schema.getTypes().size();
        int branch =
            branches == 0 || random.nextInt(30) == 0 ? random.nextInt() : random.nextInt(branches);
        encoder.writeInt(branch);
        if (branch >= 0 && branch < branches) {
          write(schema.getTypes().get(branch), encoder, out, depth + 1);
        }
      }
      case ENUM -> encoder.writeInt(random.nextInt(20) == 0 ? random.nextInt() : 0);
      case FIXED -> encoder.writeFixed(new byte[Math.min(schema.getFixedSize(), 100)]);
      case STRING -> encoder.writeString(random.nextBoolean() ? "c1" : "e" + random.nextInt());
      case BYTES -> encoder.writeLong(random.nextInt(20) == 0 ? count() : 0);
      case INT -> encoder.writeInt(random.nextInt());
      case LONG ->
          encoder.writeLong(
              random.nextInt(5) > 0 ? Histories.START - random.nextInt(1_000) : random.nextLong());
      case FLOAT -> encoder.writeFloat(random.nextFloat());
      case DOUBLE -> encoder.writeDouble(random.nextDouble());
      case BOOLEAN -> encoder.writeBoolean(random.nextBoolean());
      case NULL -> encoder.writeNull();
    }
  }

  private long count() {
    return switch (random.nextInt(12)) {
      case 0 -> 1L << 60;
      case 1 -> Long.MIN_VALUE;
      case 2 -> Long.MAX_VALUE;
      case 3 -> random.nextLong();
      case 4 -> -random.nextInt(4);
      case 5 -> 100_001;
      default -> random.nextInt(3);
    };
  }
}
