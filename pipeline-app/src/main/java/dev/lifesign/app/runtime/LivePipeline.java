package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * A pipeline that runs against the user's brokers, after the start checks, with its policy in force
 * and its ticks gated.
 */
public final class LivePipeline implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final Opened opened;
  private final AdminTickGate gate;
  private final HiddenRecords hidden;
  private final PipelineRunner runner;
  private final PipelineOptions options;

  private LivePipeline(
      Opened opened,
      AdminTickGate gate,
      HiddenRecords hidden,
      PipelineRunner runner,
      PipelineOptions options) {
    this.opened = opened;
    this.gate = gate;
    this.hidden = hidden;
    this.runner = runner;
    this.options = options;
  }

  /**
   * Starts a pipeline; it may still be restoring state when this returns.
   *
   * @param settings the settings; this process holds the lock of their state directory
   * @param server host and port at which other instances reach this one, if any
   * @param observer notified of the pipeline's work
   * @throws UserError if it cannot start; the message says why
   */
  public static LivePipeline start(
      Settings settings, Optional<String> server, PipelineObserver observer) {
    PolicyFile policyFile = PolicyFile.read(settings.policy());
    Connections connections = new Connections(settings);
    Opened opened = new Opened();
    try {
      Admin admin = connections.admin();
      opened.add(() -> admin.close(CLOSE));
      int partitions = new StartChecks(admin, connections, settings).run();
      new RegistryCheck(connections, settings).run();
      Policy first =
          new PolicyLog(connections, settings, partitions)
              .bringIntoForce(policyFile, Instant.now());
      AdminTickGate gate =
          opened.add(new AdminTickGate(admin, settings.topics().names(), partitions));
      HiddenRecords hidden =
          new HiddenRecords(settings.processing().transactionWait(), System::nanoTime);
      PipelineOptions options =
          new PipelineOptions(
              settings.topics().names(),
              first,
              partitions,
              settings.topics().checkPartition(),
              new PipelineOptions.Ticks(true, settings.processing().settle(), gate),
              true,
              new PipelineOptions.Published(
                  settings.output().mutedUntil(), settings.output().profiles()),
              new PipelineOptions.Erasing(
                  settings.processing().erasedFor(),
                  new TopicAdmin(admin).retention(settings.topics().names().keepingHistory())),
              observer);
      Skips skips = new Skips();
      skips.replace(new SkipLog(admin, connections, settings).read());
      PipelineRunner runner =
          opened.add(new PipelineRunner(settings, connections, options, hidden, server, skips));
      opened.add(new TransactionWatch(admin, hidden));
      runner.start();
      return new LivePipeline(opened, gate, hidden, runner, options);
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  /** The runner of the pipeline. */
  public PipelineRunner runner() {
    return runner;
  }

  /** The options of its topology. */
  public PipelineOptions options() {
    return options;
  }

  /** The gate that decides whether a partition may tick. */
  public AdminTickGate gate() {
    return gate;
  }

  /** The input records that open transactions hide. */
  public HiddenRecords hidden() {
    return hidden;
  }

  @Override
  public void close() {
    opened.close();
  }
}
