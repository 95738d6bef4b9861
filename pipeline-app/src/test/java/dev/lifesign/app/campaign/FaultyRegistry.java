package dev.lifesign.app.campaign;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry with an address that can stop answering. It knows every schema under additional ids as
 * well, and some ids return something that is not a valid Avro schema.
 */
final class FaultyRegistry implements AutoCloseable {

  /** Added to an id one or more times, it gives another id of the same schema. */
  private static final int ALIAS = 1_000_000;

  private static final int FIRST_REFUSED = 900_000_000;
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");

  private final EmbeddedRegistry registry;
  private final int port = Ports.free();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "faulty-registry");
            thread.setDaemon(true);
            return thread;
          });
  private HttpServer server;

  /** Creates a registry that answers. */
  FaultyRegistry(Path file) {
    registry = EmbeddedRegistry.start(file, Ports.free());
    comeBack();
  }

  /** The address that can stop answering. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The address that always answers. */
  String steadyUrl() {
    return registry.url();
  }

  /** Starts to refuse connections. */
  void goAway() {
    server.stop(0);
  }

  /** Starts to answer again. */
  void comeBack() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(executor);
    server.start();
  }

  /** One of the additional ids of a schema; number 0 is the schema's own id. */
  static int alias(int id, int which) {
    return id + which * ALIAS;
  }

  /** The id of a schema that the parser refuses. */
  static int refused(RefusedSchema schema) {
    return FIRST_REFUSED + schema.ordinal();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      Matcher byId = BY_ID.matcher(path);
      if (byId.matches()) {
        int id = Integer.parseInt(byId.group(1));
        int refused = id - FIRST_REFUSED;
        if (refused >= 0 && refused < RefusedSchema.values().length) {
          send(exchange, 200, RefusedSchema.values()[refused].answer());
          return;
        }
        path = "/schemas/ids/" + (refused < 0 ? id % ALIAS : id);
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(registry.url() + path))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .header("Content-Type", "application/vnd.schemaregistry.v1+json")
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      send(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    registry.close();
  }

  /** Responses of a registry that are not usable as Avro schemas. */
  enum RefusedSchema {
    /** Not JSON at all. */
    NONSENSE(avro("nonsense")),
    /** A record with an undefined type. */
    UNKNOWN_TYPE(avro(record("{'name':'f','type':'Unknown'}"))),
    /** A default that is not a value of its type. */
    INVALID_DEFAULT(avro(record("{'name':'f','type':'int','default':'one'}"))),
    /** The same field twice. */
    DUPLICATE_FIELD(avro(record("{'name':'f','type':'int'},{'name':'f','type':'int'}"))),
    /** A union in a union. */
    NESTED_UNION(avro(record("{'name':'f','type':['null',['null','int']]}"))),
    /** A value of a gigabyte. */
    HUGE_FIXED(avro(record("{'name':'f','type':{'type':'fixed','name':'F','size':1073741824}}"))),
    /** A schema of another kind. */
    JSON_SCHEMA("{'schemaType':'JSON','schema':'{}'}"),
    /** A schema of yet another kind. */
    PROTOBUF("{'schemaType':'PROTOBUF','schema':'message M {}'}"),
    /** No schema at all. */
    NULL("{'schema':null}");

    private final String answer;

    RefusedSchema(String answer) {
      this.answer = answer.replace('\'', '"');
    }

    private static String avro(String schema) {
      return "{'schema':'" + schema.replace("'", "\\'") + "'}";
    }

    private static String record(String fields) {
      return "{'type':'record','name':'R','fields':[" + fields + "]}";
    }

    private String answer() {
      return answer;
    }
  }
}
