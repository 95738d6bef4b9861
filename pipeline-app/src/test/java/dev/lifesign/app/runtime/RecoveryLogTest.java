package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import dev.lifesign.app.config.Settings;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.policy.Presets;
import dev.lifesign.core.streams.PipelineObserver;
import dev.lifesign.core.streams.Topics;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is set right by itself is no error in the log, as the program that is shipped writes it. */
class RecoveryLogTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path dir;
  private final Shipped shipped = new Shipped();
  private int customers;

  /** Keeps the errors that the log's configuration of the program would write. */
  private static final class Shipped extends AppenderBase<ILoggingEvent> {
    final List<String> errors = new CopyOnWriteArrayList<>();
    private final LoggerContext program = new LoggerContext();

    void configure() throws JoranException {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(program);
      configurator.doConfigure(Path.of("src", "main", "resources", "logback.xml").toFile());
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      boolean written =
          program.getLogger(event.getLoggerName()).isEnabledFor(event.getLevel())
              && program
                      .getLogger(Logger.ROOT_LOGGER_NAME)
                      .getAppender("stderr")
                      .getFilterChainDecision(event)
                  != FilterReply.DENY;
      if (written && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        errors.add(event.getLoggerName() + ": " + event.getFormattedMessage());
      }
    }
  }

  @BeforeEach
  void listen() throws JoranException {
    shipped.configure();
    root().addAppender(shipped);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(shipped);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void aFenceARebalanceAndARestartLogNoError() throws Exception {
    try (Sandbox sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of())) {
      try (LivePipeline pipeline =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        pipeline.runner().awaitRunning();
        awaitJudged(sandbox);
        assertThat(fence(sandbox)).isPositive();
        awaitJudged(sandbox);
        Settings beside = beside(sandbox.settings);
        try (LivePipeline other =
            LivePipeline.start(beside, Optional.empty(), PipelineObserver.NONE)) {
          other.runner().awaitRunning();
          awaitJudged(sandbox);
        }
        awaitJudged(sandbox);
        assertThat(pipeline.runner().failure()).isEmpty();
      }
      try (LivePipeline again =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        again.runner().awaitRunning();
        awaitJudged(sandbox);
      }
    }
    // The store of customers says what closing it after a fence means.
    assertThat(shipped.errors).filteredOn(error -> !error.contains("close state store")).isEmpty();
  }

  /** Begins producers with the names of the pipeline's, so that its own are fenced. */
  private static int fence(Sandbox sandbox) throws Exception {
    int fenced = 0;
    try (Admin admin = sandbox.connections.admin()) {
      for (TransactionListing each : admin.listTransactions().all().get()) {
        if (!each.transactionalId().endsWith("-policy")) {
          Map<String, Object> same =
              Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, each.transactionalId());
          try (KafkaProducer<byte[], byte[]> other = sandbox.connections.producer(same)) {
            other.initTransactions();
            fenced++;
          }
        }
      }
    }
    return fenced;
  }

  /** Customers in both partitions buy, and the pipeline says so. */
  private void awaitJudged(Sandbox sandbox) {
    int before = changes(sandbox);
    int more = 8;
    for (int i = 0; i < more; i++) {
      String id = "c" + customers++;
      sandbox.send(
          new Purchase(
              "e-" + id,
              id,
              System.currentTimeMillis(),
              Purchase.Action.PURCHASE,
              "o",
              100,
              "USD",
              List.of(),
              ""));
    }
    sandbox.producer.flush();
    await().atMost(PATIENCE).until(() -> changes(sandbox) >= before + more);
  }

  private static int changes(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).size();
  }

  private Settings beside(Settings like) {
    return Settings.inProcess(
            like.applicationId(),
            like.bootstrapServers(),
            like.registry().get("schema.registry.url"),
            like.policy(),
            dir.resolve("beside"),
            like.topics().partitions())
        .with(like.settle(), like.kafka());
  }
}
