package dev.lifesign.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Parses a writer's schema from a registry's answer together with the schemas that it refers to.
 * Those are fetched by subject and version, each after its own references. As in Confluent's
 * clients, names and defaults are not validated, since reading does not use a writer's defaults.
 */
final class SchemaReferences {

  private static final int MOST_REFERENCES = 200;
  private static final int MOST_DEPTH = 32;
  private static final int MOST_CHARACTERS = 4 << 20;

  private final Versions versions;
  private final List<String> texts = new ArrayList<>();
  private final Set<Version> seen = new HashSet<>();
  private int characters;

  private SchemaReferences(Versions versions) {
    this.versions = versions;
  }

  /** A version of a subject. */
  record Version(String subject, int number) {}

  /** Fetches versions of subjects. */
  interface Versions {
    /** The registry's answer about a version. */
    JsonNode fetch(Version version);
  }

  /**
   * Parses an answer with the fields {@code schema}, {@code schemaType} and {@code references}.
   *
   * @throws RegistryException with status 422 if the schema cannot be used
   */
  static Schema resolve(JsonNode answer, Versions versions) {
    SchemaReferences references = new SchemaReferences(versions);
    references.take(answer, 0);
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    parser.setValidateDefaults(false);
    Schema schema = null;
    for (String text : references.texts) {
      schema = parser.parse(text);
    }
    return schema;
  }

  private void take(JsonNode answer, int depth) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw refusal("has the type " + type + "; send events as Avro");
    }
    if (!answer.path("schema").isTextual()) {
      throw refusal("has no text; check the schema in the registry");
    }
    if (depth > MOST_DEPTH) {
      throw refusal("has references nested deeper than " + MOST_DEPTH + "; flatten them");
    }
    for (JsonNode reference : answer.path("references")) {
      Version version =
          new Version(reference.path("subject").asText(), reference.path("version").asInt());
      if (seen.add(version)) {
        if (seen.size() > MOST_REFERENCES) {
          throw refusal("has more than " + MOST_REFERENCES + " references; use fewer");
        }
        take(versions.fetch(version), depth + 1);
      }
    }
    String text = answer.path("schema").asText();
    characters += text.length();
    if (characters > MOST_CHARACTERS) {
      throw refusal(
          "has, with its references, more than " + MOST_CHARACTERS + " characters; shorten it");
    }
    texts.add(text);
  }

  private static RegistryException refusal(String trouble) {
    return new RegistryException(
        "The schema in the registry cannot be used: it " + trouble, RegistryException.UNUSABLE);
  }
}
