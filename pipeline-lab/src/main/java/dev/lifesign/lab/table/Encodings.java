package dev.lifesign.lab.table;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Finds out in which encoding text is. */
final class Encodings {

  /** How much of the beginning is looked at. */
  static final int SAMPLE = 1 << 16;

  private static final Charset LATIN = Charset.forName("windows-1252");

  /** Encodings of other scripts, as the detector names them. */
  private static final Set<String> OTHER_SCRIPTS =
      Set.of(
          "windows-1251",
          "windows-1253",
          "windows-1254",
          "windows-1255",
          "windows-1256",
          "KOI8-R",
          "ISO-8859-5",
          "ISO-8859-6",
          "ISO-8859-7",
          "ISO-8859-8",
          "ISO-8859-9",
          "Shift_JIS",
          "EUC-JP",
          "EUC-KR",
          "GB18030",
          "Big5");

  private Encodings() {}

  /**
   * The encoding that a byte order mark or zero bytes give away: UTF-16 or UTF-8; empty if there is
   * neither.
   */
  static Optional<Charset> ofBeginning(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    int[] zeros = new int[2];
    int length = Math.min(bytes.length, SAMPLE) & ~1;
    for (int i = 0; i < length; i++) {
      zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
    }
    if (length > 1 && zeros[1] * 4 >= length && zeros[0] * 8 < length) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (length > 1 && zeros[0] * 4 >= length && zeros[1] * 8 < length) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  /** A given encoding; for UTF-16, the byte order of the beginning, big-endian if it shows none. */
  static Charset withByteOrder(Charset given, byte[] beginning) {
    return given.equals(StandardCharsets.UTF_16)
        ? ofBeginning(beginning)
            .filter(found -> !found.equals(StandardCharsets.UTF_8))
            .orElse(StandardCharsets.UTF_16BE)
        : given;
  }

  /** The number of bytes that the byte order mark of an encoding takes, 0 if there is none. */
  static int markLength(byte[] bytes, Charset encoding) {
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }
    boolean wide =
        encoding.name().startsWith("UTF-16")
            && (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF));
    return wide ? 2 : 0;
  }

  /** The encoding of bytes that are not UTF-8. */
  static Charset notUtf8(byte[] bytes) {
    if (!hasWordsOfAnotherScript(bytes)) {
      return LATIN;
    }
    CharsetDetector detector = new CharsetDetector();
    detector.setText(bytes);
    return Arrays.stream(detector.detectAll())
        .map(CharsetMatch::getName)
        .map(name -> name.replaceAll("_(rtl|ltr)$", ""))
        .filter(OTHER_SCRIPTS::contains)
        .filter(Charset::isSupported)
        .findFirst()
        .map(Charset::forName)
        .orElse(LATIN);
  }

  /** Whether most words with bytes beyond ASCII consist of nothing else. */
  private static boolean hasWordsOfAnotherScript(byte[] bytes) {
    int whole = 0;
    int mixed = 0;
    int high = 0;
    int low = 0;
    for (int i = 0; i <= bytes.length; i++) {
      int b = i < bytes.length ? bytes[i] : ' ';
      if (b < 0) {
        high++;
      } else if ((b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
        low++;
      } else {
        if (high > 1 && low == 0) {
          whole++;
        } else if (high > 0 && low > 0) {
          mixed++;
        }
        high = 0;
        low = 0;
      }
    }
    return whole > mixed;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
