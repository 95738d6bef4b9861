package dev.lifesign.app.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of JSON lines in pieces of whole lines, which can be parsed side by side. A line ends with
 * LF, CR, or both, as for {@link java.io.BufferedReader#readLine()}; what is no UTF-8 is read as
 * U+FFFD.
 */
final class LineChunks {

  /** Some thousands of lines. */
  static final int SIZE = 1 << 19;

  private final InputStream in;
  private final int size;
  private byte[] rest = {};
  private long number = 1;

  /** The lines of a stream, which are counted from 1. */
  LineChunks(InputStream in) {
    this(in, SIZE);
  }

  LineChunks(InputStream in, int size) {
    this.in = in;
    this.size = size;
  }

  /** The next lines; empty at the end. */
  Chunk next() throws IOException {
    int length = rest.length;
    byte[] bytes = Arrays.copyOf(rest, Math.max(size, length));
    while (true) {
      length += in.readNBytes(bytes, length, bytes.length - length);
      boolean end = length < bytes.length;
      int cut = end ? length : cut(bytes, length);
      if (end || cut > 0) {
        rest = Arrays.copyOfRange(bytes, cut, length);
        Chunk chunk = new Chunk(bytes, cut, number);
        number += ends(bytes, cut);
        return chunk;
      }
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }

  /**
   * Behind the last end of a line of which it is known that it is a whole one; 0 if there is none.
   */
  private static int cut(byte[] bytes, int length) {
    for (int i = length - 1; i >= 0; i--) {
      if (bytes[i] == '\n' || (bytes[i] == '\r' && i + 1 < length && bytes[i + 1] != '\n')) {
        return i + 1;
      }
    }
    return 0;
  }

  private static long ends(byte[] bytes, int length) {
    // Most files have LF alone, which the JVM finds in a text by more than a byte at a time.
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    long ends = 0;
    if (text.indexOf('\r') < 0) {
      for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
        ends++;
      }
      return ends;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\r' || (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))) {
        ends++;
      }
    }
    return ends;
  }

  /** Whole lines. */
  static final class Chunk {
    private final byte[] bytes;
    private final int length;
    private final long first;

    private Chunk(byte[] bytes, int length, long first) {
      this.bytes = bytes;
      this.length = length;
      this.first = first;
    }

    boolean isEmpty() {
      return length == 0;
    }

    /** Parses the lines that are not blank. */
    List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      long number = first;
      int from = 0;
      while (from < length) {
        int to = from;
        boolean ascii = true;
        while (to < length && bytes[to] != '\n' && bytes[to] != '\r') {
          // A zero may be a part of another encoding.
          ascii &= bytes[to] > 0;
          to++;
        }
        String text =
            new String(
                bytes,
                from,
                to - from,
                ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        if (!text.isBlank()) {
          lines.add(
              ascii
                  ? JsonEvents.readAscii(number, text, bytes, from)
                  : JsonEvents.read(number, text));
        }
        number++;
        boolean both = to + 1 < length && bytes[to] == '\r' && bytes[to + 1] == '\n';
        from = to + (both ? 2 : 1);
      }
      return lines;
    }
  }
}
