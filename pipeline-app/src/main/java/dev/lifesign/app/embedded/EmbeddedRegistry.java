package dev.lifesign.app.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry in this process with the part of the Confluent Schema Registry's REST API that
 * clients use: subjects, versions, ids and compatibility. Listens on the loopback interface only.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "127.0.0.1";
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Set<String> LEVELS =
      Set.of(
          "NONE",
          "BACKWARD",
          "BACKWARD_TRANSITIVE",
          "FORWARD",
          "FORWARD_TRANSITIVE",
          "FULL",
          "FULL_TRANSITIVE");

  private final SchemaStore store;
  private final Javalin server;

  private EmbeddedRegistry(SchemaStore store) {
    this.store = store;
    this.server = Javalin.create(config -> config.showJavalinBanner = false);
    routes();
  }

  /** An error answer in the registry's format. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /**
   * Starts a registry.
   *
   * @param file the file for the schemas; created if it does not exist
   * @param port the port to listen on
   * @throws dev.lifesign.lab.UserError if the port is taken
   */
  public static EmbeddedRegistry start(Path file, int port) {
    Ports.requireFree(port, "the embedded schema registry", "--registry-port");
    EmbeddedRegistry registry = new EmbeddedRegistry(new SchemaStore(file));
    registry.server.start(HOST, port);
    return registry;
  }

  /** The address for clients. */
  public String url() {
    return "http://" + HOST + ":" + server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void routes() {
    server.after(context -> context.contentType(MEDIA_TYPE));
    server.exception(
        Refusal.class,
        (refusal, context) -> {
          context.status(refusal.code / 100);
          ObjectNode body = JSON.createObjectNode();
          body.put("error_code", refusal.code).put("message", refusal.getMessage());
          context.result(body.toString()).contentType(MEDIA_TYPE);
        });
    server.get("/", context -> context.result("{}"));
    server.get("/subjects", context -> context.result(json(store.subjects())));
    server.get("/schemas/types", context -> context.result("[\"AVRO\"]"));
    server.get("/schemas/ids/{id}", this::schemaById);
    server.get("/schemas/ids/{id}/versions", this::versionsOfId);
    server.get("/subjects/{subject}/versions", this::versions);
    server.get("/subjects/{subject}/versions/{version}", this::version);
    server.get("/subjects/{subject}/versions/{version}/schema", this::versionSchema);
    server.post("/subjects/{subject}/versions", this::register);
    server.post("/subjects/{subject}", this::lookUp);
    server.post("/compatibility/subjects/{subject}/versions/{version}", this::compatible);
    server.get("/config", context -> level(context, ""));
    server.get("/config/{subject}", context -> level(context, context.pathParam("subject")));
    server.put("/config", context -> setLevel(context, ""));
    server.put("/config/{subject}", context -> setLevel(context, context.pathParam("subject")));
    server.get("/mode", context -> context.result("{\"mode\":\"READWRITE\"}"));
  }

  private void schemaById(Context context) {
    Schema schema = schema(number(context.pathParam("id"), 40403, "Schema"));
    context.result(JSON.createObjectNode().put("schema", schema.toString()).toString());
  }

  private void versionsOfId(Context context) {
    int id = number(context.pathParam("id"), 40403, "Schema");
    schema(id);
    var found = JSON.createArrayNode();
    for (String subject : store.subjects()) {
      int version = store.versions(subject).indexOf(id) + 1;
      if (version > 0) {
        found.addObject().put("subject", subject).put("version", version);
      }
    }
    context.result(found.toString());
  }

  private Schema schema(int id) {
    return store.schema(id).orElseThrow(() -> new Refusal(40403, "Schema " + id + " not found"));
  }

  private void versions(Context context) {
    List<Integer> ids = known(context.pathParam("subject"));
    context.result(json(java.util.stream.IntStream.rangeClosed(1, ids.size()).boxed().toList()));
  }

  private void version(Context context) {
    String subject = context.pathParam("subject");
    List<Integer> ids = known(subject);
    int version = version(context.pathParam("version"), ids.size());
    context.result(described(subject, version, ids.get(version - 1)).toString());
  }

  private void versionSchema(Context context) {
    List<Integer> ids = known(context.pathParam("subject"));
    int version = version(context.pathParam("version"), ids.size());
    context.result(schema(ids.get(version - 1)).toString());
  }

  private void register(Context context) {
    String subject = context.pathParam("subject");
    int id =
        store
            .register(subject, schema(context))
            .orElseThrow(
                () ->
                    new Refusal(
                        40901,
                        "Schema being registered is incompatible with an earlier schema for subject "
                            + subject
                            + ", compatibility level "
                            + store.level(subject)));
    context.result(JSON.createObjectNode().put("id", id).toString());
  }

  private void lookUp(Context context) {
    String subject = context.pathParam("subject");
    List<Integer> ids = known(subject);
    int id =
        store
            .idOf(subject, schema(context))
            .orElseThrow(() -> new Refusal(40403, "Schema not found"));
    context.result(described(subject, ids.indexOf(id) + 1, id).toString());
  }

  private void compatible(Context context) {
    boolean fits = store.isCompatible(context.pathParam("subject"), schema(context));
    context.result(JSON.createObjectNode().put("is_compatible", fits).toString());
  }

  private void level(Context context, String subject) {
    context.result(
        JSON.createObjectNode().put("compatibilityLevel", store.level(subject)).toString());
  }

  private void setLevel(Context context, String subject) {
    String level = body(context).path("compatibility").asText();
    if (!LEVELS.contains(level)) {
      throw new Refusal(42203, "Invalid compatibility level; expected one of " + LEVELS);
    }
    store.setLevel(subject, level);
    context.result(JSON.createObjectNode().put("compatibility", level).toString());
  }

  private ObjectNode described(String subject, int version, int id) {
    return JSON.createObjectNode()
        .put("subject", subject)
        .put("version", version)
        .put("id", id)
        .put("schema", schema(id).toString());
  }

  private List<Integer> known(String subject) {
    List<Integer> ids = store.versions(subject);
    if (ids.isEmpty()) {
      throw new Refusal(40401, "Subject '" + subject + "' not found.");
    }
    return ids;
  }

  private static int version(String text, int newest) {
    int version =
        text.equals("latest") || text.equals("-1") ? newest : number(text, 40402, "Version");
    if (version < 1 || version > newest) {
      throw new Refusal(40402, "Version " + text + " not found.");
    }
    return version;
  }

  private static int number(String text, int code, String what) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Refusal(code, what + " " + text + " not found");
    }
  }

  private static Schema schema(Context context) {
    JsonNode body = body(context);
    if (!Optional.ofNullable(body.get("schemaType"))
        .map(JsonNode::asText)
        .orElse("AVRO")
        .equals("AVRO")) {
      throw new Refusal(42201, "Invalid schema: this registry supports only AVRO");
    }
    try {
      return SchemaStore.parse(body.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new Refusal(42201, "Invalid schema: " + e.getMessage());
    }
  }

  private static JsonNode body(Context context) {
    try {
      return JSON.readTree(context.body());
    } catch (JsonProcessingException e) {
      throw new Refusal(42201, "Invalid JSON: " + e.getOriginalMessage());
    }
  }

  private static String json(Object value) {
    return JSON.valueToTree(value).toString();
  }
}
