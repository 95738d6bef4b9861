package dev.lifesign.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/**
 * A client for those parts of the Confluent Schema Registry's REST API that serdes need. Ids and
 * schemas are immutable, so the {@value #MOST_SCHEMAS} most recently used schemas are cached. An
 * unknown id or an unusable schema is cached for {@link #REFUSAL_HOLDS}; after that the registry is
 * asked again. Requests are retried as {@link RegistryHttp} describes.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

  static {
    AvroLimits.set();
  }

  /** How long an unknown id or an unusable schema is not requested again. */
  static final Duration REFUSAL_HOLDS = Duration.ofSeconds(30);

  private static final int MOST_SCHEMAS = 1_000;
  private static final int MOST_REFUSALS = 10_000;
  private static final int LONGEST_QUOTE = 300;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final RegistryHttp http;
  private final LongSupplier nanos;
  private final Object lock = new Object();
  private final Map<Integer, Schema> byId = new Recent<>(MOST_SCHEMAS);
  private final Map<Integer, Refused> refused = new Recent<>(MOST_REFUSALS);
  private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();

  /**
   * How to reach a registry.
   *
   * @param urls its addresses, tried in turn
   * @param authorization the value of the header Authorization, if one is to be sent
   * @param tls the TLS context, if not the platform's default
   * @param patience how long a request is retried
   * @param register whether to register schemas that a subject does not have; otherwise they must
   *     already be registered
   */
  public record Settings(
      List<URI> urls,
      Optional<String> authorization,
      Optional<SSLContext> tls,
      Duration patience,
      boolean register) {

    /** The same settings with another patience. */
    public Settings withPatience(Duration newPatience) {
      return new Settings(urls, authorization, tls, newPatience, register);
    }

    /** The header value for basic authentication. */
    public static String basic(String userAndPassword) {
      return "Basic "
          + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** The header value for a bearer token. */
    public static String bearer(String token) {
      return "Bearer " + token;
    }

    @Override
    public String toString() {
      return "Settings[urls=" + urls + ", patience=" + patience + "]";
    }
  }

  private record Registered(String subject, Schema schema) {}

  /** Why the schema of an id is unavailable, and when that was detected, in nanoseconds. */
  private record Refused(String message, int status, long at) {
    RegistryException exception() {
      return new RegistryException(message, status);
    }
  }

  /** Creates a client with the given settings. */
  public HttpSchemaRegistry(Settings settings) {
    this(settings, System::nanoTime);
  }

  /** Creates a client with the given clock, in nanoseconds, for the expiry of refusals. */
  HttpSchemaRegistry(Settings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.http = new RegistryHttp(settings);
  }

  @Override
  public int register(String subject, Schema schema) {
    return register(subject, schema, settings.patience());
  }

  @Override
  public Schema schema(int id) {
    return schema(id, settings.patience());
  }

  /** The same registry and cache, with another patience. */
  public SchemaRegistry within(Duration patience) {
    return new SchemaRegistry() {
      @Override
      public int register(String subject, Schema schema) {
        return HttpSchemaRegistry.this.register(subject, schema, patience);
      }

      @Override
      public Schema schema(int id) {
        return HttpSchemaRegistry.this.schema(id, patience);
      }
    };
  }

  /** What the cache knows about an id; sends no request. */
  Optional<SchemaAnswer> known(int id) {
    synchronized (lock) {
      if (byId.containsKey(id)) {
        return Optional.of(SchemaAnswer.READABLE);
      }
      return stillRefused(id).map(refusal -> new SchemaAnswer(Optional.of(refusal.message())));
    }
  }

  private Optional<Refused> stillRefused(int id) {
    return Optional.ofNullable(refused.get(id))
        .filter(refusal -> nanos.getAsLong() - refusal.at() < REFUSAL_HOLDS.toNanos());
  }

  private int register(String subject, Schema schema, Duration patience) {
    Registered key = new Registered(subject, schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    String path = "/subjects/" + encoded(subject) + (settings.register() ? "/versions" : "");
    String purpose = (settings.register() ? "register" : "find") + " the schema of " + subject;
    JsonNode answer = http.ask(patience, "POST", path, body, purpose).path("id");
    if (!answer.canConvertToInt()) {
      throw new RegistryException(
          "Could not "
              + purpose
              + ": the answer of the schema registry has no id; check schema.registry.url",
          500);
    }
    int id = answer.asInt();
    ids.put(key, id);
    synchronized (lock) {
      byId.putIfAbsent(id, schema);
      refused.remove(id);
    }
    return id;
  }

  private Schema schema(int id, Duration patience) {
    if (id <= 0) {
      throw new RegistryException(
          "The record has schema id "
              + id
              + ", but ids are positive; use an Avro serializer with a schema registry",
          404);
    }
    synchronized (lock) {
      Schema known = byId.get(id);
      if (known != null) {
        return known;
      }
      Optional<Refused> refusal = stillRefused(id);
      if (refusal.isPresent()) {
        throw refusal.get().exception();
      }
    }
    try {
      Schema schema = fetch(id, patience);
      synchronized (lock) {
        refused.remove(id);
        byId.put(id, schema);
      }
      return schema;
    } catch (RegistryException e) {
      if (e.isAboutTheRecord()) {
        synchronized (lock) {
          refused.put(id, new Refused(e.getMessage(), e.status(), nanos.getAsLong()));
        }
      }
      throw e;
    }
  }

  private Schema fetch(int id, Duration patience) {
    JsonNode answer = http.ask(patience, "GET", "/schemas/ids/" + id, "", "fetch schema " + id);
    return parse(id, answer, version -> fetch(version, id, patience));
  }

  /**
   * Parses the schema in a registry's answer.
   *
   * @throws RegistryException with status 422 if the schema cannot be used, 500 if the answer has
   *     no schema
   */
  static Schema parse(int id, JsonNode answer, SchemaReferences.Versions versions) {
    if (!answer.isObject() || !answer.has("schema")) {
      throw new RegistryException(
          "Could not fetch schema "
              + id
              + ": the answer of the schema registry has no schema; check schema.registry.url",
          500);
    }
    try {
      return SchemaReferences.resolve(answer, versions);
    } catch (RegistryException | RegistryUnavailableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A registered schema can make Avro's parser throw almost anything.
      throw new RegistryException(
          "Avro cannot read schema "
              + id
              + " ("
              + e.getClass().getSimpleName()
              + ": "
              + brief(e.getMessage())
              + "); check what the producer registered",
          RegistryException.UNUSABLE);
    }
  }

  private JsonNode fetch(SchemaReferences.Version version, int id, Duration patience) {
    return http.ask(
        patience,
        "GET",
        "/subjects/" + encoded(version.subject()) + "/versions/" + version.number(),
        "",
        "fetch version %d of %s, which schema %d refers to"
            .formatted(version.number(), brief(version.subject()), id));
  }

  /** Encodes a subject for a path, in which a space must not become a plus. */
  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String brief(String text) {
    return text == null || text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE);
  }

  /**
   * Sends a request to detect early that the registry is unreachable or refuses access.
   *
   * @throws RegistryException if access is refused
   * @throws RegistryUnavailableException if the registry does not answer
   */
  public void reach() {
    http.ask(settings.patience(), "GET", "/subjects", "", "list its subjects");
  }
}
