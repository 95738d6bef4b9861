package dev.lifesign.lab.open;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.HistoryReader;
import dev.lifesign.lab.replay.DirectEngine;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import java.nio.file.Path;

/**
 * A file that is read, fitted, tested and played through in one go.
 *
 * @param overview what it shows
 * @param policy the policy that decided, with models fitted to the file
 * @param results of the replay, to be written
 */
public record OpenedFile(Overview overview, PolicyFile policy, ReplayFiles results) {

  /**
   * Opens a file.
   *
   * @param base the policy to begin with; models and, if they are sound, the risk method are set
   * @param until the instant to show; what arrives later is left out
   * @throws UserError if the file cannot be read
   */
  public static OpenedFile of(EventFile file, PolicyFile base, long until) {
    History history = HistoryReader.read(file, base.policy(), until, read -> {}, unreadable -> {});
    PolicyFile policy = Fitting.of(history, base);
    Replay replay = new Replay(file, policy, until, total -> {}, line -> {}, unreadable -> {});
    ReplayFiles results = new ReplayFiles(true);
    new DirectEngine(replay, results).run();
    Overview overview =
        Opening.of(
            String.valueOf(Path.of(file.name()).getFileName()),
            policy.policy(),
            until,
            results.profiles(),
            results.statusChanges(),
            Tests.of(file, base, history, until));
    return new OpenedFile(overview, policy, results);
  }
}
