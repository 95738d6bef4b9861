package dev.lifesign.app.command;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.config.SettingsReader;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.core.streams.PipelineObserver;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline against the user's own brokers and registry. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Runs the pipeline beside your own brokers and registry.",
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
    try (LivePipeline pipeline = LivePipeline.start(settings, PipelineObserver.NONE)) {
      Runtime.getRuntime().addShutdownHook(new Thread(pipeline::close, "stop"));
      pipeline.runner().awaitRunning();
      LOG.info("Running: {} against {}", settings.applicationId(), settings.bootstrapServers());
      pipeline.runner().awaitEnd();
      LOG.info("Stopped");
    }
    return ExitCodes.OK;
  }
}
