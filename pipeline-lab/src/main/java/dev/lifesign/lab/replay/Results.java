package dev.lifesign.lab.replay;

import dev.lifesign.domain.timeline.Profile;

/** Receives the results of a replay. */
public interface Results {

  /** A status change, in order per customer. */
  void statusChange(StatusChangeRow change);

  /** An alert was raised, or it ended. */
  void alert(AlertRow alert);

  /** The profile of a customer at the end of the replay. */
  void profile(Profile profile);

  /** A line of the file that was not accepted. */
  void deadLetter(long line, String reason, String message);
}
