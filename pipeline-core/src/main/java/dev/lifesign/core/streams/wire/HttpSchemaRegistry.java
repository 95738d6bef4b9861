package dev.lifesign.core.streams.wire;

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
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A client of the Confluent Schema Registry's REST API, as far as reading and writing need it. Ids
 * and schemas are immutable, so that what was answered once is never asked again. No answer, 429
 * and 5xx are tried again with a growing pause, at every address, until {@link Settings#patience()}
 * is over.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Settings settings;
  private final HttpClient http;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();

  /**
   * How to reach a registry.
   *
   * @param urls its addresses, tried in turn
   * @param authorization the value of the header Authorization, if one is to be sent
   * @param tls trust and key, if others than the platform's
   * @param patience how long a request is tried
   * @param register whether schemas that a subject does not have are registered; else they must
   *     have been before
   */
  public record Settings(
      List<URI> urls,
      Optional<String> authorization,
      Optional<SSLContext> tls,
      Duration patience,
      boolean register) {

    /** The same, with another patience. */
    public Settings withPatience(Duration newPatience) {
      return new Settings(urls, authorization, tls, newPatience, register);
    }

    /** The header of basic authentication. */
    public static String basic(String userAndPassword) {
      return "Basic "
          + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** The header of a bearer token. */
    public static String bearer(String token) {
      return "Bearer " + token;
    }

    @Override
    public String toString() {
      return "Settings[urls=" + urls + ", patience=" + patience + "]";
    }
  }

  private record Registered(String subject, Schema schema) {}

  /** A client with those settings. */
  public HttpSchemaRegistry(Settings settings) {
    this.settings = settings;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    settings.tls().ifPresent(builder::sslContext);
    this.http = builder.version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public int register(String subject, Schema schema) {
    Registered key = new Registered(subject, schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    String path =
        "/subjects/"
            + URLEncoder.encode(subject, StandardCharsets.UTF_8)
            + (settings.register() ? "/versions" : "");
    String purpose = (settings.register() ? "register" : "find") + " the schema of " + subject;
    int id = ask("POST", path, body, purpose).path("id").asInt();
    ids.put(key, id);
    byId.putIfAbsent(id, schema);
    return id;
  }

  @Override
  public Schema schema(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    String text =
        ask("GET", "/schemas/ids/" + id, "", "fetch schema " + id).path("schema").asText();
    try {
      Schema schema = new Schema.Parser().parse(text);
      byId.put(id, schema);
      return schema;
    } catch (SchemaParseException e) {
      throw new RegistryException(
          "Expected schema " + id + " to be Avro, but it is not: " + e.getMessage(), 422);
    }
  }

  /**
   * Asks for something, so that a registry that is away, or refuses access, is found out early.
   *
   * @throws RegistryException if access is refused
   * @throws RegistryUnavailableException if the registry does not answer
   */
  public void reach() {
    ask("GET", "/subjects", "", "list its subjects");
  }

  private JsonNode ask(String method, String path, String body, String purpose) {
    long giveUp = System.nanoTime() + settings.patience().toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 0; ; attempt++) {
      URI base = settings.urls().get(attempt % settings.urls().size());
      String trouble;
      Exception cause = null;
      try {
        HttpResponse<String> response = http.send(request(base, method, path, body), text());
        if (response.statusCode() == 200) {
          return JSON.readTree(response.body());
        }
        if (response.statusCode() != 429 && response.statusCode() < 500) {
          throw refusal(base, purpose, response);
        }
        trouble = "it answered " + response.statusCode();
      } catch (JsonProcessingException e) {
        throw new RegistryException(
            "Expected JSON from the schema registry at "
                + base
                + " to "
                + purpose
                + ", but it is not; check the URL",
            500);
      } catch (IOException e) {
        cause = e;
        trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryUnavailableException("Interrupted while waiting to " + purpose, e);
      }
      if (System.nanoTime() + pause.toNanos() > giveUp) {
        throw new RegistryUnavailableException(
            "Expected the schema registry at %s to %s, but %s; tried for %d s, check schema.registry.url"
                .formatted(base, purpose, trouble, settings.patience().toSeconds()),
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
            .timeout(Duration.ofSeconds(10))
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

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  private static RegistryException refusal(
      URI base, String purpose, HttpResponse<String> response) {
    String said =
        response.body().length() > 500 ? response.body().substring(0, 500) : response.body();
    String advice =
        switch (response.statusCode()) {
          case 301, 302, 307, 308 -> "set schema.registry.url to the address that it points to";
          case 401, 403 -> "check basic.auth.user.info or bearer.auth.token";
          case 404 -> "check that producer and pipeline use the same registry";
          case 409 ->
              "give new fields a default and keep old ones, or change the compatibility level of the subject";
          default -> "see the registry's log";
        };
    return new RegistryException(
        "The schema registry at %s refused to %s: %d %s; %s"
            .formatted(base, purpose, response.statusCode(), said, advice),
        response.statusCode());
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
