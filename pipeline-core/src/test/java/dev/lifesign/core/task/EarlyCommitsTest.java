package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** What was told is committed before the interval is over, where somebody may wait for it. */
class EarlyCommitsTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long INTERVAL = 200;

  private final EarlyCommits.LastAsked lastAsked = new EarlyCommits.LastAsked();
  private final MockProcessorContext<Void, Void> context = context(StreamsConfig.EXACTLY_ONCE_V2);
  private final EarlyCommits commits = new EarlyCommits(context, lastAsked);

  private static MockProcessorContext<Void, Void> context(String guarantee) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, String.valueOf(INTERVAL));
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(properties, new TaskId(0, 0), null);
    context.setCurrentSystemTimeMs(NOW);
    return context;
  }

  @Test
  void whatHasJustArrivedIsCommittedAtOnce() {
    commits.told(NOW - 5);
    assertThat(context.committed()).isTrue();
  }

  @Test
  void aBacklogIsCommittedByTheInterval() {
    commits.told(NOW - INTERVAL / 2 - 1);
    assertThat(context.committed()).isFalse();
  }

  @Test
  void theTasksOfAThreadAskNoMoreOftenThanEveryHalfInterval() {
    commits.told(NOW);
    MockProcessorContext<Void, Void> another = context(StreamsConfig.EXACTLY_ONCE_V2);
    EarlyCommits ofAnother = new EarlyCommits(another, lastAsked);
    another.setCurrentSystemTimeMs(NOW + INTERVAL / 2 - 1);
    ofAnother.told(NOW + INTERVAL / 2 - 1);
    assertThat(another.committed()).isFalse();
    another.setCurrentSystemTimeMs(NOW + INTERVAL / 2);
    ofAnother.told(NOW + INTERVAL / 2);
    assertThat(another.committed()).isTrue();
  }

  @Test
  void anotherThreadAsksForItself() throws InterruptedException {
    commits.told(NOW);
    context.resetCommit();
    Thread other = new Thread(() -> commits.told(NOW));
    other.start();
    other.join();
    assertThat(context.committed()).isTrue();
  }

  @Test
  void atLeastOnceWaitsForNothing() {
    MockProcessorContext<Void, Void> atLeastOnce = context(StreamsConfig.AT_LEAST_ONCE);
    new EarlyCommits(atLeastOnce, lastAsked).told(NOW);
    assertThat(atLeastOnce.committed()).isFalse();
  }
}
