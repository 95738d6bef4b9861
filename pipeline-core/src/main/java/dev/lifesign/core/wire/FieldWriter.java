package dev.lifesign.core.wire;

import java.io.IOException;
import org.apache.avro.io.Encoder;

/** Writes the fields of a record without building the record. */
@FunctionalInterface
public interface FieldWriter<T> {

  /**
   * Writes the fields in the order of the schema.
   *
   * @throws IOException if the encoder cannot write
   */
  void write(T value, Encoder out) throws IOException;
}
