package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The common settings of all entrants on Kafka Streams. */
final class StreamsSetup {

  /** How long the broker waits for an entrant that is paused. */
  private static final String PATIENCE = String.valueOf(Duration.ofMinutes(2).toMillis());

  private StreamsSetup() {}

  static Settings settings(EntrantRun run, boolean exactlyOnce) {
    Map<String, String> kafka = new HashMap<>();
    kafka.put("commit.interval.ms", String.valueOf(run.commitMillis()));
    if (run.entrant().endsWith(EntrantMain.BY_TURNS)) {
      kafka.put(
          StreamsConfig.topicPrefix(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG),
          String.valueOf(Duration.ofHours(12).toMillis()));
      kafka.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), PATIENCE);
      kafka.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), PATIENCE);
    }
    if (!exactlyOnce) {
      kafka.put("processing.guarantee", "at_least_once");
    }
    Settings settings =
        Settings.inProcess(
            run.outputs() + "app",
            run.bootstrapServers(),
            run.registryUrl(),
            run.dir().resolve("policy.yaml"),
            run.dir().resolve("state"),
            run.job().partitions());
    // With such a long patience, the entrant must leave its group explicitly when it is done.
    return copy(
        settings.with(settings.processing().settle(), kafka),
        settings.topics(),
        run.entrant().endsWith(EntrantMain.BY_TURNS));
  }

  /** The options of the topology: the run's own topics, and ticks from the log. */
  static PipelineOptions options(EntrantRun run, PipelineObserver observer) {
    return new PipelineOptions(
        new Topics(run.inputs(), run.outputs()),
        BenchPolicy.of(run.entrant()),
        run.job().partitions(),
        true,
        PipelineOptions.Ticks.OF_LOG,
        true,
        new PipelineOptions.Published(
            Instants.NEVER, !run.entrant().equals(EntrantMain.WITHOUT_PROFILES)),
        PipelineOptions.Erasing.DEFAULT,
        observer);
  }

  /** The settings of a live pipeline with its own topics. */
  static Settings live(EntrantRun run) {
    return copy(
        settings(run, true),
        new Settings.TopicSettings(
            new Topics(run.inputs(), run.outputs()), run.job().partitions(), 1, true),
        false);
  }

  private static Settings copy(Settings s, Settings.TopicSettings topics, boolean leavesGroup) {
    Settings.Processing processing = s.processing();
    return new Settings(
        s.applicationId(),
        s.policy(),
        s.clients(),
        s.state(),
        topics,
        new Settings.Processing(
            processing.settle(),
            processing.transactionWait(),
            processing.stalledAfter(),
            leavesGroup,
            processing.erasedFor()),
        s.output(),
        s.http(),
        s.memory(),
        s.logs());
  }
}
