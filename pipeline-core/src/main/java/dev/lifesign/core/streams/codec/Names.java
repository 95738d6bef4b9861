package dev.lifesign.core.streams.codec;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Reads and writes strings of which few are different, and makes each of them and its bytes once,
 * unless two of them have the same place and come in turns. Not thread-safe.
 */
final class Names {

  static {
    AvroLimits.set();
  }

  /** Places; a power of two. */
  private static final int PLACES = 256;

  private final Utf8[] known = new Utf8[PLACES];
  private final String[] names = new String[PLACES];
  private Utf8 read = new Utf8();

  private final String[] written = new String[PLACES];
  private final Utf8[] bytes = new Utf8[PLACES];

  String read(Decoder in) throws IOException {
    read = in.readString(read);
    if (read.getByteLength() == 0) {
      return "";
    }
    int place = place(read.getBytes(), read.getByteLength());
    if (!read.equals(known[place])) {
      known[place] = new Utf8(read);
      names[place] = read.toString();
    }
    return names[place];
  }

  void write(Encoder out, String name) throws IOException {
    int place = name.hashCode() & (PLACES - 1);
    if (!name.equals(written[place])) {
      written[place] = name;
      bytes[place] = new Utf8(name);
    }
    out.writeString(bytes[place]);
  }

  /** By the length and three of the bytes, which tells most apart. */
  private static int place(byte[] bytes, int length) {
    int mixed = ((length * 31 + bytes[0]) * 31 + bytes[length / 2]) * 31 + bytes[length - 1];
    return (mixed ^ mixed >>> 8) & (PLACES - 1);
  }
}
