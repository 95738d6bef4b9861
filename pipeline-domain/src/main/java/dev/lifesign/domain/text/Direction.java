package dev.lifesign.domain.text;

import dev.lifesign.domain.policy.PolicyLocale.Language;

/** Keeps texts of either direction apart (Unicode Standard Annex 9, directional isolates). */
final class Direction {

  private static final char FIRST_STRONG_ISOLATE = '\u2068';
  private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

  private Direction() {}

  /**
   * A text within a sentence, such that neither changes the direction of the other. In English only
   * a text with letters of the other direction is isolated.
   */
  static String isolated(String text, Language language) {
    return language == Language.EN && !runsFromRight(text)
        ? text
        : FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE;
  }

  /** A name that someone else wrote: on one line, without directional controls of its own. */
  static String plain(String name) {
    StringBuilder plain = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean control = Character.isISOControl(c);
      if (plain == null && (control || isDirectional(c))) {
        plain = new StringBuilder(name.length()).append(name, 0, i);
      }
      if (plain != null && !isDirectional(c)) {
        plain.append(control ? ' ' : c);
      }
    }
    return plain == null ? name : plain.toString();
  }

  private static boolean runsFromRight(String text) {
    for (int i = 0; i < text.length(); i++) {
      byte direction = Character.getDirectionality(text.charAt(i));
      if (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
          || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDirectional(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
  }
}
