package dev.lifesign.app.command;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.config.SettingsReader;
import dev.lifesign.app.runtime.AdminTickGate;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.PolicyLog;
import dev.lifesign.app.runtime.StartChecks;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.streams.PipelineObserver;
import dev.lifesign.core.streams.PipelineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline against the user's own brokers and registry. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the pipeline against your own brokers and schema registry, until it is told to stop",
      "(Ctrl-C, SIGTERM). Any Kafka client or Kafka Streams property can be set in the file's",
      "section kafka. Every key of the file: docs/running.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign topics create --config lifesign.yaml",
      "  lifesign run --config lifesign.yaml",
      "",
      "  # lifesign.yaml",
      "  bootstrapServers: kafka1:9092,kafka2:9092",
      "  registry: { schema.registry.url: \"http://registry:8081\" }",
      "  policy: policy.yaml",
      "  stateDir: /var/lib/lifesign",
      "  kafka: { security.protocol: SSL }"
    })
final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "the settings: brokers, registry, policy, state")
  private Path config;

  @Override
  public Integer call() {
    Settings settings = SettingsReader.read(config);
    PolicyFile policyFile = PolicyFile.read(settings.policy());
    Connections connections = new Connections(settings);
    try (Admin admin = connections.admin()) {
      int partitions = new StartChecks(admin, settings).run();
      Policy first =
          new PolicyLog(connections, settings.applicationId(), partitions)
              .bringIntoForce(policyFile, Instant.now());
      Duration lateness = Duration.ofMillis(policyFile.policy().lateness());
      try (AdminTickGate gate = new AdminTickGate(admin, partitions, lateness)) {
        run(settings, options(settings, first, partitions, gate));
      }
    }
    return ExitCodes.OK;
  }

  private static PipelineOptions options(
      Settings settings, Policy first, int partitions, AdminTickGate gate) {
    return new PipelineOptions(
        first,
        partitions,
        settings.checkPartition(),
        true,
        settings.settle(),
        gate,
        PipelineObserver.NONE);
  }

  private static void run(Settings settings, PipelineOptions options) {
    try (PipelineRunner runner = new PipelineRunner(settings, options)) {
      Thread stop = new Thread(runner::close, "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      runner.start();
      runner.awaitRunning();
      LOG.info(
          "Running: {} against {}, {} partitions",
          settings.applicationId(),
          settings.bootstrapServers(),
          options.partitions());
      runner.awaitEnd();
      LOG.info("Stopped");
    }
  }
}
