package dev.lifesign.core.contract;

/**
 * A deadline of a partition could not be processed, which is a bug in Lifesign. No record is to
 * blame, so there is none to skip.
 */
public final class DueWorkFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The deadlines of a partition could not be processed. */
  public DueWorkFailedException(int partition, Throwable cause) {
    super("The deadlines of partition " + partition + " could not be processed: " + cause, cause);
  }
}
