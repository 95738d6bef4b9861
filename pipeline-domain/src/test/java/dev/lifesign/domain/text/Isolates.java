package dev.lifesign.domain.text;

/** Counts directional isolates. */
final class Isolates {

  private Isolates() {}

  /** How many isolates are open at the end; -1 if one was closed that was not open. */
  static int depth(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '\u2068' ? 1 : text.charAt(i) == '\u2069' ? -1 : 0;
      if (depth < 0) {
        return -1;
      }
    }
    return depth;
  }

  /** The text without them, and with plain spaces, for tests that people read. */
  static String without(String text) {
    return text.replaceAll("[\u2068\u2069\u200E\u200F\u061C]", "").replace('\u00A0', ' ');
  }
}
