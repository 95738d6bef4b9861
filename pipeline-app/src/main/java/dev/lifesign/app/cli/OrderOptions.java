package dev.lifesign.app.cli;

import dev.lifesign.app.alert.CommandClient;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.AlertCommand;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.KeptFacts;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command on an alert. */
final class OrderOptions {

  @Option(
      names = "--customer",
      paramLabel = "ID",
      description =
          "the alert's customer (default: found by reading all alerts, which can take a while)")
  private Optional<String> customer;

  @Option(
      names = "--seen-version",
      paramLabel = "N",
      description =
          "the version of the alert that you saw; refused if its state, rung, owner or snooze has"
              + " changed since")
  private Optional<Integer> seenVersion;

  @Mixin private Asking asking;

  /** The options of every command. */
  static final class Asking {

    @Option(
        names = "--by",
        paramLabel = "NAME",
        defaultValue = "${sys:user.name}",
        description = "who asks (default: the user, ${DEFAULT-VALUE})")
    private String by;

    @Option(
        names = "--command-id",
        paramLabel = "ID",
        description =
            "the id of the command; one that was sent before is not done again, but answered as"
                + " before (default: a new id)")
    private Optional<String> commandId;

    @Option(
        names = "--timeout",
        paramLabel = "DURATION",
        defaultValue = "PT30S",
        description = "how long to wait for the answer (default ${DEFAULT-VALUE})")
    private String timeout;

    /** A command without what is particular to it. */
    AlertCommand command(String action, String customerId) {
      return AlertCommand.newBuilder()
          .setCommandId(commandId.orElseGet(() -> UUID.randomUUID().toString()))
          .setCustomerId(customerId)
          .setBy(by)
          .setAction(action)
          .build();
    }

    /** Sends a command, and prints the answer; the exit code is that of faults if it is refused. */
    int ask(Settings settings, AlertCommand command, CommandLine line) {
      if (!settings.topics().checkPartition()) {
        throw new UserError(
            "Commands cannot be sent with checkPartition: false, because a customer may be in any"
                + " partition; send them with the producer that sends the events");
      }
      CommandResult answer =
          new CommandClient(new Connections(settings), settings.topics().names())
              .ask(command, patience());
      if (!answer.getAccepted()) {
        line.getErr().printf("refused, %s: %s%n", answer.getReason(), answer.getSentence());
        line.getErr().flush();
        return ExitCodes.FAULTS;
      }
      print(line.getOut(), command, answer);
      return ExitCodes.OK;
    }

    private Duration patience() {
      try {
        return Duration.parse(timeout);
      } catch (DateTimeException e) {
        throw new UserError(
            "--timeout is %s; set it to a duration such as PT30S".formatted(timeout), e);
      }
    }

    private static void print(PrintWriter out, AlertCommand command, CommandResult answer) {
      if (command.getAlertId() == null) {
        out.printf("accepted: customer %s is erased%n", command.getCustomerId());
      } else {
        out.printf(
            "accepted: alert %s is at version %d%n", command.getAlertId(), answer.getVersion());
      }
      for (KeptFacts kept : answer.getKept()) {
        out.printf(
            "facts in %s are kept %s%n",
            kept.getTopic(), kept.getUntil() == null ? "for ever" : "until " + kept.getUntil());
      }
      out.flush();
    }
  }

  Optional<String> customer() {
    return customer;
  }

  /** A command on an alert, whose customer is still to be set. */
  AlertCommand command(String action, String alertId) {
    AlertCommand command = asking.command(action, customer.orElse(""));
    command.setAlertId(alertId);
    seenVersion.ifPresent(command::setSeenVersion);
    return command;
  }

  int ask(Settings settings, AlertCommand command, CommandLine line) {
    return asking.ask(settings, command, line);
  }
}
