package dev.lifesign.core.codec;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.AlertCommand;
import dev.lifesign.schema.KeptFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;

/** Converts commands and their answers between the wire format and the domain. */
public final class CommandCodec {

  private CommandCodec() {}

  /**
   * Converts a record to a command. What the action needs may be missing; the command is then
   * refused when it is carried out, so that its sender gets an answer.
   *
   * @throws EventCodec.UnknownActionException if the action is unknown
   * @throws IllegalArgumentException if the record is not a command
   */
  public static Command decode(SpecificRecord value) {
    if (value instanceof AlertCommand command) {
      return new Command(
          command.getCommandId(), command.getCustomerId(), command.getBy(), order(command));
    }
    throw new IllegalArgumentException(
        "The record is a " + value.getSchema().getFullName() + ", not a command");
  }

  private static Command.Order order(AlertCommand command) {
    if (command.getAction().equals("ERASE")) {
      return new Command.Erase();
    }
    Integer seen = command.getSeenVersion();
    return new Command.OnAlert(
        orEmpty(command.getAlertId()),
        seen == null ? OptionalInt.empty() : OptionalInt.of(seen),
        step(command));
  }

  private static Command.Step step(AlertCommand command) {
    return switch (command.getAction()) {
      case "ACKNOWLEDGE" -> new Command.Acknowledge();
      case "ASSIGN" -> new Command.Assign(orEmpty(command.getOwner()));
      case "SNOOZE" ->
          new Command.Snooze(
              command.getUntil() == null ? Instants.NEVER : command.getUntil().toEpochMilli());
      case "RESOLVE" -> new Command.Resolve(outcome(orEmpty(command.getOutcome())));
      case "REOPEN" -> new Command.Reopen();
      case "NOTE" -> new Command.Note(orEmpty(command.getNote()));
      default -> throw new EventCodec.UnknownActionException("action", "command");
    };
  }

  /** The outcome with this name; NONE, which resolves nothing, if there is no such outcome. */
  private static Outcome outcome(String name) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(name)) {
        return outcome;
      }
    }
    return Outcome.NONE;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** Converts a command to a record. */
  public static AlertCommand encode(Command command) {
    AlertCommand.Builder record =
        AlertCommand.newBuilder()
            .setCommandId(command.commandId())
            .setCustomerId(command.customerId())
            .setBy(command.by());
    if (command.order() instanceof Command.OnAlert order) {
      record.setAlertId(order.alertId());
      if (order.seenVersion().isPresent()) {
        record.setSeenVersion(order.seenVersion().getAsInt());
      }
      write(order.step(), record);
    } else {
      record.setAction("ERASE");
    }
    return record.build();
  }

  private static void write(Command.Step step, AlertCommand.Builder record) {
    if (step instanceof Command.Assign assign) {
      record.setAction("ASSIGN").setOwner(assign.owner());
    } else if (step instanceof Command.Snooze snooze) {
      record.setAction("SNOOZE").setUntil(Instant.ofEpochMilli(snooze.until()));
    } else if (step instanceof Command.Resolve resolve) {
      record.setAction("RESOLVE").setOutcome(resolve.outcome().name());
    } else if (step instanceof Command.Note note) {
      record.setAction("NOTE").setNote(note.text());
    } else {
      record.setAction(step instanceof Command.Reopen ? "REOPEN" : "ACKNOWLEDGE");
    }
  }

  /**
   * Converts an answer.
   *
   * @param arrivedAt when the command arrived, milliseconds since 1970
   * @param erasedAt when the command erased its customer, milliseconds since 1970; empty if it did
   *     not
   * @param retention the topics that keep facts, and for how long; empty for ever
   */
  public static dev.lifesign.schema.CommandResult encode(
      CommandResult result,
      long arrivedAt,
      OptionalLong erasedAt,
      Map<String, Optional<Duration>> retention) {
    return new dev.lifesign.schema.CommandResult(
        result.command().commandId(),
        result.command().customerId(),
        result.accepted(),
        result.accepted() ? "" : result.refusal().name(),
        sentence(result),
        result.version(),
        Instant.ofEpochMilli(arrivedAt),
        erasedAt.isPresent() ? kept(erasedAt.getAsLong(), retention) : List.of());
  }

  private static List<KeptFacts> kept(long erasedAt, Map<String, Optional<Duration>> retention) {
    return retention.entrySet().stream()
        .map(
            topic ->
                new KeptFacts(
                    topic.getKey(),
                    topic
                        .getValue()
                        .map(time -> Instants.plus(erasedAt, time.toMillis()))
                        .map(Instant::ofEpochMilli)
                        .orElse(null)))
        .toList();
  }

  private static String sentence(CommandResult result) {
    Refusal refusal = result.refusal();
    return switch (refusal) {
      case NONE -> "";
      case UNKNOWN_CUSTOMER ->
          "No event of this customer has arrived, or it was erased; check the customerId.";
      case UNKNOWN_ALERT ->
          "The customer has no such alert, or its case has raised a later one; take the alertId from the latest record of the customer.";
      case NOT_OPEN ->
          "The alert has ended. You can resolve it or add a note; only an alert that was resolved by hand can be reopened.";
      case NOT_REOPENABLE ->
          "Only an alert that was handled can be reopened, as long as the policy has its case.";
      case STALE ->
          "The alert has changed since the version seen; look at version %d, then decide again."
              .formatted(result.version());
      case VERSION_AHEAD ->
          "The alert has only reached version %d; check seenVersion.".formatted(result.version());
      case BAD_UNTIL ->
          "An alert is snoozed until an instant after the command's arrival and at most 90 days ahead; set until.";
      case INCOMPLETE ->
          "The command lacks what it needs: ASSIGN an owner, RESOLVE an outcome (SAVED, LOST, FALSE_ALARM or OTHER), NOTE a text; set it.";
    };
  }
}
