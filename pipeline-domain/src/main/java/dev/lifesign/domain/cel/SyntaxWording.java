package dev.lifesign.domain.cel;

import java.util.Map;

/** Words for what the parser finds wrong. */
final class SyntaxWording {

  private static final Map<String, String> OTHER_LANGUAGES =
      Map.of("and", "&&", "or", "||", "not", "!", "=", "==", "&", "&&", "|", "||", "<>", "!=");

  private SyntaxWording() {}

  /**
   * What is wrong.
   *
   * @param message the parser's message
   * @param text the text from the fault on, to the end of its line
   */
  static String of(String message, String text) {
    String word = text.split("[\\s()]", 2)[0];
    if (OTHER_LANGUAGES.containsKey(word)) {
      return "CEL does not know %s; write %s".formatted(word, OTHER_LANGUAGES.get(word));
    }
    if (message.startsWith("Expression recursion limit exceeded")) {
      return "The expression is nested too deeply; simplify it";
    }
    if (message.startsWith("reserved identifier")) {
      return "%s is a reserved word of CEL; put quotes around text, as in '%s'"
          .formatted(word, word);
    }
    if (message.startsWith("invalid argument to has()")) {
      return "has() asks whether a field is present; write it as has(event.channel)";
    }
    if (message.startsWith("For input string") || message.contains("literal")) {
      return "%s is not a number that CEL can hold; correct it".formatted(word);
    }
    if (text.startsWith("'") || text.startsWith("\"")) {
      return "The text that starts here cannot be read; end it with the quote that it starts with";
    }
    if (text.isBlank()) {
      return "The expression ends too early; complete it, or close what is still open";
    }
    return "The expression cannot be read from here on: %s".formatted(text.strip());
  }
}
