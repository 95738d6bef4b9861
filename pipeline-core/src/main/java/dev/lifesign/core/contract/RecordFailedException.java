package dev.lifesign.core.contract;

/** The processing of a record failed, which is a fault of Lifesign; the cause is what it threw. */
public final class RecordFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Skips.Place place;

  public RecordFailedException(Skips.Place place, Throwable cause) {
    super("The record at " + place + " could not be processed: " + cause, cause);
    this.place = place;
  }

  /** Where the record stands. */
  public Skips.Place place() {
    return place;
  }
}
