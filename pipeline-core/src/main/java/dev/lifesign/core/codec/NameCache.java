package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Reads and writes strings of which few are different, and makes each of them and its bytes once,
 * unless more than eight of them want the same places and come in turns. Not thread-safe.
 */
final class NameCache {

  static {
    AvroLimits.set();
  }

  /** Places; a power of two. */
  private static final int PLACES = 256;

  /** A name is at its own place or soon after it. */
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

  /** Where it is; less than 0 if it is not there. */
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

  /** A free place for it, or its own, from which another has to go. */
  private static <T> int free(T[] all, int own) {
    for (int i = 0; i < TRIES; i++) {
      int place = (own + i) & (PLACES - 1);
      if (all[place] == null) {
        return place;
      }
    }
    return own;
  }

  /** By the length and three of the bytes, which tells most apart. */
  private static int place(byte[] bytes, int length) {
    int mixed = ((length * 31 + bytes[0]) * 31 + bytes[length / 2]) * 31 + bytes[length - 1];
    return (mixed ^ mixed >>> 8) & (PLACES - 1);
  }
}
