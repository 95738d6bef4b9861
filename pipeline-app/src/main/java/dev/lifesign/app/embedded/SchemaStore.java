package dev.lifesign.app.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** The schemas of the embedded registry, stored in an append-only file of JSON lines. */
final class SchemaStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Schema> byId = new ArrayList<>();
  private final Map<String, List<Integer>> versions = new LinkedHashMap<>();
  private final Map<String, String> levels = new LinkedHashMap<>();

  SchemaStore(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          load(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The registry's file " + file + " cannot be read", e);
    }
  }

  private void load(String line) throws IOException {
    JsonNode entry = JSON.readTree(line);
    if (entry.has("level")) {
      levels.put(entry.path("subject").asText(), entry.path("level").asText());
    } else {
      add(entry.path("subject").asText(), parse(entry.path("schema").asText()));
    }
  }

  static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  synchronized List<String> subjects() {
    return List.copyOf(versions.keySet());
  }

  synchronized Optional<Schema> schema(int id) {
    return id >= 1 && id <= byId.size() ? Optional.of(byId.get(id - 1)) : Optional.empty();
  }

  /** The ids of a subject's versions, oldest first; empty for an unknown subject. */
  synchronized List<Integer> versions(String subject) {
    return List.copyOf(versions.getOrDefault(subject, List.of()));
  }

  synchronized String level(String subject) {
    return levels.getOrDefault(subject, levels.getOrDefault("", "BACKWARD"));
  }

  synchronized void setLevel(String subject, String level) {
    levels.put(subject, level);
    append(JSON.createObjectNode().put("subject", subject).put("level", level).toString());
  }

  synchronized Optional<Integer> idOf(String subject, Schema schema) {
    return versions.getOrDefault(subject, List.of()).stream()
        .filter(id -> byId.get(id - 1).equals(schema))
        .findFirst();
  }

  /**
   * Registers a schema under a subject, if necessary, and returns its id; empty if it is
   * incompatible.
   */
  synchronized Optional<Integer> register(String subject, Schema schema) {
    Optional<Integer> known = idOf(subject, schema);
    if (known.isPresent()) {
      return known;
    }
    if (!isCompatible(subject, schema)) {
      return Optional.empty();
    }
    int id = add(subject, schema);
    append(
        JSON.createObjectNode()
            .put("subject", subject)
            .put("schema", schema.toString())
            .toString());
    return Optional.of(id);
  }

  synchronized boolean isCompatible(String subject, Schema schema) {
    String level = level(subject);
    List<Integer> known = versions.getOrDefault(subject, List.of());
    List<Integer> against =
        level.endsWith("_TRANSITIVE") || known.isEmpty()
            ? known
            : known.subList(known.size() - 1, known.size());
    for (int id : against) {
      Schema before = byId.get(id - 1);
      boolean backward = reads(schema, before);
      boolean forward = reads(before, schema);
      boolean fits =
          switch (level.replace("_TRANSITIVE", "")) {
            case "NONE" -> true;
            case "FORWARD" -> forward;
            case "FULL" -> backward && forward;
            default -> backward;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private int add(String subject, Schema schema) {
    int place = byId.indexOf(schema);
    if (place < 0) {
      byId.add(schema);
      place = byId.size() - 1;
    }
    versions.computeIfAbsent(subject, name -> new ArrayList<>()).add(place + 1);
    return place + 1;
  }

  private void append(String line) {
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException("The registry's file " + file + " cannot be written", e);
    }
  }
}
