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

/** A made-up shop, everything in this process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Plays a made-up shop, everything in this process.",
    description = {
      "Starts a broker, a schema registry and the pipeline in this process, plays a made-up shop",
      "through it faster than life, and shows what the pipeline finds. Ctrl-C stops; the same data",
      "folder goes on where it stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign demo",
      "  lifesign demo --customers 20000 --speed 604800 --data-dir big-shop",
      "",
      "While it runs, any Kafka client can read its topics, and any Confluent client its schemas."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "2000",
      description = "how many customers the shop has at a time (default ${DEFAULT-VALUE})")
  private int customers;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "86400",
      description = "how many times faster than life (default ${DEFAULT-VALUE}: a day a second)")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of all that is made up (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "lifesign-data/demo",
      description = "where everything is kept (default ${DEFAULT-VALUE})")
  private Path dataDir;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "of the broker, on the loopback interface (default ${DEFAULT-VALUE})")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "18081",
      description = "of the schema registry, on the loopback interface (default ${DEFAULT-VALUE})")
  private int registryPort;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "PT0S",
      description = "stop by itself after so long, such as PT30S (default: never)")
  private Duration stopAfter;

  @Override
  public Integer call() {
    if (customers < 1 || speed <= 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Expected at least one customer, and a speed more than 0");
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
