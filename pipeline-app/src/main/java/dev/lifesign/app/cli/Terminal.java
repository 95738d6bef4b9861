package dev.lifesign.app.cli;

import java.io.Console;

/** Whether somebody looks at what is printed. */
final class Terminal {

  private Terminal() {}

  /**
   * Whether standard input and output are a terminal. From Java 22 on there is a console even where
   * there is no terminal, and a method that tells; before, the console itself tells.
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
