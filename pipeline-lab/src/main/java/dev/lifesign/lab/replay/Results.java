package dev.lifesign.lab.replay;

import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.Line;

/** Receives the results of a replay. */
public interface Results {

  /** A status change, in order per customer. */
  void statusChange(StatusChangeRow change);

  /** Something happened to an alert, in order per customer. */
  void alert(AlertRow alert);

  /** A command was answered, in order per customer. */
  void command(CommandRow answer);

  /** A command that arrives after the end of the replay. */
  void afterEnd(ArrivedCommand command);

  /** The profile of a customer at the end of the replay. */
  void profile(Profile profile);

  /**
   * A line of the file that was not accepted.
   *
   * @param kind what all lines with this fault have in common
   * @param reason the reason code
   */
  void deadLetter(long line, String kind, String reason, String message);

  /** A line that arrives after the end of the replay. */
  void afterEnd(Line line);

  /** An event was applied, applied late, or dropped as a duplicate; or time passed. Thread-safe. */
  void handled(Decision decision);

  /** An event was dropped, since its customer had been erased not long before. Thread-safe. */
  void erased();
}
