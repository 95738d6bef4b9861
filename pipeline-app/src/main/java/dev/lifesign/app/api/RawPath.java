package dev.lifesign.app.api;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The path of a request as the client sent it. A customer id can be any text, so in
 * percent-encoding it may be {@code ..%2F} or contain a NUL, which Jetty rejects or treats as a
 * change of folder. So Jetty gets a path in which every percent sign is escaped. Segments are
 * decoded once, here, after the route has been found.
 */
final class RawPath {

  private static final String PERCENT = "%";
  private static final String ESCAPED_PERCENT = "%25";

  private RawPath() {}

  /** Escapes the percent signs in the path of a request target. */
  static String withoutEscapes(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return path.replace(PERCENT, ESCAPED_PERCENT) + target.substring(path.length());
  }

  /** The path of a request as it was sent. */
  static String of(Context context) {
    return context.path().replace(ESCAPED_PERCENT, PERCENT);
  }

  /**
   * Decodes a percent-encoded segment in UTF-8; empty if it is malformed.
   *
   * @param segment the segment as it was sent
   */
  static Optional<String> decode(String segment) {
    byte[] sent = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(sent.length);
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] != '%') {
        decoded.put(sent[i]);
        continue;
      }
      OptionalInt octet = octet(sent, i + 1);
      if (octet.isEmpty()) {
        return Optional.empty();
      }
      decoded.put((byte) octet.getAsInt());
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt octet(byte[] text, int at) {
    int high = at + 1 < text.length ? Character.digit(text[at], 16) : -1;
    int low = at + 1 < text.length ? Character.digit(text[at + 1], 16) : -1;
    return high < 0 || low < 0 ? OptionalInt.empty() : OptionalInt.of(16 * high + low);
  }
}
