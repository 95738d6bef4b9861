package dev.lifesign.app.api;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.metrics.Metrics;
import dev.lifesign.app.query.CustomerQueries;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.lab.UserError;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Serves queries under {@code /v1}, health under {@code /health}, and {@code /metrics}. Each part
 * of the API has its own class of routes.
 */
public final class HttpServer implements AutoCloseable {

  /** Allows any customer id in a path; see {@link RawPath}. */
  private static final UriCompliance ANY_CUSTOMER_ID =
      UriCompliance.RFC3986.with(
          "any-customer-id",
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT);

  private final Javalin server;
  private final AtomicReference<CustomerQueries> queries = new AtomicReference<>();

  private HttpServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts a server. Until {@link #serve} is called, it answers queries with "not now".
   *
   * @throws UserError if the address is taken, or does not belong to this machine
   */
  public static HttpServer start(
      Settings.Http settings, Metrics metrics, TaskProgress tasks, Supplier<Readiness> readiness) {
    return start(settings, metrics, tasks, readiness, System::nanoTime);
  }

  static HttpServer start(
      Settings.Http settings,
      Metrics metrics,
      TaskProgress tasks,
      Supplier<Readiness> readiness,
      LongSupplier nanoTime) {
    Javalin javalin =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.http.prefer405over404 = true;
              config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(ANY_CUSTOMER_ID));
              config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrors()));
              config.jetty.addConnector(
                  (server, http) -> connector(server, http, settings, nanoTime));
            });
    HttpServer server = new HttpServer(javalin);
    javalin.before("/v1/*", new Access(settings.apiKey())::check);
    CustomerRoutes.add(javalin, server.queries::get);
    HealthRoutes.add(javalin, readiness, tasks);
    Routes.get(
        javalin,
        "/metrics",
        context -> context.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
    Routes.addFaults(javalin);
    try {
      javalin.start();
      return server;
    } catch (JavalinBindException e) {
      throw new UserError(
          "Queries and metrics cannot be served at %s:%d: the port is taken or not permitted; choose another http.port"
              .formatted(settings.host(), settings.port()),
          e);
    } catch (RuntimeException e) {
      throw new UserError(
          "Queries and metrics cannot be served at %s:%d: %s; check http.host and http.port"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, Settings.Http settings, LongSupplier nanoTime) {
    ServerConnector connector = new ServerConnector(server, new RequestConnections(http, nanoTime));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    return connector;
  }

  /** Answers queries from now on. */
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
