package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor puts off is written before the commit, once, and is in the changelog. */
class CommitNoticeTest {

  private static final Bytes SUM = Bytes.wrap(new byte[] {'s'});

  @TempDir Path dir;

  /** Keeps a sum of what has come, and writes it once a commit. */
  private static final class Summing implements Processor<Integer, Integer, Void, Void> {
    private KeyValueStore<Bytes, Integer> store;
    private CommitNotice.Handle notice;
    private int sum;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore("sums");
      notice = new CommitNotice.Handle(context.getStateStore("notice"), this::write);
      context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> add(1_000));
      add(100);
    }

    @Override
    public void process(Record<Integer, Integer> record) {
      for (int i = 0; i < record.value(); i++) {
        add(1);
      }
    }

    private void add(int more) {
      sum += more;
      notice.ask();
    }

    private void write() {
      store.put(SUM, sum);
    }
  }

  @Test
  void isGivenOnceACommitHoweverOftenAskedFor() {
    assertThat(changelogOf(1024 * 1024)).containsExactly(100, 103, 105, 1_105, 1_106);
  }

  @Test
  void isGivenAtOnceWhereNothingCanBeCached() {
    assertThat(changelogOf(0)).containsExactly(100, 101, 102, 103, 104, 105, 1_105, 1_106);
  }

  /**
   * A hundred are asked for as the task begins, three and two within a record each, then a thousand
   * by time, then one.
   */
  private List<Integer> changelogOf(long cacheBytes) {
    Topology topology = new Topology();
    topology.addSource("in", new IntegerDeserializer(), new IntegerDeserializer(), "numbers");
    topology.addProcessor("sum", Summing::new, "in");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("sums"), Serdes.Bytes(), Serdes.Integer())
            .withLoggingEnabled(Map.of()),
        "sum");
    topology.addStateStore(CommitNotice.builder("notice"), "sum");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "notice");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties, Instant.EPOCH)) {
      TestInputTopic<Integer, Integer> numbers =
          driver.createInputTopic("numbers", new IntegerSerializer(), new IntegerSerializer());
      numbers.pipeInput(1, 3);
      numbers.pipeInput(1, 2);
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      numbers.pipeInput(1, 1);
      return driver
          .createOutputTopic(
              "notice-sums-changelog", Serdes.Bytes().deserializer(), new IntegerDeserializer())
          .readValuesToList();
    }
  }
}
