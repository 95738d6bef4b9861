package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StateReset;
import java.io.PrintWriter;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The state of an application. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "Forgets the state of an application, so that it reads its inputs again.",
    footerHeading = "%nExamples:%n",
    footer = "  lifesign state reset --config lifesign.yaml")
final class StateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      header = "Forgets state: folder, changelogs, committed offsets.",
      description = {
        "Forgets the state of an application that is stopped: its folder on this machine, its",
        "changelogs and its committed offsets. The next start reads the inputs from their beginning",
        "and tells everything again, unless topics.outputPrefix or mutedUntil is set; see",
        "docs/how-to/reprocess.md. Without --yes it only shows what would go."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign state reset --config lifesign.yaml          shows what would go",
        "  lifesign state reset --config lifesign.yaml --yes"
      })
  int reset(
      @Mixin SettingsOptions options, @Option(names = "--yes", description = "do it") boolean yes) {
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Admin admin = new Connections(settings).admin()) {
      StateReset reset = new StateReset(admin, settings);
      StateReset.Plan plan = reset.plan();
      String verb = yes ? "forgotten" : "would be forgotten";
      plan.folder().forEach(folder -> out.printf("%-20s folder %s%n", verb, folder));
      plan.topics().forEach(topic -> out.printf("%-20s topic %s%n", verb, topic));
      plan.group().forEach(group -> out.printf("%-20s offsets of group %s%n", verb, group));
      if (plan.isEmpty()) {
        out.printf("%s has no state%n", settings.applicationId());
      } else if (yes) {
        reset.run(plan);
      } else {
        out.println("nothing was done; add --yes to do it");
      }
      out.flush();
    }
    return ExitCodes.OK;
  }
}
