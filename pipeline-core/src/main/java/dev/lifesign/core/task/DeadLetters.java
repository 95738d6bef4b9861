package dev.lifesign.core.task;

import dev.lifesign.core.wire.SchemaGate;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Creates dead letters, which keep a rejected record unchanged up to a size limit. */
final class DeadLetters {

  /** The maximum number of bytes kept of the key, of the value, and of the headers. */
  static final int LIMIT = 64 * 1024;

  /** The maximum number of characters in a message. */
  private static final int LONGEST_MESSAGE = 2_000;

  private DeadLetters() {}

  /** The position and the timestamp of a record. */
  record Origin(String topic, int partition, long offset, long timestamp) {}

  static DeadLetter of(
      Origin origin, byte[] key, byte[] value, Headers headers, Rejection rejection) {
    boolean cut = value != null && value.length > LIMIT;
    return new DeadLetter(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        origin.timestamp(),
        rejection.reason().name(),
        shortened(rejection.message()),
        start(key),
        length(key),
        start(value),
        length(value),
        cut ? ByteBuffer.wrap(sha256(value)) : null,
        kept(headers));
  }

  private static Map<String, ByteBuffer> kept(Headers headers) {
    Map<String, ByteBuffer> kept = new HashMap<>();
    int left = LIMIT;
    for (Header header : headers) {
      byte[] value = header.value();
      int size = header.key().length() + (value == null ? 0 : value.length);
      boolean own = header.key().equals(ArrivalExtractor.NEGATIVE) || SchemaGate.isMark(header);
      if (value != null && size <= left && !own) {
        kept.put(header.key(), ByteBuffer.wrap(value));
        left -= size;
      }
    }
    return kept;
  }

  private static ByteBuffer start(byte[] bytes) {
    return bytes == null
        ? null
        : ByteBuffer.wrap(bytes.length > LIMIT ? Arrays.copyOf(bytes, LIMIT) : bytes);
  }

  /** The key of a dead letter: the record's key, cut to the limit. */
  static byte[] key(byte[] key) {
    return key == null || key.length <= LIMIT ? key : Arrays.copyOf(key, LIMIT);
  }

  /** Shortens a message, since it may quote the content of the record, which has no size limit. */
  private static String shortened(String message) {
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static int length(byte[] bytes) {
    return bytes == null ? -1 : bytes.length;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
