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
    header = "Runs the pipeline with your own brokers and registry.",
    description = {
      "Runs the pipeline with your own brokers and schema registry until Ctrl-C or SIGTERM. Queries,",
      "metrics and health are served at http.host:http.port (default 127.0.0.1:8080). The section",
      "kafka of the file takes any property of Kafka clients and Kafka Streams.",
      "docs/reference/settings.md describes every key of the file, docs/how-to/monitor.md how to",
      "monitor the pipeline."
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
    // Not a constant: the command line creates every command, whichever is run.
    Logger log = LoggerFactory.getLogger(RunCommand.class);
    try (Service service = Service.start(settings, System::currentTimeMillis)) {
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
      log.info("Serving queries, metrics and health at http://{}", service.address());
      service.pipeline().runner().awaitRunning();
      log.info(
          "Running: {} against {}",
          settings.applicationId(),
          settings.clients().bootstrapServers());
      service.pipeline().runner().awaitEnd();
      log.info("Stopped");
    }
    return ExitCodes.OK;
  }
}
