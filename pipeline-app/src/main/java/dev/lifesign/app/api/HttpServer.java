package dev.lifesign.app.api;

import dev.lifesign.app.config.Settings;
import dev.lifesign.lab.UserError;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Serves the {@link Routes} of the API. Only authorised clients may use those under {@code /v1}.
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

  private HttpServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param routes what it serves
   * @throws UserError if the address is taken, or does not belong to this machine
   */
  public static HttpServer start(Settings.Http settings, List<Routes> routes) {
    return start(settings, routes, System::nanoTime);
  }

  static HttpServer start(Settings.Http settings, List<Routes> routes, LongSupplier nanoTime) {
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
    javalin.before("/v1/*", new Access(settings.apiKey())::check);
    routes.forEach(part -> part.addTo(javalin));
    Faults.addTo(javalin);
    try {
      javalin.start();
      return new HttpServer(javalin);
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

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
