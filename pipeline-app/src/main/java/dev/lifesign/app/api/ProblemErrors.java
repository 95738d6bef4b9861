package dev.lifesign.app.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * Answers requests that reach no route, because their head is malformed or too long, with a
 * problem.
 */
final class ProblemErrors extends ErrorHandler {

  /** Called without a request, since its head could not be read. */
  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return ByteBuffer.wrap(
        Problem.json(status, HttpStatus.getMessage(status), detail(status, reason)));
  }

  @Override
  protected void generateAcceptableResponse(
      Request baseRequest,
      HttpServletRequest request,
      HttpServletResponse response,
      int code,
      String message)
      throws IOException {
    response.setContentType(Problem.MEDIA_TYPE);
    response
        .getOutputStream()
        .write(Problem.json(code, HttpStatus.getMessage(code), detail(code, message)));
  }

  private static String detail(int status, String reason) {
    String cause = reason == null ? HttpStatus.getMessage(status) : reason;
    return switch (status) {
      case HttpStatus.URI_TOO_LONG_414 ->
          "The request line is longer than 8 KiB; a customer id has at most 256 bytes";
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "The headers of the request are longer than 8 KiB; send fewer or shorter ones";
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> Problem.OUR_FAULT;
      default -> "The request could not be read: %s".formatted(cause);
    };
  }
}
