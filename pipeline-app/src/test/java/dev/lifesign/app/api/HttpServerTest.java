package dev.lifesign.app.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.metrics.Metrics;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.app.runtime.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the bytes sent over the wire while the pipeline is still starting. */
class HttpServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int BRIEFLY_MILLIS = 20;

  private static Watchdog watchdog;
  private static Metrics metrics;
  private static HttpServer server;
  private static HttpServer guarded;

  private record Answer(int status, Map<String, String> headers, String body) {

    JsonNode problem() throws IOException {
      assertThat(headers).containsEntry("content-type", "application/problem+json;charset=utf-8");
      JsonNode node = JSON.readTree(body);
      assertThat(node.path("status").asInt()).isEqualTo(status);
      assertThat(node.path("title").asText()).isNotBlank();
      return node;
    }

    String detail() throws IOException {
      return problem().path("detail").asText();
    }
  }

  @BeforeAll
  static void start() {
    TaskProgress tasks = new TaskProgress();
    watchdog = Watchdog.start(tasks, Duration.ofMinutes(5));
    metrics = new Metrics(tasks, watchdog, Optional::empty, System::currentTimeMillis);
    server = HttpServer.start(Settings.Http.LOCAL, routes(tasks));
    Settings.Http secret =
        new Settings.Http(
            "127.0.0.1", 0, Optional.empty(), Optional.of("k3y"), Duration.ofMinutes(5));
    guarded = HttpServer.start(secret, routes(tasks));
  }

  private static List<Routes> routes(TaskProgress tasks) {
    return List.of(
        new CustomerRoutes(Optional::empty),
        new HealthRoutes(Readiness::starting, tasks),
        new MetricsRoutes(metrics));
  }

  @AfterAll
  static void stop() {
    server.close();
    guarded.close();
    metrics.close();
    watchdog.close();
  }

  private static Socket connect(HttpServer to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static Answer send(HttpServer to, String head) throws IOException {
    try (Socket socket = connect(to)) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer request(HttpServer to, String method, String target, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return send(to, head.append("\r\n").toString());
  }

  private static Answer answer(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.indexOf("\r\n\r\n");
    List<String> head = text.substring(0, end).lines().toList();
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.subList(1, head.size())) {
      String[] parts = line.split(": *", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    return new Answer(
        Integer.parseInt(head.get(0).split(" ", 3)[1]), headers, text.substring(end + 4));
  }

  @Test
  void aProblemIsInUtf8AndSaysSo() throws IOException {
    Answer refused = request(guarded, "GET", "/v1/customers/c1");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.headers()).containsEntry("www-authenticate", "Bearer");
    assertThat(refused.detail()).endsWith("Authorization: Bearer …");
    Answer nowhere = request(server, "GET", "/nö%2Fsense");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.detail()).contains("/nö%2Fsense", "docs/reference/api.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer k3y", "bearer k3y", "BEARER  k3y"})
  void theSchemeOfTheKeyMayBeInAnyCase(String authorization) throws IOException {
    Answer let = request(guarded, "GET", "/v1/customers/c1", "Authorization: " + authorization);
    assertThat(let.status()).isEqualTo(503);
    assertThat(let.detail()).isEqualTo("The pipeline is starting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer K3y", "Bearerk3y", "Basic k3y", "k3y", "Bearer"})
  void anotherKeyOrSchemeIsRefused(String authorization) throws IOException {
    assertThat(
            request(guarded, "GET", "/v1/customers/c1", "Authorization: " + authorization).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /health/live HTTP/1.1\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET /health/live HTTP/1.1\r\n\r\n",
        "\u0001\u0002\r\n\r\n",
        "GET /health/live HTTP/7\r\n\r\n",
        "GET /../.. HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      })
  void aMalformedHeadIsAProblem(String head) throws IOException {
    Answer answer = send(server, head);
    assertThat(answer.status()).isIn(400, 505);
    assertThat(answer.detail()).startsWith("The request could not be read: ");
  }

  @Test
  void tooLongAHeadIsAProblem() throws IOException {
    String text = "x".repeat(10_000);
    Answer path = request(server, "GET", "/v1/customers/" + text);
    assertThat(path.status()).isEqualTo(414);
    assertThat(path.detail()).contains("request line", "8 KiB");
    Answer headers = request(server, "GET", "/health/live", "X-Text: " + text);
    assertThat(headers.status()).isEqualTo(431);
    assertThat(headers.detail()).contains("headers", "8 KiB");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/customers/c1",
    "DELETE, /v1/customers/c1/timeline",
    "PUT, /health/ready",
    "POST, /metrics"
  })
  void aMethodThatIsNotServedIsNamedBesideThoseThatAre(String method, String path)
      throws IOException {
    Answer answer = request(server, method, path, "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "GET, HEAD");
    assertThat(answer.detail()).contains(method, path, "use GET, HEAD");
  }

  @Test
  void headIsAnsweredAsGetIsWithoutABody() throws IOException {
    for (String path : List.of("/health/live", "/health/ready", "/v1/customers/c1", "/metrics")) {
      Answer get = request(server, "GET", path);
      Answer head = request(server, "HEAD", path);
      assertThat(head.status()).as(path).isEqualTo(get.status());
      assertThat(head.headers().get("content-type")).isEqualTo(get.headers().get("content-type"));
      assertThat(head.body()).isEmpty();
    }
    assertThat(request(server, "HEAD", "/health/ready").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%00b",
        "..%2F",
        "..%2F..%2F..%2F..",
        "%2e%2e",
        "..",
        "a%2Fb",
        "%25",
        "%252F",
        "a;b=c",
        "%3F",
        "a+b",
        "%E2%82%AC"
      })
  void anIdIsAnyText(String id) throws IOException {
    for (String path : List.of("/v1/customers/" + id, "/v1/customers/" + id + "/timeline")) {
      Answer answer = request(server, "GET", path);
      assertThat(answer.detail()).as(path).isEqualTo("The pipeline is starting");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "a%zz", "%FF", "%C3%28", "%ED%A0%80"})
  void anIdThatIsNotEncodedIsMalformed(String id) throws IOException {
    Answer answer = request(server, "GET", "/v1/customers/" + id);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).contains("percent-encoded in UTF-8, but it is " + id);
  }

  /** The clock advances by half of the time limit for a head whenever the server reads it. */
  @Test
  void whoSendsAHeadTooSlowlyIsNotWaitedFor() throws IOException {
    AtomicLong now = new AtomicLong();
    TaskProgress tasks = new TaskProgress();
    try (HttpServer impatient =
            HttpServer.start(
                Settings.Http.LOCAL,
                routes(tasks),
                () -> now.addAndGet(RequestConnections.LONGEST_HEAD.toNanos() / 2 + 1));
        Socket socket = connect(impatient)) {
      socket.setSoTimeout(BRIEFLY_MILLIS);
      socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int next = sendUntilAnswered(socket);
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (; next >= 0; next = socket.getInputStream().read()) {
        said.write(next);
      }
      Answer answer = answer(said.toByteArray());
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(answer.detail()).contains("took longer than 10 s");
    }
  }

  private static int sendUntilAnswered(Socket socket) throws IOException {
    while (true) {
      socket.getOutputStream().write('x');
      socket.getOutputStream().flush();
      try {
        return socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        // The server still waits for the rest.
      }
    }
  }

  /** Neither the time between two requests nor the number of requests per connection matters. */
  @Test
  void theTimeOfAHeadBeginsWithEachRequestAnew() throws IOException {
    AtomicLong now = new AtomicLong();
    try (HttpServer impatient =
            HttpServer.start(
                Settings.Http.LOCAL,
                routes(new TaskProgress()),
                () -> now.addAndGet(RequestConnections.LONGEST_HEAD.toNanos() / 2 + 1));
        Socket socket = connect(impatient)) {
      for (int i = 0; i < 20; i++) {
        socket
            .getOutputStream()
            .write("HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        assertThat(readHead(socket)).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  private static String readHead(Socket socket) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    while (!said.toString(UTF_8).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertThat(next).as(said.toString(UTF_8)).isNotNegative();
      said.write(next);
    }
    return said.toString(UTF_8);
  }
}
