package dev.lifesign.app.replay;

import dev.lifesign.core.timeline.Profile;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;

/** Takes what a replay brings forth. */
interface Results {

  void statusChange(StatusChange change);

  void alert(ChurnAlert alert);

  void profile(Profile profile);

  void deadLetter(long line, String reason, String message);
}
