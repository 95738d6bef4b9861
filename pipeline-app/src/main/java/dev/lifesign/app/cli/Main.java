package dev.lifesign.app.cli;

import dev.lifesign.app.Build;
import dev.lifesign.lab.UserError;
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
    description =
        "Says of every customer, at the instant it becomes true, whether it is still active.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      FitCommand.class,
      BacktestCommand.class,
      PolicyCommand.class,
      TopicsCommand.class,
      ConfigCommand.class,
      CustomerCommand.class,
      DeadLettersCommand.class,
      SkipCommand.class,
      StateCommand.class,
      GenerateCompletion.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign demo                                a made-up shop, everything in this process",
      "  lifesign run --config lifesign.yaml          the pipeline, beside your own brokers",
      "  lifesign policy preset retail > policy.yaml  a policy to start from",
      "  source <(lifesign generate-completion)       completion for bash and zsh",
      "",
      "Exit codes:",
      "  0  done",
      "  1  it could not be done; a sentence on standard error says why",
      "  2  the command line is not understood",
      "  3  what was checked has faults (a policy, topics, a line under --strict)"
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

  /** Runs the command of the arguments, and ends the process with its exit code. */
  public static void main(String[] arguments) {
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
        expected ? exception.getMessage() : "Unexpected, and a fault of Lifesign: " + exception;
    if (!expected) {
      LoggerFactory.getLogger(Main.class).error("Unexpected", exception);
    }
    Stream.of(sentence.split("\n"))
        .forEach(
            line -> commandLine.getErr().println(commandLine.getColorScheme().errorText(line)));
    commandLine.getErr().flush();
    return ExitCodes.FAILURE;
  }
}
