package dev.lifesign.app.cli;

import java.io.Console;

/** Detects whether the output goes to a terminal. */
final class Terminal {

  private Terminal() {}

  /**
   * Whether standard input and output are a terminal. Since Java 22 there is a console even without
   * a terminal, and a method that tells the difference. Before that, there is a console only with a
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
}
