package dev.lifesign.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.ContactAction;
import dev.lifesign.schema.ContactChannel;
import dev.lifesign.schema.ContactEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client and the embedded server of the registry's REST API, over HTTP. */
class RegistryTest {

  private static final Schema ONE = schema("{'name':'a','type':'int'}");
  private static final Schema TWO =
      schema("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");
  private static final Schema INCOMPATIBLE =
      schema("{'name':'a','type':'int'},{'name':'c','type':'int'}");

  @TempDir Path dir;

  @Test
  void aSchemaKeepsItsIdAndIsThereAfterARestart() throws Exception {
    Path file = dir.resolve("schemas.jsonl");
    int first;
    int second;
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(file, Ports.free())) {
      HttpSchemaRegistry client = client(registry.url());
      first = client.register("t-value", ONE);
      second = client.register("t-value", TWO);
      assertThat(second).isNotEqualTo(first);
      assertThat(client(registry.url()).register("other-value", ONE)).isEqualTo(first);
    }
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(file, Ports.free())) {
      assertThat(client(registry.url()).schema(first)).isEqualTo(ONE);
      assertThat(client(registry.url()).register("t-value", TWO)).isEqualTo(second);
      assertThat(get(registry, "/subjects/t-value/versions")).isEqualTo("[1,2]");
      assertThat(get(registry, "/subjects/t-value/versions/latest")).contains("\"version\":2");
      assertThat(get(registry, "/schemas/ids/" + first + "/versions")).contains("other-value");
      assertThat(get(registry, "/config")).contains("BACKWARD");
    }
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithASentence() {
    try (EmbeddedRegistry registry = start()) {
      HttpSchemaRegistry client = client(registry.url());
      client.register("t-value", ONE);
      assertThatThrownBy(() -> client.register("t-value", INCOMPATIBLE))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.status()).isEqualTo(409))
          .hasMessageContaining("t-value")
          .hasMessageContaining("incompatible");
    }
  }

  @Test
  void anUnknownIdIsNotFound() throws Exception {
    try (EmbeddedRegistry registry = start()) {
      assertThatThrownBy(() -> client(registry.url()).schema(99))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.status()).isEqualTo(404));
      assertThat(get(registry, "/schemas/ids/99")).contains("40403");
      assertThat(get(registry, "/subjects/none/versions")).contains("40401");
    }
  }

  @Test
  void aRegistryThatDoesNotAnswerIsTriedAgainAndThenNamed() {
    HttpSchemaRegistry client = client("http://127.0.0.1:" + Ports.free());
    assertThatThrownBy(() -> client.schema(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void aPassingFaultIsTriedAgainAndCredentialsAreSent() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<String> authorization = new AtomicReference<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body =
              ("{\"schema\":" + quoted(ONE.toString()) + "}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      HttpSchemaRegistry client =
          new HttpSchemaRegistry(
              new HttpSchemaRegistry.Settings(
                  List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                  Optional.of(HttpSchemaRegistry.Settings.basic("me:secret")),
                  Optional.empty(),
                  Duration.ofSeconds(10),
                  true));
      assertThat(client.schema(1)).isEqualTo(ONE);
      assertThat(client.schema(1)).isEqualTo(ONE);
      assertThat(asked).hasValue(3);
      assertThat(authorization).hasValue("Basic bWU6c2VjcmV0");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRecordInConfluentsWireFormatComesBack() {
    try (EmbeddedRegistry registry = start();
        AvroSerde serde = new AvroSerde()) {
      serde.configure(Map.of("schema.registry.url", registry.url()), false);
      ContactEvent event =
          new ContactEvent(
              "e", "c", Instant.ofEpochMilli(5), ContactAction.CLICKED, ContactChannel.EMAIL);
      byte[] bytes = serde.serialize("lifesign.contacts", event);
      assertThat(bytes).startsWith(0, 0, 0, 0, 1);
      assertThat(serde.deserialize("lifesign.contacts", bytes)).isEqualTo(event);
    }
  }

  @Test
  void aTakenPortIsNamed() {
    try (EmbeddedRegistry registry = start()) {
      int port = URI.create(registry.url()).getPort();
      assertThatThrownBy(() -> EmbeddedRegistry.start(dir.resolve("other"), port))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(String.valueOf(port))
          .hasMessageContaining("--registry-port");
    }
  }

  private EmbeddedRegistry start() {
    return EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free());
  }

  private static HttpSchemaRegistry client(String url) {
    return new HttpSchemaRegistry(
        new HttpSchemaRegistry.Settings(
            List.of(URI.create(url)),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            true));
  }

  private static String get(EmbeddedRegistry registry, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(registry.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }
}
