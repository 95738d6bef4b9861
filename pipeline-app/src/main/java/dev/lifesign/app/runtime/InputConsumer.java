package dev.lifesign.app.runtime;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The main consumer of Kafka Streams. Its lag of an input partition is the distance to the high
 * watermark, not to the last stable offset: Kafka Streams waits for a partition that has a lag and
 * no buffered record, so it waits for records that an open transaction hides. The high watermark is
 * that of the last fetch. One fetch returns the watermarks of all partitions that a broker leads,
 * so a record that the broker appended later is not processed first. The end of a partition that
 * was paused is out of date until the partition is fetched again ({@link FetchFreshness}). The
 * consumer also notices records that were deleted before they were read.
 *
 * <p>Kafka's consumer knows the high watermark but does not expose it, so it is read from a private
 * field; the pipeline does not start with a Kafka client that lacks this field.
 */
final class InputConsumer extends KafkaConsumer<byte[], byte[]> {

  private final Set<String> inputs;
  private final HiddenRecords hidden;
  private final SkippedOffsets skipped;
  private final SubscriptionState subscriptions;
  private final FetchFreshness freshness;
  private final HighWatermarks highWatermarks;
  private final UnfetchedPartitions unfetched;

  /** The position of each partition whose offset turned out to be out of range. */
  private final Map<TopicPartition, Long> outOfRange = new HashMap<>();

  /** Notified when reading continues at another offset because the expected one does not exist. */
  interface SkippedOffsets {

    /**
     * Reports that reading continues at another offset.
     *
     * @param place the partition
     * @param expected the next offset to read, which does not exist
     * @param found the offset that is read instead; it is below {@code expected} if records were
     *     lost at the end of the log, so that the partition is read again
     */
    void skipped(TopicPartition place, long expected, long found);
  }

  /**
   * Creates a consumer.
   *
   * @param config the configuration of the consumer
   * @param inputs the topics whose hidden records Kafka Streams waits for
   * @param hidden keeps the waits for hidden records
   * @param skipped notified of offsets that do not exist
   */
  InputConsumer(
      Map<String, Object> config,
      Set<String> inputs,
      HiddenRecords hidden,
      SkippedOffsets skipped) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.inputs = Set.copyOf(inputs);
    this.hidden = hidden;
    this.skipped = skipped;
    this.highWatermarks = new HighWatermarks(config);
    Duration maxWait = Duration.ofMillis(fetchMaxWait(config));
    this.freshness = new FetchFreshness(maxWait, System::nanoTime, highWatermarks::of);
    this.unfetched = new UnfetchedPartitions(maxWait, System::nanoTime, highWatermarks::of);
    Object delegate = field(KafkaConsumer.class, this, "delegate");
    this.subscriptions = (SubscriptionState) field(delegate.getClass(), delegate, "subscriptions");
  }

  @Override
  public OptionalLong currentLag(TopicPartition place) {
    OptionalLong lag = lag(place);
    // A record may have arrived since; a lag of 1 makes Kafka Streams wait for the next fetch.
    return lag.isPresent() && lag.getAsLong() == 0 && !freshness.isFresh(place, knownEnd(place))
        ? OptionalLong.of(1)
        : lag;
  }

  private long knownEnd(TopicPartition place) {
    SubscriptionState.FetchPosition position = subscriptions.positionOrNull(place);
    Long all = subscriptions.partitionLag(place, IsolationLevel.READ_UNCOMMITTED);
    return position == null ? 0 : position.offset + (all == null ? 0 : all);
  }

  private OptionalLong lag(TopicPartition place) {
    OptionalLong visible = super.currentLag(place);
    if (visible.isEmpty() || !inputs.contains(place.topic())) {
      return visible;
    }
    Long all = subscriptions.partitionLag(place, IsolationLevel.READ_UNCOMMITTED);
    SubscriptionState.FetchPosition position = subscriptions.positionOrNull(place);
    if (position == null) {
      return OptionalLong.empty();
    }
    if (all != null) {
      unfetched.known(place);
      return OptionalLong.of(hidden.lag(place, position.offset, visible.getAsLong(), all));
    }
    // No fetch has returned the partition since it was assigned, so it may have hidden records.
    OptionalLong last = unfetched.endOf(place);
    return last.isEmpty()
        ? last
        : OptionalLong.of(
            hidden.lag(
                place,
                position.offset,
                visible.getAsLong(),
                Math.max(visible.getAsLong(), last.getAsLong() - position.offset)));
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Assignments(listener));
  }

  @Override
  public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Assignments(listener));
  }

  /** Notes assigned partitions before the listener of Kafka Streams is called. */
  private final class Assignments implements ConsumerRebalanceListener {
    private final ConsumerRebalanceListener listener;

    Assignments(ConsumerRebalanceListener listener) {
      this.listener = listener;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> places) {
      unfetched.assigned(places);
      listener.onPartitionsAssigned(places);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> places) {
      listener.onPartitionsRevoked(places);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> places) {
      listener.onPartitionsLost(places);
    }
  }

  @Override
  public void close() {
    highWatermarks.close();
    super.close();
  }

  @Override
  @SuppressWarnings("deprecation") // Whoever calls it.
  public void close(Duration timeout) {
    highWatermarks.close();
    super.close(timeout);
  }

  @Override
  public void close(CloseOptions how) {
    highWatermarks.close();
    super.close(how);
  }

  @Override
  public void pause(Collection<TopicPartition> places) {
    super.pause(places);
    freshness.paused(places);
  }

  @Override
  public void resume(Collection<TopicPartition> places) {
    super.resume(places);
    freshness.resumed(places);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    freshness.polling();
    try {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      freshness.delivered(records.partitions());
      noteSkipped(records);
      return records;
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach(outOfRange::putIfAbsent);
      throw e;
    }
  }

  private void noteSkipped(ConsumerRecords<byte[], byte[]> records) {
    outOfRange
        .entrySet()
        .removeIf(
            expected -> {
              TopicPartition place = expected.getKey();
              if (!subscriptions.isAssigned(place)) {
                return true;
              }
              SubscriptionState.FetchPosition position = subscriptions.positionOrNull(place);
              if (position == null) {
                return false;
              }
              long found =
                  records.records(place).isEmpty()
                      ? position.offset
                      : records.records(place).get(0).offset();
              skipped.skipped(place, expected.getValue(), found);
              return true;
            });
  }

  private static long fetchMaxWait(Map<String, Object> config) {
    Object set = config.get(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
    return set == null ? ConsumerConfig.DEFAULT_FETCH_MAX_WAIT_MS : Long.parseLong(set.toString());
  }

  private static Object field(Class<?> type, Object owner, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "%s has no field %s; run Lifesign with the Kafka clients that it was built with"
              .formatted(type.getName(), name),
          e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
