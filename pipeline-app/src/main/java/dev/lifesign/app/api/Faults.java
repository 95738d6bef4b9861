package dev.lifesign.app.api;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what no route does: every fault is a problem (RFC 9457). */
final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  static void addTo(Javalin server) {
    server.exception(
        EndpointNotFound.class,
        (exception, context) ->
            Problem.write(
                context,
                HttpStatus.NOT_FOUND,
                "Nothing is served at %s; see docs/reference/api.md"
                    .formatted(RawPath.of(context))));
    server.exception(MethodNotAllowedResponse.class, Faults::notAllowed);
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
