package dev.lifesign.app.cli;

/** What the process says to its caller. */
public final class ExitCodes {

  /** Done. */
  public static final int OK = 0;

  /** It could not be done; the sentence on standard error says why. */
  public static final int FAILURE = 1;

  /** The command line is not understood. */
  public static final int USAGE = 2;

  /** What was to be checked has faults: a policy, topics, or a line under {@code --strict}. */
  public static final int FAULTS = 3;

  private ExitCodes() {}
}
