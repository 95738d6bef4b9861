package dev.lifesign.core.contract;

/**
 * A deadline of a partition could not be taken, which is a fault of Lifesign; the cause is what it
 * threw. No record is to blame, so there is none to skip.
 */
public final class DueWorkFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The deadlines of a partition failed. */
  public DueWorkFailedException(int partition, Throwable cause) {
    super("The deadlines of partition " + partition + " could not be taken: " + cause, cause);
  }
}
