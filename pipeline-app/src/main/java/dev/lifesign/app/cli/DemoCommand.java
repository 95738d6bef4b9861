package dev.lifesign.app.cli;

import dev.lifesign.app.demo.Demo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo: a simulated shop, with everything in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Simulates a shop, with everything in one process.",
    description = {
      "Starts a broker, a schema registry and the pipeline in this process, simulates a shop faster",
      "than real time, and shows what the pipeline finds. Ctrl-C stops it; to continue, start it again",
      "with the same data folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign demo",
      "  lifesign demo --customers 20000 --speed 604800 --data-dir big-shop",
      "",
      "While it runs, any Kafka client can read the topics, and any Confluent client the schemas."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "2000",
      description = "number of customers at a time (default ${DEFAULT-VALUE})")
  private int customers;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "86400",
      description =
          "how many times faster than real time (default ${DEFAULT-VALUE}: one day per second)")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the simulation (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "lifesign-data/demo",
      description = "folder for all data (default ${DEFAULT-VALUE})")
  private Path dataDir;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "port of the broker, on the loopback interface (default ${DEFAULT-VALUE})")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "18081",
      description =
          "port of the schema registry, on the loopback interface (default ${DEFAULT-VALUE})")
  private int registryPort;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "PT0S",
      description = "stop after this time, such as PT30S (default: never)")
  private Duration stopAfter;

  @Override
  public Integer call() {
    if (customers < 1 || speed <= 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--customers must be at least 1, and --speed must be greater than 0");
    }
    Demo.Options options =
        new Demo.Options(
            customers,
            speed,
            seed,
            dataDir.toAbsolutePath(),
            brokerPort,
            registryPort,
            stopAfter,
            Terminal.isInteractive());
    try (Demo demo = new Demo(options, spec.commandLine().getOut())) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
      demo.run();
    }
    return ExitCodes.OK;
  }
}
