package dev.lifesign.app.query;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other instances over HTTP. They do not forward the question again. */
final class Peers {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMillis(500))
          .build();
  private final Optional<String> apiKey;

  Peers(Optional<String> apiKey) {
    this.apiKey = apiKey;
  }

  /** Asks an instance; empty if it cannot answer at the moment. */
  Optional<Answer> ask(HostInfo host, Question question, String customerId) {
    URI uri =
        URI.create(
            "http://%s:%d/v1/customers/%s%s"
                .formatted(
                    host.host(),
                    host.port(),
                    URLEncoder.encode(customerId, StandardCharsets.UTF_8).replace("+", "%20"),
                    question.suffix()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header(Forwarding.HEADER, "true");
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return switch (response.statusCode()) {
        case 200 -> Optional.of(new Answer.Relayed(response.body()));
        case 404 -> Optional.of(new Answer.NotThere(Forwarding.unknownCustomer(customerId)));
        case 503 -> Optional.empty();
        default -> {
          LOG.warn("{} answered {} to a forwarded question", host, response.statusCode());
          yield Optional.empty();
        }
      };
    } catch (IOException e) {
      LOG.debug("{} does not answer: {}", host, e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
