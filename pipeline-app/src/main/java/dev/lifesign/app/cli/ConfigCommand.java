package dev.lifesign.app.cli;

import dev.lifesign.app.config.EffectiveSettings;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the effective settings. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Shows the effective settings, and where each comes from.",
    footerHeading = "%nExamples:%n",
    footer = "  lifesign config show --config lifesign.yaml")
final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Shows the effective settings, and where each comes from.",
      description = {
        "Flags (--set) override the environment, the environment overrides the file, and the file",
        "overrides the defaults. In the environment, http.port is LIFESIGN_HTTP_PORT. Secrets are masked."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign config show --config lifesign.yaml",
        "  LIFESIGN_HTTP_PORT=8081 lifesign config show --config lifesign.yaml --set settle=PT1M"
      })
  int show(@Mixin SettingsOptions options) {
    EffectiveSettings effective = options.effective();
    int key = width(effective.lines().stream().mapToInt(line -> line.key().length()).max());
    int value =
        Math.min(
            50, width(effective.lines().stream().mapToInt(line -> line.value().length()).max()));
    PrintWriter out = spec.commandLine().getOut();
    for (EffectiveSettings.Line line : effective.lines()) {
      out.printf("%-" + key + "s  %-" + value + "s  %s%n", line.key(), line.value(), line.origin());
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static int width(java.util.OptionalInt longest) {
    return Math.max(1, longest.orElse(1));
  }
}
