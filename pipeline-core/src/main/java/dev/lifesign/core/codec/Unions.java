package dev.lifesign.core.codec;

import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import org.apache.avro.io.Encoder;

/**
 * Writes optional values as unions of null and a type, in this order, which Avro requires for a
 * default of null.
 */
final class Unions {

  private static final int NULL = 0;
  private static final int VALUE = 1;

  private Unions() {}

  /** Writes an instant, or null for one that never comes. */
  static void instant(Encoder out, long instant) throws IOException {
    if (Instants.isFinite(instant)) {
      value(out, instant);
    } else {
      nothing(out);
    }
  }

  static void value(Encoder out, long value) throws IOException {
    present(out);
    out.writeLong(value);
  }

  static void value(Encoder out, double value) throws IOException {
    present(out);
    out.writeDouble(value);
  }

  /** Announces a value, which the caller writes next. */
  static void present(Encoder out) throws IOException {
    out.writeIndex(VALUE);
  }

  static void nothing(Encoder out) throws IOException {
    out.writeIndex(NULL);
    out.writeNull();
  }
}
