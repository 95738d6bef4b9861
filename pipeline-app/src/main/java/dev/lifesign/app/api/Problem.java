package dev.lifesign.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;

/** What went wrong with a request, as RFC 9457 (Problem Details for HTTP APIs) has it, in UTF-8. */
final class Problem {

  /**
   * With its charset: JSON is always UTF-8, but clients that know only the text types read what has
   * none as Latin-1.
   */
  static final String MEDIA_TYPE = "application/problem+json;charset=utf-8";

  static final String OUR_FAULT = "A fault of Lifesign; its log says more";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Problem() {}

  static void write(Context context, HttpStatus status, String detail) {
    context
        .status(status)
        .contentType(MEDIA_TYPE)
        .result(json(status.getCode(), status.getMessage(), detail));
  }

  static byte[] json(int status, String title, String detail) {
    ObjectNode problem = JSON.createObjectNode();
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    return problem.toString().getBytes(StandardCharsets.UTF_8);
  }
}
