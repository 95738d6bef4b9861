package dev.lifesign.core.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to a schema registry. Timeouts, network errors and the statuses 429 and 5xx are
 * retried with growing pauses, at each address in turn, until patience is over. Answers longer than
 * {@value #LONGEST_ANSWER} bytes are not read.
 */
final class RegistryHttp {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int LONGEST_ANSWER = 2 << 20;
  private static final long ANSWER_SECONDS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final HttpSchemaRegistry.Settings settings;
  private final HttpClient http;

  RegistryHttp(HttpSchemaRegistry.Settings settings) {
    this.settings = settings;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    settings.tls().ifPresent(builder::sslContext);
    this.http = builder.version(HttpClient.Version.HTTP_1_1).build();
  }

  /**
   * Sends a request until it is answered.
   *
   * @param body empty for a request without one
   * @param purpose what the request is to do, for messages: "fetch schema 7"
   * @throws RegistryException if the registry refuses
   * @throws RegistryUnavailableException if it does not answer while patience lasts
   */
  JsonNode ask(Duration patience, String method, String path, String body, String purpose) {
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

  /** Backs off before another attempt: a registry that is down does not say when it is back. */
  private static void rest(Duration pause, String purpose) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("Interrupted while waiting to " + purpose, e);
    }
  }
}
