package dev.lifesign.app.cli;

/** The checked input has faults, which have already been reported. */
final class FaultsFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FaultsFound() {
    super("faults found", null, false, false);
  }
}
