package dev.lifesign.lab.table;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * The lines of a text in any encoding. A line ends with LF, CR, or both. If no encoding is given, a
 * line that is not UTF-8 is read in the encoding that its surroundings suggest, Windows-1252 in
 * doubt. A line longer than {@link #LONGEST} is cut; the rest of it is skipped.
 */
final class TextLines implements Closeable {

  /** The longest line that is kept, bytes. */
  static final int LONGEST = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final boolean detect;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private Charset encoding;
  private boolean fellBack;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean end;
  private long number;

  /**
   * A line.
   *
   * @param number from 1
   * @param text without its end
   * @param cut whether it was longer than {@link #LONGEST}
   */
  record TextLine(long number, String text, boolean cut) {}

  /**
   * The lines of a stream, which is closed with this.
   *
   * @param encoding empty to detect it
   */
  TextLines(InputStream bytes, Optional<Charset> encoding) throws IOException {
    BufferedInputStream marked = new BufferedInputStream(bytes, Encodings.SAMPLE);
    marked.mark(Encodings.SAMPLE);
    byte[] sample = marked.readNBytes(Encodings.SAMPLE);
    marked.reset();
    Charset found =
        encoding
            .map(given -> Encodings.withByteOrder(given, sample))
            .or(() -> Encodings.ofBeginning(sample))
            .orElse(StandardCharsets.UTF_8);
    marked.skipNBytes(Encodings.markLength(sample, found));
    this.detect = encoding.isEmpty();
    if (found.name().startsWith("UTF-16") || found.name().startsWith("UTF-32")) {
      this.encoding = StandardCharsets.UTF_8;
      this.in =
          ReaderInputStream.builder()
              .setReader(new InputStreamReader(marked, found))
              .setCharset(StandardCharsets.UTF_8)
              .get();
    } else {
      this.encoding = found;
      this.in = marked;
    }
  }

  /** The encoding that a line was read in although none was given and it was not UTF-8. */
  Optional<Charset> fallback() {
    return fellBack ? Optional.of(encoding) : Optional.empty();
  }

  /** The next line; null at the end. */
  TextLine next() throws IOException {
    int scanned = 0;
    while (true) {
      int stop = lineEnd(from + scanned);
      if (isComplete(stop)) {
        return take(stop, after(stop));
      }
      if (end) {
        return from == to ? null : take(stop, stop);
      }
      if (to - from >= LONGEST) {
        return cut();
      }
      scanned = stop - from;
      fill();
    }
  }

  private int lineEnd(int begin) {
    int stop = begin;
    while (stop < to && buffer[stop] != '\n' && buffer[stop] != '\r') {
      stop++;
    }
    return stop;
  }

  /** A CR at the end of the buffer may be the first half of CR LF. */
  private boolean isComplete(int stop) {
    return stop < to && (buffer[stop] == '\n' || stop + 1 < to || end);
  }

  private int after(int stop) {
    boolean both = buffer[stop] == '\r' && stop + 1 < to && buffer[stop + 1] == '\n';
    return stop + (both ? 2 : 1);
  }

  private TextLine cut() throws IOException {
    String text = decode(from, from + LONGEST);
    number++;
    from += LONGEST;
    while (true) {
      int stop = lineEnd(from);
      if (isComplete(stop)) {
        from = after(stop);
        return new TextLine(number, text, true);
      }
      from = stop;
      if (end) {
        return new TextLine(number, text, true);
      }
      fill();
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    if (to > buffer.length - BUFFER / 2) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      end = true;
    } else {
      to += read;
    }
  }

  private TextLine take(int stop, int next) {
    String text = decode(from, stop);
    from = next;
    number++;
    return new TextLine(number, text, false);
  }

  private String decode(int begin, int stop) {
    boolean ascii = true;
    for (int i = begin; i < stop && ascii; i++) {
      ascii = buffer[i] >= 0;
    }
    if (ascii) {
      return new String(buffer, begin, stop - begin, StandardCharsets.ISO_8859_1);
    }
    if (!detect) {
      return new String(buffer, begin, stop - begin, encoding);
    }
    try {
      return utf8.decode(ByteBuffer.wrap(buffer, begin, stop - begin)).toString();
    } catch (CharacterCodingException e) {
      if (!fellBack) {
        fellBack = true;
        encoding =
            Encodings.notUtf8(Arrays.copyOfRange(buffer, begin, Math.min(to, begin + BUFFER)));
      }
      return new String(buffer, begin, stop - begin, encoding);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
