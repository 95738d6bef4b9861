package dev.lifesign.core.contract;

/** A record could not be processed, which is a bug in Lifesign. */
public final class RecordFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Skips.Place place;

  public RecordFailedException(Skips.Place place, Throwable cause) {
    super("The record at " + place + " could not be processed: " + cause, cause);
    this.place = place;
  }

  /** The place of the record. */
  public Skips.Place place() {
    return place;
  }
}
