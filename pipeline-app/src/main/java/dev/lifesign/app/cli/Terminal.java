package dev.lifesign.app.cli;

import java.io.Console;
import java.util.Locale;

/** The terminal, if the process has one. */
final class Terminal {

  private Terminal() {}

  /**
   * Whether standard input and output are a terminal. Since Java 22 there is a console even without
   * a terminal, and a method that knows the difference. Before that, there is a console only with a
   * terminal.
   */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * Asks a question that is answered with yes or no. Without a terminal nobody can answer, and it
   * is yes.
   */
  static boolean confirms(String question) {
    if (!isInteractive()) {
      return true;
    }
    String answer = System.console().readLine("%s [Y/n] ", question);
    return answer != null && !answer.strip().toLowerCase(Locale.ROOT).startsWith("n");
  }

  /**
   * Asks a question about what cannot be undone. Without a terminal nobody can answer, and it is
   * no.
   */
  static boolean isSure(String question) {
    if (!isInteractive()) {
      return false;
    }
    String answer = System.console().readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
