package dev.lifesign.app.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the calls of {@code lifesign} in the shell examples of a document. */
final class ShownCommands {

  private static final String PROMPT = "$ ";
  private static final Pattern CALL =
      Pattern.compile("(?:^|[;&|(]\\s*|\\s)(?:\\.{0,2}/)?lifesign(?=\\s|$)");
  private static final Pattern WORD =
      Pattern.compile("'[^']*'|\"[^\"]*\"|[;|&<>)]|[^\\s'\";|&<>)]+");
  private static final String END = "[;|&<>)]|#.*";

  private ShownCommands() {}

  /** The words that follow {@code lifesign} in each call of a block. */
  static List<List<String>> of(String block) {
    String joined = block.replaceAll("\\\\\\n\\s*", "");
    boolean session = joined.lines().anyMatch(line -> line.startsWith(PROMPT));
    List<List<String>> calls = new ArrayList<>();
    joined
        .lines()
        .filter(line -> !session || line.startsWith(PROMPT))
        .map(line -> session ? line.substring(PROMPT.length()) : line)
        .forEach(line -> addCalls(line, calls));
    return calls;
  }

  private static void addCalls(String line, List<List<String>> calls) {
    Matcher call = CALL.matcher(line);
    while (call.find()) {
      if (isCommand(line.substring(0, call.start()))) {
        calls.add(words(line.substring(call.end())));
      }
    }
  }

  /** Whether a word after this text is a command, which only assignments may precede. */
  private static boolean isCommand(String before) {
    String last = before.replaceAll(".*[;&|(]", "").strip();
    return last.isEmpty() || last.matches("([A-Z_]+=('[^']*'|\"[^\"]*\"|\\S*)\\s*)+");
  }

  private static List<String> words(String rest) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(rest);
    int end = 0;
    StringBuilder current = new StringBuilder();
    while (word.find()) {
      if (word.start() > end && !current.isEmpty()) {
        words.add(current.toString());
        current.setLength(0);
      }
      String part = word.group();
      boolean quoted = part.startsWith("'") || part.startsWith("\"");
      if (!quoted && part.matches(END)) {
        break;
      }
      current.append(quoted ? part.substring(1, part.length() - 1) : part);
      end = word.end();
    }
    if (!current.isEmpty()) {
      words.add(current.toString());
    }
    return words;
  }
}
