package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Reads and writes strings that take few different values. Each value is decoded or encoded only
 * once, as long as there are few. Not thread-safe.
 */
final class NameCache {

  static {
    AvroLimits.set();
  }

  /** With more names than this, all are forgotten. */
  private static final int MOST = 1_024;

  private final Map<Utf8, String> decoded = new HashMap<>();
  private final Map<String, Utf8> encoded = new HashMap<>();
  private Utf8 read = new Utf8();

  String read(Decoder in) throws IOException {
    read = in.readString(read);
    if (read.getByteLength() == 0) {
      return "";
    }
    String known = decoded.get(read);
    if (known != null) {
      return known;
    }
    String name = read.toString();
    keep(decoded, new Utf8(read), name);
    return name;
  }

  void write(Encoder out, String name) throws IOException {
    Utf8 known = encoded.get(name);
    if (known == null) {
      known = new Utf8(name);
      keep(encoded, name, known);
    }
    out.writeString(known);
  }

  private static <K, V> void keep(Map<K, V> names, K key, V value) {
    if (names.size() == MOST) {
      names.clear();
    }
    names.put(key, value);
  }
}
