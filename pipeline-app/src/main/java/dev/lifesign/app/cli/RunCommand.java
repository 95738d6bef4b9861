package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.service.Logs;
import dev.lifesign.app.service.Service;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the pipeline against the user's own brokers and registry. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Runs the pipeline beside your own brokers and registry.",
    description = {
      "Runs the pipeline against your own brokers and schema registry, until it is told to stop",
      "(Ctrl-C, SIGTERM). Queries, metrics and health are served at http.host:http.port",
      "(127.0.0.1:8080). Any Kafka client or Kafka Streams property can be set in the file's",
      "section kafka. Every key of the file: docs/reference/settings.md; what to watch:",
      "docs/how-to/monitor.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign topics create --config lifesign.yaml",
      "  lifesign run --config lifesign.yaml",
      "  LIFESIGN_KAFKA_SASL_JAAS_CONFIG=... lifesign run --config lifesign.yaml --set logs=json",
      "",
      "  # lifesign.yaml",
      "  bootstrapServers: kafka1:9092,kafka2:9092",
      "  registry: { schema.registry.url: \"http://registry:8081\" }",
      "  policy: policy.yaml",
      "  stateDir: /var/lib/lifesign",
      "  kafka: { security.protocol: SSL }"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private SettingsOptions options;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Logs.write(settings.logs());
    // Not a constant: the command line makes an instance of every command, whichever is run.
    Logger log = LoggerFactory.getLogger(RunCommand.class);
    try (Service service = Service.start(settings, System::currentTimeMillis)) {
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
      log.info("Serving queries, metrics and health at http://{}", service.address());
      service.pipeline().runner().awaitRunning();
      log.info("Running: {} against {}", settings.applicationId(), settings.bootstrapServers());
      service.pipeline().runner().awaitEnd();
      log.info("Stopped");
    }
    return ExitCodes.OK;
  }
}
