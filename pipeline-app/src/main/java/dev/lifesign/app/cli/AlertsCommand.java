package dev.lifesign.app.cli;

import dev.lifesign.app.alert.AlertFilter;
import dev.lifesign.app.alert.AlertLog;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.AlertCommand;
import dev.lifesign.schema.ChurnAlert;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists alerts, shows one, and works on it. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Lists alerts, shows one, and works on it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign alerts list --owner retention --config lifesign.yaml",
      "  lifesign alerts show 736c7cca9b9eac81aa4e46b0e14293ee --config lifesign.yaml",
      "  lifesign alerts resolve 736c7cca9b9eac81aa4e46b0e14293ee --outcome saved --config lifesign.yaml",
      "",
      "Exits with 3 if a command on an alert was refused."
    })
final class AlertsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** What may be said to have come of an alert: every outcome but none. */
  static final class Outcomes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumSet.complementOf(EnumSet.of(Outcome.NONE)).stream().map(Enum::name).iterator();
    }
  }

  /** The option that says how alerts are printed. */
  static final class OutputOptions {
    @Option(
        names = "--output",
        paramLabel = "FORMAT",
        defaultValue = "table",
        description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
    private AlertPrinter.Format format;
  }

  /** The options that select alerts. */
  static final class FilterOptions {
    @Option(names = "--case", paramLabel = "CASE", description = "only alerts of this case")
    private Optional<String> caseId;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        split = ",",
        description =
            "only alerts in these states: ${COMPLETION-CANDIDATES} (default: all that have not ended)")
    private Set<State> states = EnumSet.of(State.OPEN, State.ACKNOWLEDGED, State.SNOOZED);

    @Option(
        names = "--severity",
        paramLabel = "SEVERITY",
        split = ",",
        description = "only alerts of these severities: ${COMPLETION-CANDIDATES}")
    private Set<Severity> severities = EnumSet.noneOf(Severity.class);

    @Option(
        names = "--owner",
        paramLabel = "NAME",
        description = "only alerts that this owner should act on")
    private Optional<String> owner;

    @Option(
        names = "--customer",
        paramLabel = "ID",
        description = "only alerts of this customer (faster: reads one partition)")
    private Optional<String> customer;

    @Option(
        names = "--due-before",
        paramLabel = "TIME",
        description =
            "only alerts that are due before an instant such as 2026-03-01T00:00:00Z, or within a"
                + " duration from now such as P2D")
    private Optional<String> dueBefore;

    @Option(
        names = "--muted",
        description =
            "only alerts of customers who are held out of their case, on whom nobody should act"
                + " (default: all other alerts)")
    private boolean muted;

    AlertFilter filter() {
      return new AlertFilter(
          caseId,
          customer,
          names(states),
          names(severities),
          owner,
          dueBefore.map(text -> time("--due-before", text)),
          Optional.of(muted));
    }

    private static Set<String> names(Set<? extends Enum<?>> some) {
      return some.stream().map(Enum::name).collect(Collectors.toSet());
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Lists alerts, the most urgent first.",
      description = {
        "Lists alerts as they are now, those that are due first at the top. They are found by reading the",
        "topic of alerts from its beginning; with --customer, only one of its partitions."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign alerts list --config lifesign.yaml --severity high,critical --due-before P1D",
        "  lifesign alerts list --config lifesign.yaml --case silence --state resolved --output csv"
      })
  int list(
      @Mixin SettingsOptions options,
      @Mixin FilterOptions filter,
      @Mixin OutputOptions output,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "maximum number of alerts (default: 100 in a table, otherwise all)")
          Optional<Integer> limit) {
    List<ChurnAlert> alerts = read(options.settings(), log -> log.newest(filter.filter()));
    return print(out -> AlertPrinter.list(out, output.format, alerts, limit));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Shows an alert and all that happened to it.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign alerts show 736c7cca9b9eac81aa4e46b0e14293ee --config lifesign.yaml",
        "  lifesign alerts show 736c7cca9b9eac81aa4e46b0e14293ee --customer c-000123 --output json"
      })
  int show(
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ALERT", description = "the alert's id, as list shows it")
          String alertId,
      @Option(
              names = "--customer",
              paramLabel = "ID",
              description = "the alert's customer; with it, the alert is found faster")
          Optional<String> customer,
      @Mixin OutputOptions output) {
    List<ChurnAlert> facts = history(options.settings(), alertId, customer);
    return print(out -> AlertPrinter.show(out, output.format, facts));
  }

  @Command(
      name = "acknowledge",
      mixinStandardHelpOptions = true,
      header = "Says that someone is at work on an alert.",
      description = {
        "Says that someone is at work on an alert. An acknowledged alert neither becomes overdue nor",
        "expires; it still ends by itself when its cause is gone."
      },
      footerHeading = "%nExamples:%n",
      footer =
          "  lifesign alerts acknowledge 736c7cca9b9eac81aa4e46b0e14293ee --config lifesign.yaml")
  int acknowledge(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(paramLabel = "ALERT", description = "the alert's id") String alertId) {
    return ask(settings, order, alertId, order.command("ACKNOWLEDGE", alertId));
  }

  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      header = "Gives an alert to another owner.",
      footerHeading = "%nExamples:%n",
      footer =
          "  lifesign alerts assign 736c7cca9b9eac81aa4e46b0e14293ee olga --config lifesign.yaml")
  int assign(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(index = "0", paramLabel = "ALERT", description = "the alert's id") String alertId,
      @Parameters(index = "1", paramLabel = "OWNER", description = "who should act") String owner) {
    AlertCommand command = order.command("ASSIGN", alertId);
    command.setOwner(owner);
    return ask(settings, order, alertId, command);
  }

  @Command(
      name = "snooze",
      mixinStandardHelpOptions = true,
      header = "Puts an alert aside until later.",
      description = {
        "Puts an alert aside until later, at most 90 days ahead. Then it reopens with a new due date and",
        "expiry, unless its cause has gone."
      },
      footerHeading = "%nExamples:%n",
      footer =
          "  lifesign alerts snooze 736c7cca9b9eac81aa4e46b0e14293ee --until P3D --config lifesign.yaml")
  int snooze(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(paramLabel = "ALERT", description = "the alert's id") String alertId,
      @Option(
              names = "--until",
              required = true,
              paramLabel = "TIME",
              description =
                  "an instant such as 2026-03-01T09:00:00Z, or a duration from now such as P3D")
          String until) {
    AlertCommand command = order.command("SNOOZE", alertId);
    command.setUntil(time("--until", until));
    return ask(settings, order, alertId, command);
  }

  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      header = "Ends an alert, and says what came of it.",
      description = {
        "Ends an alert, and says what came of it. For an alert that has ended by itself meanwhile, the",
        "outcome is noted."
      },
      footerHeading = "%nExamples:%n",
      footer =
          "  lifesign alerts resolve 736c7cca9b9eac81aa4e46b0e14293ee --outcome saved --config lifesign.yaml")
  int resolve(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(paramLabel = "ALERT", description = "the alert's id") String alertId,
      @Option(
              names = "--outcome",
              required = true,
              paramLabel = "OUTCOME",
              completionCandidates = Outcomes.class,
              description = "${COMPLETION-CANDIDATES}")
          Outcome outcome) {
    AlertCommand command = order.command("RESOLVE", alertId);
    command.setOutcome(outcome.name());
    return ask(settings, order, alertId, command);
  }

  @Command(
      name = "reopen",
      mixinStandardHelpOptions = true,
      header = "Opens an alert again that was resolved by hand.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign alerts reopen 736c7cca9b9eac81aa4e46b0e14293ee --config lifesign.yaml")
  int reopen(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(paramLabel = "ALERT", description = "the alert's id") String alertId) {
    return ask(settings, order, alertId, order.command("REOPEN", alertId));
  }

  @Command(
      name = "note",
      mixinStandardHelpOptions = true,
      header = "Adds a remark to an alert.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign alerts note 736c7cca9b9eac81aa4e46b0e14293ee \"calls back on Monday\" \\",
        "      --config lifesign.yaml"
      })
  int note(
      @Mixin SettingsOptions settings,
      @Mixin OrderOptions order,
      @Parameters(index = "0", paramLabel = "ALERT", description = "the alert's id") String alertId,
      @Parameters(index = "1", paramLabel = "TEXT", description = "the remark") String text) {
    AlertCommand command = order.command("NOTE", alertId);
    command.setNote(text);
    return ask(settings, order, alertId, command);
  }

  private int print(Consumer<PrintWriter> printer) {
    PrintWriter out = spec.commandLine().getOut();
    printer.accept(out);
    out.flush();
    return ExitCodes.OK;
  }

  private int ask(
      SettingsOptions options, OrderOptions order, String alertId, AlertCommand command) {
    Settings settings = options.settings();
    command.setCustomerId(
        order.customer().orElseGet(() -> newest(settings, alertId).getCustomerId()));
    return order.ask(settings, command, spec.commandLine());
  }

  private static ChurnAlert newest(Settings settings, String alertId) {
    List<ChurnAlert> facts = history(settings, alertId, Optional.empty());
    return facts.get(facts.size() - 1);
  }

  private static List<ChurnAlert> history(
      Settings settings, String alertId, Optional<String> customer) {
    List<ChurnAlert> facts = read(settings, log -> log.history(alertId, customer));
    if (facts.isEmpty()) {
      throw new UserError(
          "There is no alert %s in %s; see lifesign alerts list"
              .formatted(alertId, settings.topics().names().churnAlerts()));
    }
    return facts;
  }

  private static <T> T read(Settings settings, Function<AlertLog, T> reading) {
    Connections connections = new Connections(settings);
    connections.requireTopics(List.of(settings.topics().names().churnAlerts()));
    try (ReadProgress progress = new ReadProgress("Alerts", " facts")) {
      return reading.apply(
          new AlertLog(connections, settings.topics().names(), progress::total, progress::step));
    }
  }

  /** An instant, or a duration from now. */
  private static Instant time(String option, String text) {
    try {
      return text.startsWith("P") ? Instant.now().plus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new UserError(
          "%s is %s; set it to an instant such as 2026-03-01T09:00:00Z or a duration such as P3D"
              .formatted(option, text),
          e);
    }
  }
}
