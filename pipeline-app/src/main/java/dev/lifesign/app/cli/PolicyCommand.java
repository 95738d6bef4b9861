package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PolicyReading;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.text.PolicySentences;
import dev.lifesign.domain.text.PolicySentences.Group;
import dev.lifesign.lab.file.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a policy, explains it in plain sentences, or prints a preset. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks a policy, explains it in plain sentences, or prints one to start with.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign policy preset saas > policy.yaml",
      "  lifesign policy check policy.yaml",
      "  lifesign policy explain policy.yaml"
    })
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
    Optional<Policy> read = read(file);
    if (read.isEmpty()) {
      return ExitCodes.FAULTS;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: policy version %d is valid%n", file, read.get().version());
    read.get().currency().inMajorUnits().forEach(rate -> out.println("  " + rate));
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Explains a policy in plain sentences, for people who do not read YAML.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign policy explain policy.yaml",
        "  lifesign policy explain policy.yaml --language fa"
      })
  int explain(
      @Parameters(paramLabel = "FILE", description = "YAML or JSON") Path file,
      @Option(
              names = "--language",
              paramLabel = "LANGUAGE",
              description = "en, fa or ar; by default the policy's own")
          Language language) {
    Optional<Policy> read = read(file);
    if (read.isEmpty()) {
      return ExitCodes.FAULTS;
    }
    Policy policy = read.get();
    PrintWriter out = spec.commandLine().getOut();
    String gap = "";
    for (Group group :
        PolicySentences.of(policy, language == null ? policy.locale().language() : language)) {
      out.println(gap + group.heading());
      group.sentences().forEach(sentence -> out.println("- " + sentence));
      gap = System.lineSeparator();
    }
    out.flush();
    return ExitCodes.OK;
  }

  /** The policy of a file; empty if it has faults, which are then reported. */
  private Optional<Policy> read(Path file) {
    PolicyReading reading = PolicyReader.read(PolicyFile.text(file));
    PrintWriter err = spec.commandLine().getErr();
    reading.faults().forEach(fault -> err.println(file + ": " + fault));
    err.flush();
    return reading.policy();
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
