package dev.lifesign.app.deadletter;

import dev.lifesign.schema.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * Selects dead letters; an empty criterion selects all.
 *
 * @param origin selects the one with this origin
 * @param reason selects those with this reason
 * @param topic selects those from this input topic
 * @param since selects those that arrived at this instant or later
 * @param until selects those that arrived before this instant
 */
public record Selection(
    Optional<Origin> origin,
    Optional<String> reason,
    Optional<String> topic,
    Optional<Instant> since,
    Optional<Instant> until) {

  /** Selects every dead letter. */
  public static final Selection ALL =
      new Selection(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Selects the dead letter with this origin. */
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
