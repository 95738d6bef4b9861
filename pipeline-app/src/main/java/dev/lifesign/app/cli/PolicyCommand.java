package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PolicyReading;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.file.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Policies: check one, or print one to start from. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks a policy, or prints one to start from.",
    footerHeading = "%nExamples:%n",
    footer = {"  lifesign policy preset saas > policy.yaml", "  lifesign policy check policy.yaml"})
final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Names every fault of a policy file at once, by its path in the file.",
      footerHeading = "%nExamples:%n",
      footer =
          "  lifesign policy check policy.yaml      exits with 0, or with 3 if there are faults")
  int check(@Parameters(paramLabel = "FILE", description = "YAML or JSON") Path file) {
    PolicyReading reading = PolicyReader.read(PolicyFile.text(file));
    CommandLine command = spec.commandLine();
    PrintWriter err = command.getErr();
    reading.faults().forEach(fault -> err.println(file + ": " + fault));
    if (!reading.faults().isEmpty()) {
      err.flush();
      return ExitCodes.FAULTS;
    }
    command
        .getOut()
        .printf("%s: policy version %d is sound%n", file, reading.policy().orElseThrow().version());
    command.getOut().flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "preset",
      mixinStandardHelpOptions = true,
      description = "Prints a policy to start from.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign policy preset retail > policy.yaml")
  int preset(
      @Parameters(
              paramLabel = "NAME",
              completionCandidates = Names.class,
              description = "One of ${COMPLETION-CANDIDATES}")
          String name) {
    if (!Presets.NAMES.contains(name)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Expected one of " + String.join(", ", Presets.NAMES) + ", but it is " + name);
    }
    spec.commandLine().getOut().print(Presets.text(name));
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  /** The names of the presets. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Presets.NAMES.iterator();
    }
  }
}
