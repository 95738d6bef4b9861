package dev.lifesign.app.cli;

import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.file.Refusals;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingFile;
import dev.lifesign.lab.mapping.MappingGuess;
import dev.lifesign.lab.mapping.MappingPresets;
import dev.lifesign.lab.mapping.MappingReader;
import dev.lifesign.lab.mapping.MappingReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks, guesses and prints mappings. */
@Command(
    name = "mapping",
    mixinStandardHelpOptions = true,
    description =
        "Says what the columns of a shop's export mean: checks, guesses or prints a mapping.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign mapping guess orders.csv > mapping.yaml",
      "  lifesign mapping check mapping.yaml --events orders.csv",
      "  lifesign mapping preset shopify"
    })
final class MappingCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Reports all faults of a mapping, each with its path in the file; with --events also those of a table that it is for.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign mapping check mapping.yaml",
        "  lifesign mapping check shopify --events orders_export.csv   exits with 3 if there are faults"
      })
  int check(
      @Parameters(paramLabel = "MAPPING", description = "a file, or the name of a preset")
          String mapping,
      @Option(names = "--events", paramLabel = "FILE", description = "a table to try it on")
          Path events) {
    MappingReading reading = MappingReader.read(MappingFile.text(mapping), ZoneOffset.UTC);
    PrintWriter err = spec.commandLine().getErr();
    reading.faults().forEach(fault -> err.println(mapping + ": " + fault));
    err.flush();
    if (!reading.faults().isEmpty()) {
      return ExitCodes.FAULTS;
    }
    PrintWriter print = spec.commandLine().getOut();
    print.printf("%s: the mapping is valid%n", mapping);
    print.flush();
    return events == null ? ExitCodes.OK : tryOn(events, reading.mapping().orElseThrow());
  }

  private int tryOn(Path events, Mapping mapping) {
    MappedEventFile file = new MappedEventFile(events, events.toString(), mapping, "USD", "");
    Refusals refusals = new Refusals();
    long[] read = {0, 0};
    file.read(line -> count(line, read, refusals));
    PrintWriter print = spec.commandLine().getOut();
    print.printf("%s: %,d events%n", events, read[1]);
    print.flush();
    int exit = RefusedLines.print(refusals, file, read[0], spec.commandLine().getErr());
    return refusals.count() > 0 || read[1] == 0 ? ExitCodes.FAULTS : exit;
  }

  private static void count(Line line, long[] read, Refusals refusals) {
    read[0]++;
    if (line.event().isPresent()) {
      read[1]++;
    } else {
      refusals.add(line);
    }
  }

  @Command(
      name = "guess",
      mixinStandardHelpOptions = true,
      description =
          "Prints a mapping for a table, guessed from its header and its first rows. Check it before you use it.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign mapping guess orders.csv > mapping.yaml")
  int guess(
      @Parameters(paramLabel = "FILE", description = "a table, plain, .gz or .zip") Path file) {
    MappingGuess guess = MappingGuess.of(file);
    spec.commandLine().getOut().print(guess.yaml());
    spec.commandLine().getOut().flush();
    guess.remarks().forEach(remark -> spec.commandLine().getErr().println(remark));
    spec.commandLine().getErr().flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "preset",
      mixinStandardHelpOptions = true,
      description = "Prints the mapping of a vendor's export.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign mapping preset woocommerce > mapping.yaml")
  int preset(
      @Parameters(
              paramLabel = "NAME",
              completionCandidates = Names.class,
              description = "One of ${COMPLETION-CANDIDATES}")
          String name) {
    return PresetPrinter.print(spec, name, MappingPresets.NAMES, MappingPresets::text);
  }

  /** The names of the presets. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MappingPresets.NAMES.iterator();
    }
  }
}
