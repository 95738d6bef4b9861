package dev.lifesign.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry that answers what a test wants, over HTTP. */
public final class FakeRegistry implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private volatile Optional<Answer> always = Optional.empty();
  public final AtomicInteger asked = new AtomicInteger();

  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(int status, byte[] body) {}

  public FakeRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      Answer answer =
          always.orElseGet(
              () ->
                  answers.getOrDefault(
                      exchange.getRequestURI().getRawPath(),
                      new Answer(404, "{\"error_code\":40403}".getBytes(StandardCharsets.UTF_8))));
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  public HttpSchemaRegistry.Settings settings() {
    return new HttpSchemaRegistry.Settings(
        List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(300),
        true);
  }

  /** Answers an id with a schema, of a type, that refers to others. */
  public void schema(int id, String text, String type, Reference... references) {
    answers.put("/schemas/ids/" + id, new Answer(200, body(text, type, references)));
  }

  public void schema(int id, Schema schema) {
    schema(id, schema.toString(), "AVRO");
  }

  /** Answers a version of a subject. */
  public void version(String subject, int version, String text, Reference... references) {
    answers.put(
        "/subjects/" + subject + "/versions/" + version,
        new Answer(200, body(text, "AVRO", references)));
  }

  /** What a schema refers to. */
  public record Reference(String name, String subject, int version) {}

  private static byte[] body(String text, String type, Reference... references) {
    ObjectNode body = JSON.createObjectNode().put("schema", text).put("schemaType", type);
    JsonNode all = JSON.valueToTree(references);
    return bytes(body.set("references", all));
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Answers an id with these bytes. */
  public void raw(int id, int status, byte[] body) {
    answers.put("/schemas/ids/" + id, new Answer(status, body));
  }

  /** From now on every answer is this. */
  public void always(int status, String body) {
    always = Optional.of(new Answer(status, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** From now on it answers each request by itself again. */
  public void recover() {
    always = Optional.empty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
