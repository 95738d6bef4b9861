package dev.lifesign.app.runtime;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.config.Settings;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.streams.PipelineObserver;
import dev.lifesign.core.streams.PipelineOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** A pipeline against the user's brokers: checked, its policy in force, its ticks gated. */
public final class LivePipeline implements AutoCloseable {

  private final Admin admin;
  private final AdminTickGate gate;
  private final HiddenRecords hidden;
  private final TransactionWatch transactions;
  private final PipelineRunner runner;
  private final PipelineOptions options;

  private LivePipeline(
      Admin admin,
      AdminTickGate gate,
      HiddenRecords hidden,
      PipelineRunner runner,
      PipelineOptions options) {
    this.admin = admin;
    this.gate = gate;
    this.hidden = hidden;
    this.transactions = new TransactionWatch(admin, hidden);
    this.runner = runner;
    this.options = options;
  }

  /**
   * Starts one; it may still be restoring when this returns.
   *
   * @param settings how; their state directory is held by this process
   * @param server host and port at which other instances reach this one, if they can
   * @param observer is told what happens
   * @throws UserError if it cannot work as things are; the sentence says why
   */
  public static LivePipeline start(
      Settings settings, Optional<String> server, PipelineObserver observer) {
    PolicyFile policyFile = PolicyFile.read(settings.policy());
    Connections connections = new Connections(settings);
    Admin admin = connections.admin();
    try {
      int partitions = new StartChecks(admin, connections, settings).run();
      new RegistryCheck(connections, settings).run();
      Policy first =
          new PolicyLog(connections, settings, partitions)
              .bringIntoForce(policyFile, Instant.now());
      AdminTickGate gate = new AdminTickGate(admin, settings.topics().names(), partitions);
      HiddenRecords hidden = new HiddenRecords(settings.transactionWait(), System::nanoTime);
      PipelineOptions options =
          new PipelineOptions(
              settings.topics().names(),
              first,
              partitions,
              settings.checkPartition(),
              true,
              true,
              settings.settle(),
              settings.mutedUntil(),
              settings.tellProfiles(),
              gate,
              observer);
      PipelineRunner runner = new PipelineRunner(settings, connections, options, hidden, server);
      runner.start();
      return new LivePipeline(admin, gate, hidden, runner, options);
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** What runs it. */
  public PipelineRunner runner() {
    return runner;
  }

  /** What its topology was told. */
  public PipelineOptions options() {
    return options;
  }

  /** Whether a partition may tick now. */
  public AdminTickGate gate() {
    return gate;
  }

  /** What open transactions hide from it. */
  public HiddenRecords hidden() {
    return hidden;
  }

  @Override
  public void close() {
    gate.close();
    transactions.close();
    runner.close();
    admin.close(Duration.ofSeconds(1));
  }
}
