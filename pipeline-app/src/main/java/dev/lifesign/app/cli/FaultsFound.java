package dev.lifesign.app.cli;

/** What was to be checked has faults, and they were told already. */
final class FaultsFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FaultsFound() {
    super("faults found", null, false, false);
  }
}
