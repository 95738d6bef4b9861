package dev.lifesign.app.cli;

import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a preset by its name. */
final class PresetPrinter {

  private PresetPrinter() {}

  /**
   * Prints a preset.
   *
   * @param names the names of all presets
   * @param text the text of a preset
   * @throws CommandLine.ParameterException if there is no preset of the name
   */
  static int print(CommandSpec spec, String name, List<String> names, UnaryOperator<String> text) {
    if (!names.contains(name)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "There is no preset " + name + "; use one of " + String.join(", ", names));
    }
    spec.commandLine().getOut().print(text.apply(name));
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }
}
