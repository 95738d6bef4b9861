package dev.lifesign.lab.file;

import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandAcceptance;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.time.Instants;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a command from a line of JSON. What only the command's own action needs, such as an owner,
 * is left to those who carry it out: without it they refuse the command, as they do live.
 */
final class JsonCommands {

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "commandId",
              "customerId",
              "at",
              "by",
              "action",
              "case",
              "number",
              "seenVersion",
              "owner",
              "until",
              "outcome",
              "note"));

  private JsonCommands() {}

  /** What a command asks for. */
  private enum Action {
    ACKNOWLEDGE,
    ASSIGN,
    SNOOZE,
    RESOLVE,
    REOPEN,
    NOTE,
    ERASE
  }

  /** A line that is not a command. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  static ArrivedCommand read(long line, JsonFields fields) throws Unreadable {
    Optional<String> unknown = fields.names().filter(name -> !NAMES.contains(name)).findFirst();
    if (unknown.isPresent()) {
      throw new Unreadable(
          "%s is no field of a command; the fields are %s"
              .formatted(unknown.get(), String.join(", ", NAMES)));
    }
    String customer = required(fields, "customerId");
    Command command =
        new Command(
            required(fields, "commandId"),
            customer,
            required(fields, "by"),
            order(fields, customer));
    long arrivedAt = arrival(fields);
    Optional<Rejection> rejection = CommandAcceptance.check(command, arrivedAt);
    if (rejection.isPresent()) {
      throw new Unreadable(rejection.get().message());
    }
    return new ArrivedCommand(line, arrivedAt, command);
  }

  private static Command.Order order(JsonFields fields, String customer) throws Unreadable {
    Action action = action(fields);
    if (action == Action.ERASE) {
      return new Command.Erase();
    }
    String caseId = required(fields, "case");
    required(fields, "number");
    return new Command.OnAlert(
        AlertId.of(customer, caseId, whole(fields, "number", 1)),
        fields.has("seenVersion")
            ? OptionalInt.of(whole(fields, "seenVersion", 0))
            : OptionalInt.empty(),
        step(action, fields));
  }

  private static Command.Step step(Action action, JsonFields fields) throws Unreadable {
    return switch (action) {
      case ACKNOWLEDGE -> new Command.Acknowledge();
      case ASSIGN -> new Command.Assign(text(fields, "owner"));
      case SNOOZE ->
          new Command.Snooze(fields.has("until") ? instant(fields, "until") : Instants.NEVER);
      case RESOLVE -> new Command.Resolve(outcome(fields));
      case REOPEN -> new Command.Reopen();
      case NOTE -> new Command.Note(text(fields, "note"));
      case ERASE -> throw new IllegalStateException("An erasure is not about an alert");
    };
  }

  private static long arrival(JsonFields fields) throws Unreadable {
    required(fields, "at");
    long at = instant(fields, "at");
    if (at < 0 || at > Acceptance.LATEST) {
      throw new Unreadable(
          "at is %s, but commands arrive in 1970 or later, and before the year 10000"
              .formatted(text(fields, "at")));
    }
    return at;
  }

  private static String required(JsonFields fields, String name) throws Unreadable {
    String text = text(fields, name);
    if (text.isEmpty()) {
      throw new Unreadable("The command has no %s; add it".formatted(name));
    }
    return text;
  }

  private static String text(JsonFields fields, String name) throws Unreadable {
    String text = fields.text(name);
    if (text == null) {
      throw expected(fields, name, "text");
    }
    return text;
  }

  private static Action action(JsonFields fields) throws Unreadable {
    String text = required(fields, "action");
    for (Action each : Action.values()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw expected(
        fields,
        "action",
        "one of "
            + Arrays.stream(Action.values()).map(Enum::name).collect(Collectors.joining(", ")));
  }

  /** None for one that is not known, as for one that a newer build sends. */
  private static Outcome outcome(JsonFields fields) throws Unreadable {
    String text = text(fields, "outcome");
    return Arrays.stream(Outcome.values())
        .filter(each -> each.name().equals(text))
        .findFirst()
        .orElse(Outcome.NONE);
  }

  private static int whole(JsonFields fields, String name, int least) throws Unreadable {
    Optional<Long> number = fields.whole(name);
    if (number.isEmpty() || number.get() < least || number.get() > Integer.MAX_VALUE) {
      throw expected(fields, name, "a whole number of %d or more".formatted(least));
    }
    return number.get().intValue();
  }

  private static long instant(JsonFields fields, String name) throws Unreadable {
    try {
      return Instants.parse(text(fields, name));
    } catch (DateTimeException | ArithmeticException e) {
      throw expected(fields, name, "an instant such as 2024-07-01T09:00:00Z");
    }
  }

  private static Unreadable expected(JsonFields fields, String name, String what) {
    return new Unreadable(
        "Expected %s to be %s, but it is %s".formatted(name, what, fields.json(name)));
  }
}
