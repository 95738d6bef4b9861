package dev.lifesign.app.deadletter;

import dev.lifesign.schema.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param origin the one that came from there
 * @param reason those of a reason
 * @param topic those that came from a topic
 * @param since those that arrived at that instant or later
 * @param until those that arrived before that instant
 */
public record Selection(
    Optional<Origin> origin,
    Optional<String> reason,
    Optional<String> topic,
    Optional<Instant> since,
    Optional<Instant> until) {

  /** Every one. */
  public static final Selection ALL =
      new Selection(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The one that came from there. */
  public static Selection of(Origin origin) {
    return new Selection(
        Optional.of(origin),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  boolean takes(DeadLetter letter) {
    return origin.map(Origin.of(letter)::equals).orElse(true)
        && reason.map(letter.getReason()::equals).orElse(true)
        && topic.map(letter.getTopic()::equals).orElse(true)
        && since.map(from -> letter.getTimestamp() >= from.toEpochMilli()).orElse(true)
        && until.map(to -> letter.getTimestamp() < to.toEpochMilli()).orElse(true);
  }
}
