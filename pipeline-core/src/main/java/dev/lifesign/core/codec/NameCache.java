package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Reads and writes strings that take few different values. Each value is decoded or encoded only
 * once, unless more than eight values that hash to the same places alternate. Not thread-safe.
 */
final class NameCache {

  static {
    AvroLimits.set();
  }

  /** The number of places; a power of two. */
  private static final int PLACES = 256;

  /** How many places are tried, beginning with a name's own. */
  private static final int TRIES = 8;

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
    int own = place(read.getBytes(), read.getByteLength());
    int place = find(known, read, own);
    if (place < 0) {
      place = free(known, own);
      known[place] = new Utf8(read);
      names[place] = read.toString();
    }
    return names[place];
  }

  void write(Encoder out, String name) throws IOException {
    int own = name.hashCode() & (PLACES - 1);
    int place = find(written, name, own);
    if (place < 0) {
      place = free(written, own);
      written[place] = name;
      bytes[place] = new Utf8(name);
    }
    out.writeString(bytes[place]);
  }

  /** The place of a name; negative if it is not cached. */
  private static <T> int find(T[] all, T one, int own) {
    for (int i = 0; i < TRIES; i++) {
      int place = (own + i) & (PLACES - 1);
      if (all[place] == null) {
        return -1;
      }
      if (one.equals(all[place])) {
        return place;
      }
    }
    return -1;
  }

  /** A free place for a name; if there is none, its own, whose occupant is replaced. */
  private static <T> int free(T[] all, int own) {
    for (int i = 0; i < TRIES; i++) {
      int place = (own + i) & (PLACES - 1);
      if (all[place] == null) {
        return place;
      }
    }
    return own;
  }

  /** The place by length and three of the bytes, which differ between most names. */
  private static int place(byte[] bytes, int length) {
    int mixed = ((length * 31 + bytes[0]) * 31 + bytes[length / 2]) * 31 + bytes[length - 1];
    return (mixed ^ mixed >>> 8) & (PLACES - 1);
  }
}
