package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.cli.Main;
import dev.lifesign.app.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instance of the pipeline, as a user runs it, in its own JVM. */
final class Instance implements AutoCloseable {

  /** It runs for only a minute or two, so the second compiler would cost more than it saves. */
  private static final List<String> FLAGS = List.of("-Xmx640m", "-XX:TieredStopAtLevel=1");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final Path dir;
  private final int port = Ports.free();
  private final Map<String, String> settings;
  private ChildJvm process;

  /** Creates an instance with its own folder, without starting it. */
  Instance(Path dir, Map<String, String> settings) {
    this.dir = dir;
    this.settings = settings;
  }

  Instance start() {
    List<String> args = new ArrayList<>(List.of("run"));
    args.add("--set=stateDir=" + dir.resolve("state"));
    args.add("--set=temporaryState=true");
    args.add("--set=http.port=" + port);
    settings.forEach((key, value) -> args.add("--set=" + key + "=" + value));
    process =
        ChildJvm.start(
            dir.resolve("instance.log"), FLAGS, Map.of(), Main.class, args.toArray(String[]::new));
    return this;
  }

  ChildJvm process() {
    return process;
  }

  int port() {
    return port;
  }

  /** The health that it reports; empty while it does not answer. */
  Optional<JsonNode> health() {
    return get("/health/ready").map(HttpResponse::body).map(Instance::json);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  Optional<HttpResponse<String>> get(String path) {
    try {
      return Optional.of(
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("The instance ended: " + process.said());
              }
              return health().map(node -> node.path("ready").asBoolean()).orElse(false);
            });
  }

  /**
   * A task that it reports.
   *
   * @param caughtUpTo the last tick whose due work is all done, if any
   */
  record Task(int partition, Optional<Instant> caughtUpTo, long overdueMillis) {

    /** Whether it has done all the work due up to an instant. */
    boolean isPast(Instant instant) {
      return overdueMillis == 0 && caughtUpTo.filter(instant::isBefore).isPresent();
    }
  }

  /** The tasks that it reports; none while it does not answer. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    health()
        .ifPresent(
            health ->
                health
                    .path("tasks")
                    .forEach(
                        task ->
                            tasks.add(
                                new Task(
                                    task.path("partition").asInt(),
                                    task.hasNonNull("caughtUpTo")
                                        ? Optional.of(
                                            Instant.parse(task.path("caughtUpTo").asText()))
                                        : Optional.empty(),
                                    task.path("overdueMillis").asLong()))));
    return tasks;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
