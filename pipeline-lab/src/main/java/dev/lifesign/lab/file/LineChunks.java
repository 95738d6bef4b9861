package dev.lifesign.lab.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of JSON lines in chunks of whole lines, which can be parsed in parallel. A line ends with
 * LF, CR, or both, as for {@link java.io.BufferedReader#readLine()}; bytes that are not UTF-8 are
 * read as U+FFFD.
 */
final class LineChunks {

  /** The size of a chunk in bytes: a few thousand lines. */
  static final int SIZE = 1 << 19;

  private final InputStream in;
  private final int size;
  private byte[] rest = {};
  private long number = 1;

  /** The lines of a stream, numbered from 1. */
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
      int split = end ? length : split(bytes, length);
      if (end || split > 0) {
        rest = Arrays.copyOfRange(bytes, split, length);
        Chunk chunk = new Chunk(bytes, split, number);
        number += lineEnds(bytes, split);
        return chunk;
      }
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }

  /** The offset after the last line that is known to be complete; 0 if there is none. */
  private static int split(byte[] bytes, int length) {
    for (int i = length - 1; i >= 0; i--) {
      if (bytes[i] == '\n' || (bytes[i] == '\r' && i + 1 < length && bytes[i + 1] != '\n')) {
        return i + 1;
      }
    }
    return 0;
  }

  private static long lineEnds(byte[] bytes, int length) {
    // Most files have only LF, which the JVM finds in a string several bytes at a time.
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    long lineEnds = 0;
    if (text.indexOf('\r') < 0) {
      for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
        lineEnds++;
      }
      return lineEnds;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\r' || (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))) {
        lineEnds++;
      }
    }
    return lineEnds;
  }

  /** A chunk of whole lines. */
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
          // A zero may be part of another encoding.
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
