package dev.lifesign.app.cli;

import dev.lifesign.app.Build;
import dev.lifesign.lab.UserError;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
    name = "lifesign",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Tells you which customers are still active, the moment that changes.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      OpenCommand.class,
      ReplayCommand.class,
      FitCommand.class,
      BacktestCommand.class,
      PolicyCommand.class,
      MappingCommand.class,
      TopicsCommand.class,
      ConfigCommand.class,
      CustomerCommand.class,
      AlertsCommand.class,
      DeadLettersCommand.class,
      SkipCommand.class,
      StateCommand.class,
      GenerateCompletion.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign demo                                a simulated shop, everything in one process",
      "  lifesign run --config lifesign.yaml          the pipeline, with your own brokers",
      "  lifesign policy preset retail > policy.yaml  a policy to start with",
      "  source <(lifesign generate-completion)       completion for bash and zsh",
      "",
      "Exit codes:",
      "  0  success",
      "  1  failure; a message on standard error says why",
      "  2  the command line is not valid",
      "  3  the checked input has faults (a policy, topics, a line with --strict, a file of which",
      "     most is refused or that has no customer, a dead letter not sent, a command refused)"
    })
public final class Main implements Runnable {

  private static final int HELP_WIDTH = 110;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /** The version of this build, and the commit that it was built from. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Build.nameAndCommit()};
    }
  }

  /** Runs a command, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Commands speak English everywhere; what a page says is in the language of its policy.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for tests too. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(Main::handle);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    commandLine.setUsageHelpAutoWidth(true);
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int handle(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (exception instanceof FaultsFound) {
      return ExitCodes.FAULTS;
    }
    boolean expected = exception instanceof UserError || exception instanceof KafkaException;
    String sentence =
        expected
            ? exception.getMessage()
            : "This is a bug in Lifesign; please report it with the log: " + exception;
    if (!expected) {
      LoggerFactory.getLogger(Main.class).error("Unexpected error", exception);
    }
    Stream.of(sentence.split("\n"))
        .forEach(
            line -> commandLine.getErr().println(commandLine.getColorScheme().errorText(line)));
    commandLine.getErr().flush();
    return ExitCodes.FAILURE;
  }
}
