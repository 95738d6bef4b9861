package dev.lifesign.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;

/** Writes error answers as RFC 9457 (Problem Details for HTTP APIs) specifies, in UTF-8. */
final class Problem {

  /**
   * Has a charset although JSON is always UTF-8: some clients read text without a charset as
   * Latin-1.
   */
  static final String MEDIA_TYPE = "application/problem+json;charset=utf-8";

  static final String OUR_FAULT = "Internal error of Lifesign; see its log";

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
