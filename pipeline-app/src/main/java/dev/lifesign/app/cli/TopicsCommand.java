package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Creates the topics of the pipeline, or compares them with what they should be. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Creates the topics, or shows what they are and what they should be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign topics create --config lifesign.yaml",
      "  lifesign topics describe --config lifesign.yaml"
    })
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      header = "Creates missing topics.",
      description = {
        "Creates missing topics with the required partitions, cleanup policy and retention. Does not",
        "change existing topics; compare them with describe."
      },
      footerHeading = "%nExamples:%n",
      footer = "  lifesign topics create --config lifesign.yaml")
  int create(@Mixin SettingsOptions options) {
    Settings settings = options.settings();
    List<TopicSpec> specs =
        TopicSpec.all(settings.topics().names(), settings.topics().partitions(), true);
    try (Admin admin = new Connections(settings).admin()) {
      List<String> made = new TopicAdmin(admin).create(specs, settings.topics().replication());
      PrintWriter out = spec.commandLine().getOut();
      for (TopicSpec topic : specs) {
        out.printf(
            "%-28s %s%n", topic.name(), made.contains(topic.name()) ? "created" : "already exists");
      }
      out.flush();
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "describe",
      mixinStandardHelpOptions = true,
      description = "Shows each topic as it is and as it should be; exits with 3 if they differ.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign topics describe --config lifesign.yaml")
  int describe(@Mixin SettingsOptions options) {
    Settings settings = options.settings();
    try (Admin admin = new Connections(settings).admin()) {
      List<TopicAdmin.Finding> findings =
          new TopicAdmin(admin)
              .examine(
                  TopicSpec.all(settings.topics().names(), settings.topics().partitions(), true));
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%-28s %-10s %-11s %s%n", "topic", "partitions", "", "settings");
      findings.forEach(finding -> print(out, finding));
      out.flush();
      return findings.stream().allMatch(TopicAdmin.Finding::isRight)
          ? ExitCodes.OK
          : ExitCodes.FAULTS;
    }
  }

  private static void print(PrintWriter out, TopicAdmin.Finding finding) {
    Map<String, String> settings = new TreeMap<>(finding.spec().configs());
    settings.replaceAll(
        (name, wanted) ->
            finding.differences().containsKey(name)
                ? finding.differences().get(name) + " (should be " + wanted + ")"
                : wanted);
    String partitions =
        finding
            .partitions()
            .map(
                count ->
                    count == finding.spec().partitions()
                        ? String.valueOf(count)
                        : count + " (should be " + finding.spec().partitions() + ")")
            .orElse("-");
    String state =
        finding.partitions().isEmpty() ? "missing" : finding.isRight() ? "ok" : "differs";
    out.printf("%-28s %-10s %-11s %s%n", finding.spec().name(), partitions, state, settings);
  }
}
