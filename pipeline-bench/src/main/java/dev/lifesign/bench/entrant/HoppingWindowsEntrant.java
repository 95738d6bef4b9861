package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * A typical first solution on Kafka Streams: hopping windows of 90 days, advanced by one day, that
 * count orders, or all events as Lifesign's panes do; a store with the last event of each customer;
 * and, once per day of stream time, a scan of that store for silent customers. It detects silence
 * up to a day late, has fewer statuses, and never corrects an earlier result, so its results
 * differ; only its rate is compared.
 */
final class HoppingWindowsEntrant implements Entrant {

  private static final String LAST_SEEN = "last-seen";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WINDOW = Duration.ofDays(90);
  private static final String DEFAULT_CACHE = String.valueOf(10 * 1024 * 1024);

  /** Whether the windows count events of all families, or only orders. */
  private final boolean everything;

  /** Whether to use Lifesign's settings instead of the defaults. */
  private final boolean tuned;

  private HoppingWindowsEntrant(boolean everything, boolean tuned) {
    this.everything = everything;
    this.tuned = tuned;
  }

  /** Counts all events, with the default settings of Kafka Streams, its clients and RocksDB. */
  static HoppingWindowsEntrant firstVersion() {
    return new HoppingWindowsEntrant(true, false);
  }

  /** Counts all events, with Lifesign's settings. */
  static HoppingWindowsEntrant tuned() {
    return new HoppingWindowsEntrant(true, true);
  }

  /** Counts only orders, with the default settings. */
  static HoppingWindowsEntrant ofOrders() {
    return new HoppingWindowsEntrant(false, false);
  }

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.settings(run, true);
    Topics topics = new Topics(run.inputs(), run.outputs());
    Deserializer<SpecificRecord> events =
        new Connections(settings).serdes().create().deserializer();
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(LAST_SEEN), Serdes.Bytes(), Serdes.Long()));
    KStream<Bytes, Event> all =
        builder.stream(topics.inputs(), Consumed.with(Serdes.Bytes(), Serdes.ByteArray()))
            .mapValues(value -> EventCodec.decode(events.deserialize("", value)));
    all.filter((customer, event) -> everything || isPurchase(event))
        .mapValues(event -> 1L)
        .groupByKey(Grouped.with("counted", Serdes.Bytes(), Serdes.Long()))
        .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, DAY).advanceBy(DAY))
        .count(
            Named.as("count"),
            Materialized.<Bytes, Long, WindowStore<Bytes, byte[]>>as("counts")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(Serdes.Long()));
    all.process(() -> new Silence(progress), Named.as("silence"), LAST_SEEN)
        .to(topics.statusChanges(), Produced.with(Serdes.Bytes(), Serdes.String()));
    Properties properties = tuned ? lifesignsOwn(settings) : defaults(settings);
    try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
      streams.start();
      progress.await(
          () -> {
            if (streams.state() == KafkaStreams.State.ERROR) {
              throw new IllegalStateException("Kafka Streams stopped");
            }
          });
    }
  }

  private static Properties lifesignsOwn(Settings settings) {
    Properties properties = StreamsProperties.of(settings, Optional.empty());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, DEFAULT_CACHE);
    return properties;
  }

  /**
   * The default settings, with the same guarantee, commit interval and threads as the other
   * entrants.
   */
  private static Properties defaults(Settings settings) {
    Properties all = StreamsProperties.of(settings, Optional.empty());
    Properties properties = new Properties();
    for (String name :
        List.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG)) {
      properties.put(name, all.get(name));
    }
    return properties;
  }

  private static boolean isPurchase(Event event) {
    return event instanceof Purchase purchase && purchase.action() == Purchase.Action.PURCHASE;
  }

  private static final class Silence extends ContextualProcessor<Bytes, Event, Bytes, String> {

    private static final long AT_RISK = Duration.ofDays(150).toMillis();
    private static final long CHURNED = Duration.ofDays(360).toMillis();

    private final Progress progress;
    private KeyValueStore<Bytes, Long> lastSeen;

    Silence(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<Bytes, String> context) {
      super.init(context);
      lastSeen = context.getStateStore(LAST_SEEN);
      context.schedule(DAY, PunctuationType.STREAM_TIME, this::scan);
    }

    @Override
    public void process(Record<Bytes, Event> record) {
      Long before = lastSeen.get(record.key());
      long at = record.value().occurredAt();
      if (before == null || at - before >= AT_RISK) {
        context().forward(record.withValue("ACTIVE"));
      }
      if (before == null || at > before) {
        lastSeen.put(record.key(), at);
      }
      progress.count();
    }

    private void scan(long now) {
      try (KeyValueIterator<Bytes, Long> all = lastSeen.all()) {
        while (all.hasNext()) {
          KeyValue<Bytes, Long> next = all.next();
          tellAt(now, now - next.value, next.key, AT_RISK, "AT_RISK");
          tellAt(now, now - next.value, next.key, CHURNED, "CHURNED");
        }
      }
    }

    /** Publishes a status on the day on which its threshold is passed. */
    private void tellAt(long now, long silent, Bytes customer, long threshold, String status) {
      if (silent >= threshold && silent < threshold + DAY.toMillis()) {
        context().forward(new Record<>(customer, status, now));
      }
    }
  }
}
