package dev.lifesign.core.streams.codec;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/** Reads strings of which few are different, and makes each of them once. Not thread-safe. */
final class Names {

  static {
    AvroLimits.set();
  }

  /** Of those that are different after all, the first are forgotten. */
  private static final int MOST = 1_024;

  private final Map<Utf8, String> known = new HashMap<>();
  private Utf8 bytes = new Utf8();

  String read(Decoder in) throws IOException {
    bytes = in.readString(bytes);
    String name = known.get(bytes);
    if (name == null) {
      name = bytes.toString();
      if (known.size() == MOST) {
        known.clear();
      }
      known.put(new Utf8(bytes), name);
    }
    return name;
  }
}
