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

/** Resets the state of an application. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "Deletes the state of an application, so that it reads its inputs again.",
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
      header = "Deletes state: folder, changelogs and committed offsets.",
      description = {
        "Deletes the state of a stopped application: its folder on this machine, its changelogs and its",
        "committed offsets. The next start reads the inputs from their beginning and publishes",
        "everything again, unless topics.outputPrefix or mutedUntil is set; see",
        "docs/how-to/reprocess.md. Without --yes it only shows what would be deleted."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign state reset --config lifesign.yaml          shows what would be deleted",
        "  lifesign state reset --config lifesign.yaml --yes"
      })
  int reset(
      @Mixin SettingsOptions options,
      @Option(names = "--yes", description = "delete the state") boolean yes) {
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Admin admin = new Connections(settings).admin()) {
      StateReset reset = new StateReset(admin, settings);
      StateReset.Plan plan = reset.plan();
      String verb = yes ? "deleted" : "would be deleted";
      plan.folder().forEach(folder -> out.printf("%-20s folder %s%n", verb, folder));
      plan.topics().forEach(topic -> out.printf("%-20s topic %s%n", verb, topic));
      plan.group().forEach(group -> out.printf("%-20s offsets of group %s%n", verb, group));
      if (plan.isEmpty()) {
        out.printf("%s has no state%n", settings.applicationId());
      } else if (yes) {
        reset.run(plan);
      } else {
        out.println("nothing was deleted; add --yes to delete");
      }
      out.flush();
    }
    return ExitCodes.OK;
  }
}
