package dev.lifesign.lab.value;

/** Digits of any script as ASCII digits, without the marks that only steer the display. */
public final class Digits {

  private static final char NO_BREAK_SPACE = '\u00A0';

  private Digits() {}

  /**
   * The text with ASCII digits (Persian, Arabic, Devanagari, full-width and others are converted),
   * without surrounding white space, and without byte order marks, joiners and marks of direction.
   */
  public static String ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return converted(text);
      }
    }
    return text.strip();
  }

  private static String converted(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 128) {
        ascii.append((char) c);
      } else if (Character.isDigit(c)) {
        ascii.append((char) ('0' + Character.digit(c, 10)));
      } else if (Character.getType(c) != Character.FORMAT) {
        ascii.appendCodePoint(c == '\u202F' || c == '\u2007' ? NO_BREAK_SPACE : c);
      }
    }
    int from = 0;
    int to = ascii.length();
    while (from < to && isSpace(ascii.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(ascii.charAt(to - 1))) {
      to--;
    }
    return ascii.substring(from, to);
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == NO_BREAK_SPACE;
  }
}
