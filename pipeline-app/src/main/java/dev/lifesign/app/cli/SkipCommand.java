package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.SkipLog;
import dev.lifesign.core.contract.Skips.Place;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Skips one record. */
@Command(
    name = "skip",
    mixinStandardHelpOptions = true,
    header = "Skips one input record that the pipeline cannot process.",
    description = {
      "Marks one record of an input topic to be skipped. When an instance stops twice at the same",
      "offset, its last log line shows this command. The record becomes a dead letter with the reason",
      "SKIPPED, which says who skipped it, when and why; nothing else is lost. Start the instances",
      "again afterwards: they read the list of skipped records before any event."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign skip lifesign.purchases 3 42 --reason \"stops the timeline, ticket 512\" \\",
      "      --config lifesign.yaml",
      "  lifesign dead-letters list --config lifesign.yaml --reason SKIPPED"
    })
final class SkipCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "the input topic")
  private String topic;

  @Parameters(index = "1", paramLabel = "PARTITION", description = "its partition")
  private int partition;

  @Parameters(index = "2", paramLabel = "OFFSET", description = "the record's offset")
  private long offset;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; kept in the dead letter")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who skips it (default: the user, ${DEFAULT-VALUE})")
  private String by;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Connections connections = new Connections(settings);
    Place place = new Place(topic, partition, offset);
    try (Admin admin = connections.admin()) {
      new SkipLog(admin, connections, settings).add(place, SkipLog.now(by, reason));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s will be skipped; now start the instances again%n", place);
    out.flush();
    return ExitCodes.OK;
  }
}
