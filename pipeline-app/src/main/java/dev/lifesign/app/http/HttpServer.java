package dev.lifesign.app.http;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.metrics.Metrics;
import dev.lifesign.app.query.CustomerQueries;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.TaskBoard;
import io.javalin.Javalin;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves queries under {@code /v1}, health under {@code /health}, and {@code /metrics}. Each part
 * of the API is a class of routes of its own.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final Javalin server;
  private final AtomicReference<CustomerQueries> queries = new AtomicReference<>();

  private HttpServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts one; queries are answered "not now" until {@link #serve}.
   *
   * @throws UserError if the address is taken, or is none of this machine
   */
  public static HttpServer start(
      Settings.Http settings,
      Metrics metrics,
      TaskBoard tasks,
      Supplier<Optional<LivePipeline>> pipeline) {
    Javalin javalin =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.jetty.modifyHttpConfiguration(
                  http ->
                      http.setUriCompliance(
                          UriCompliance.RFC3986.with(
                              "any-customer-id",
                              EnumSet.of(
                                      UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                                      UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                                      UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                                      UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                                      UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT)
                                  .toArray(UriCompliance.Violation[]::new))));
            });
    HttpServer server = new HttpServer(javalin);
    javalin.before("/v1/*", new Access(settings.apiKey())::check);
    CustomerRoutes.add(javalin, server.queries::get);
    HealthRoutes.add(javalin, () -> Readiness.of(pipeline.get()), tasks);
    javalin.get(
        "/metrics", context -> context.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
    javalin.error(404, context -> Problem.notARoute(context));
    javalin.exception(
        Exception.class,
        (exception, context) -> {
          LOG.error("{} {} failed", context.method(), context.path(), exception);
          Problem.write(
              context, HttpStatus.INTERNAL_SERVER_ERROR, "A fault of Lifesign; its log says more");
        });
    try {
      javalin.start(settings.host(), settings.port());
      return server;
    } catch (JavalinBindException e) {
      throw new UserError(
          "Expected to serve queries and metrics at %s:%d, but the port is taken or may not be used; choose another http.port"
              .formatted(settings.host(), settings.port()),
          e);
    } catch (RuntimeException e) {
      throw new UserError(
          "Expected to serve queries and metrics at %s:%d, but: %s; check http.host and http.port"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** From now on queries are answered. */
  public void serve(CustomerQueries answers) {
    queries.set(answers);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
