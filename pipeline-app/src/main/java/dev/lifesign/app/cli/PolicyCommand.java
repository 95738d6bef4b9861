package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
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

/** Checks a policy, or prints a preset. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks a policy, or prints one to start with.",
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
      description = "Reports all faults of a policy file, each with its path in the file.",
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
    Policy policy = reading.policy().orElseThrow();
    PrintWriter out = command.getOut();
    out.printf("%s: policy version %d is valid%n", file, policy.version());
    policy.currency().inMajorUnits().forEach(rate -> out.println("  " + rate));
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "preset",
      mixinStandardHelpOptions = true,
      description = "Prints a policy to start with.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign policy preset retail > policy.yaml")
  int preset(
      @Parameters(
              paramLabel = "NAME",
              completionCandidates = Names.class,
              description = "One of ${COMPLETION-CANDIDATES}")
          String name) {
    return PresetPrinter.print(spec, name, Presets.NAMES, Presets::text);
  }

  /** The names of the presets. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Presets.NAMES.iterator();
    }
  }
}
