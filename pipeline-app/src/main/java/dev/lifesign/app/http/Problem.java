package dev.lifesign.app.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** What went wrong with a request, as RFC 9457 (Problem Details for HTTP APIs) has it. */
final class Problem {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  static void write(Context context, HttpStatus status, String detail) {
    ObjectNode problem = JSON.createObjectNode();
    problem.put("title", status.getMessage());
    problem.put("status", status.getCode());
    problem.put("detail", detail);
    context.status(status).contentType(MEDIA_TYPE).result(problem.toString());
  }

  /** For a path that nothing is served at. */
  static void notARoute(Context context) {
    if (!MEDIA_TYPE.equals(context.res().getContentType())) {
      write(
          context,
          HttpStatus.NOT_FOUND,
          "Nothing is served at %s; see docs/api.md".formatted(context.path()));
    }
  }
}
