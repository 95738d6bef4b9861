package dev.lifesign.core.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/**
 * A client for those parts of the Confluent Schema Registry's REST API that serdes need. Ids and
 * schemas are immutable, so the {@value #MOST_SCHEMAS} most recently used schemas are cached. An
 * unknown id or an unusable schema is cached for {@link #REFUSAL_HOLDS}; after that the registry is
 * asked again. Timeouts, network errors and the statuses 429 and 5xx are retried with growing
 * pauses, at each address in turn, until {@link Settings#patience()} is over. Answers longer than
 * {@value #LONGEST_ANSWER} bytes are not read.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

  static {
    AvroLimits.set();
  }

  /** How long an unknown id or an unusable schema is not requested again. */
  static final Duration REFUSAL_HOLDS = Duration.ofSeconds(30);

  private static final int MOST_SCHEMAS = 1_000;
  private static final int MOST_REFUSALS = 10_000;
  private static final int LONGEST_ANSWER = 2 << 20;
  private static final long ANSWER_SECONDS = 10;
  private static final int LONGEST_QUOTE = 300;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Settings settings;
  private final HttpClient http;
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
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    settings.tls().ifPresent(builder::sslContext);
    this.http = builder.version(HttpClient.Version.HTTP_1_1).build();
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
    JsonNode answer = ask(patience, "POST", path, body, purpose).path("id");
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
    JsonNode answer = ask(patience, "GET", "/schemas/ids/" + id, "", "fetch schema " + id);
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
    return ask(
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
    ask(settings.patience(), "GET", "/subjects", "", "list its subjects");
  }

  private JsonNode ask(Duration patience, String method, String path, String body, String purpose) {
    long giveUp = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 0; ; attempt++) {
      URI base = settings.urls().get(attempt % settings.urls().size());
      String trouble;
      Exception cause = null;
      try {
        HttpResponse<String> response = send(request(base, method, path, body));
        if (response.statusCode() == 200) {
          return JSON.readTree(response.body());
        }
        if (response.statusCode() != 429 && response.statusCode() < 500) {
          throw refusal(base, purpose, response);
        }
        trouble = "it answered " + response.statusCode();
      } catch (JsonProcessingException e) {
        throw new RegistryException(
            "The schema registry at "
                + base
                + " could not "
                + purpose
                + ": its answer is not JSON; check schema.registry.url",
            500);
      } catch (LimitedText.TooLongException e) {
        throw new RegistryException(
            "The schema registry at %s could not %s: %s; register a shorter schema"
                .formatted(base, purpose, e.getMessage()),
            RegistryException.UNUSABLE);
      } catch (IOException e) {
        cause = e;
        trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryUnavailableException("Interrupted while waiting to " + purpose, e);
      }
      if (System.nanoTime() + pause.toNanos() > giveUp) {
        throw new RegistryUnavailableException(
            "The schema registry could not %s: %s at %s; %scheck schema.registry.url"
                .formatted(
                    purpose,
                    trouble,
                    base,
                    patience.isZero() ? "" : "tried for " + patience.toSeconds() + " s, "),
            cause);
      }
      rest(pause, purpose);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private HttpRequest request(URI base, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/$", "") + path))
            .timeout(Duration.ofSeconds(ANSWER_SECONDS))
            .header("Accept", MEDIA_TYPE)
            .header("Content-Type", MEDIA_TYPE)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    settings.authorization().ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  /** Sends a request. The time limit applies to the whole answer, not only to its beginning. */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.sendAsync(request, head -> new LimitedText(LONGEST_ANSWER));
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("it did not answer within " + ANSWER_SECONDS + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof LimitedText.TooLongException tooLong) {
          throw tooLong;
        }
      }
      throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
    }
  }

  private static RegistryException refusal(
      URI base, String purpose, HttpResponse<String> response) {
    String said =
        response.body().length() > 500 ? response.body().substring(0, 500) : response.body();
    String advice =
        switch (response.statusCode()) {
          case 301, 302, 307, 308 -> "set schema.registry.url to the address that it points to";
          case 401, 403 -> "check basic.auth.user.info or bearer.auth.token";
          case 404 ->
              isRegistrys(response)
                  ? "check that producer and pipeline use the same registry"
                  : "this is not a registry's answer, check schema.registry.url and any proxy in front of the registry";
          case 409 ->
              "give new fields a default and keep old ones, or change the compatibility level of the subject";
          default -> "see the registry's log";
        };
    return new RegistryException(
        "The schema registry at %s refused to %s: %d %s; %s"
            .formatted(base, purpose, response.statusCode(), said, advice),
        isRegistrys(response) ? response.statusCode() : RegistryException.NOT_A_REGISTRY);
  }

  /**
   * Whether a refusal comes from a registry, whose answers have an error code. A proxy whose
   * registry is down answers 404 too, which says nothing about a schema.
   */
  private static boolean isRegistrys(HttpResponse<String> response) {
    if (response.statusCode() != 404) {
      return true;
    }
    try {
      return JSON.readTree(response.body()).path("error_code").isInt();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void rest(Duration pause, String purpose) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("Interrupted while waiting to " + purpose, e);
    }
  }
}
