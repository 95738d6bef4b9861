package dev.lifesign.domain.command;

import dev.lifesign.domain.command.Command.Assign;
import dev.lifesign.domain.command.Command.Note;
import dev.lifesign.domain.command.Command.OnAlert;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The rules by which a decoded command is accepted as input (semantics, Commands). What is accepted
 * gets an answer, even if that is a refusal; what is not accepted becomes a dead letter.
 */
public final class CommandAcceptance {

  /** The longest command id, bytes of UTF-8. */
  public static final int MAX_COMMAND_ID = 128;

  /** The longest customer id, and the longest name of a person or a system, bytes of UTF-8. */
  public static final int MAX_NAME = 256;

  /** The longest note, bytes of UTF-8. */
  public static final int MAX_NOTE = 16_384;

  private CommandAcceptance() {}

  /**
   * Why the command is not accepted, or empty if it is.
   *
   * @param arrivedAt the record timestamp, milliseconds
   */
  public static Optional<Rejection> check(Command command, long arrivedAt) {
    if (arrivedAt < 0) {
      return Acceptance.negativeTimestamp(arrivedAt);
    }
    if (arrivedAt > Acceptance.LATEST) {
      return reject(
          RejectionReason.INVALID_FIELD,
          "Expected the record timestamp to be in milliseconds and before the year 10000, but it is %d; correct it at the source"
              .formatted(arrivedAt));
    }
    return missing("commandId", command.commandId())
        .or(() -> missing("customerId", command.customerId()))
        .or(() -> missing("by", command.by()))
        .or(
            () ->
                tooLong(
                    RejectionReason.INVALID_FIELD,
                    "commandId",
                    command.commandId(),
                    MAX_COMMAND_ID))
        .or(
            () ->
                tooLong(
                    RejectionReason.CUSTOMER_ID_TOO_LONG,
                    "customerId",
                    command.customerId(),
                    MAX_NAME))
        .or(() -> tooLong(RejectionReason.INVALID_FIELD, "by", command.by(), MAX_NAME))
        .or(() -> step(command.order()));
  }

  private static Optional<Rejection> step(Command.Order order) {
    if (order instanceof OnAlert onAlert) {
      if (onAlert.step() instanceof Assign assign) {
        return tooLong(RejectionReason.INVALID_FIELD, "owner", assign.owner(), MAX_NAME);
      }
      if (onAlert.step() instanceof Note note) {
        return tooLong(RejectionReason.INVALID_FIELD, "note", note.text(), MAX_NOTE);
      }
    }
    return Optional.empty();
  }

  private static Optional<Rejection> missing(String field, String value) {
    return value.isEmpty()
        ? reject(
            RejectionReason.MISSING_FIELD,
            "Expected a value for %s, but it is missing; set it".formatted(field))
        : Optional.empty();
  }

  private static Optional<Rejection> tooLong(
      RejectionReason reason, String field, String value, int limit) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= limit
        ? Optional.empty()
        : reject(
            reason,
            "Expected %s to have at most %d bytes, but it has %d; shorten it"
                .formatted(field, limit, bytes));
  }

  private static Optional<Rejection> reject(RejectionReason reason, String message) {
    return Optional.of(new Rejection(reason, message));
  }
}
