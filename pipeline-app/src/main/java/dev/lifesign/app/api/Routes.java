package dev.lifesign.app.api;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all routes have in common: HEAD is answered like GET, and errors are problems. */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private Routes() {}

  /** Serves a path. The answer to HEAD has the status and headers of GET. */
  static void get(Javalin server, String path, Handler handler) {
    server.get(path, handler);
    server.head(path, handler);
  }

  /** Answers requests without a route, and failed requests. */
  static void addFaults(Javalin server) {
    server.exception(
        EndpointNotFound.class,
        (exception, context) ->
            Problem.write(
                context,
                HttpStatus.NOT_FOUND,
                "Nothing is served at %s; see docs/api.md".formatted(RawPath.of(context))));
    server.exception(MethodNotAllowedResponse.class, Routes::notAllowed);
    server.exception(
        HttpResponseException.class,
        (exception, context) ->
            Problem.write(
                context, HttpStatus.forStatus(exception.getStatus()), exception.getMessage()));
    server.exception(
        Exception.class,
        (exception, context) -> {
          LOG.error("{} {} failed", context.method(), RawPath.of(context), exception);
          Problem.write(context, HttpStatus.INTERNAL_SERVER_ERROR, Problem.OUR_FAULT);
        });
  }

  private static void notAllowed(MethodNotAllowedResponse exception, Context context) {
    String allowed = String.join(", ", exception.getDetails().values());
    context.header("Allow", allowed);
    Problem.write(
        context,
        HttpStatus.METHOD_NOT_ALLOWED,
        "%s is not supported at %s; use %s"
            .formatted(context.req().getMethod(), RawPath.of(context), allowed));
  }
}
