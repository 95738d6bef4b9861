package dev.lifesign.app.cli;

/** The exit codes of the process. */
public final class ExitCodes {

  /** The command succeeded. */
  public static final int OK = 0;

  /** The command failed; a message on standard error says why. */
  public static final int FAILURE = 1;

  /** The command line is not valid. */
  public static final int USAGE = 2;

  /**
   * The checked input has faults: a policy, a mapping, topics, or a line with {@code --strict}; or
   * most of a file was refused, or it has no customer. Also for dead letters that were not sent.
   */
  public static final int FAULTS = 3;

  private ExitCodes() {}
}
