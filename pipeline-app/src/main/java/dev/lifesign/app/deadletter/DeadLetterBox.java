package dev.lifesign.app.deadletter;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The dead letters: looked at, and sent again once their cause is mended. What was sent again is
 * marked in the topic, in the same transaction, with a dead letter of the reason {@link #RESENT};
 * so nothing is sent again twice, however often, and by however many, it is asked for.
 */
public final class DeadLetterBox {

  /** The reason of the mark that a dead letter was sent again. */
  public static final String RESENT = "RESENT";

  /** The header, on what is sent again, that says where it came from. */
  public static final String RESENT_FROM = "lifesign-resent-from";

  /** What one transaction holds at most, so that what waits for it fits in the heap. */
  private static final int BATCH = 500;

  private static final long BATCH_BYTES = 16L * 1024 * 1024;

  private static final int COMMIT_ATTEMPTS = 3;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FETCH_PATIENCE = Duration.ofSeconds(30);

  /** What a topic has taken once is sent again whole, whatever a producer's defaults allow. */
  private static final Map<String, Object> ANY_SIZE =
      Map.of(
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          1L << 30);

  private final Connections connections;
  private final Topics topics;
  private final String applicationId;

  /** The box of an application. */
  public DeadLetterBox(Connections connections, Settings settings) {
    this.connections = connections;
    this.topics = settings.topics().names();
    this.applicationId = settings.applicationId();
  }

  /** What became of a dead letter that was to be sent again. */
  public sealed interface Result {

    /** Which it is. */
    Origin origin();
  }

  /**
   * It was sent, or would be.
   *
   * @param place where it stands now; empty where nothing was sent
   */
  public record Sent(Origin origin, Optional<Origin> place) implements Result {}

  /** It had been sent before. */
  public record SentBefore(Origin origin) implements Result {}

  /**
   * It was not sent.
   *
   * @param why a clause
   */
  public record NotSent(Origin origin, String why) implements Result {}

  /** Gives each dead letter that is meant, and whether it was sent again, oldest first. */
  public void each(Selection selection, BiConsumer<DeadLetter, Boolean> letters) {
    Set<Origin> resent = resent();
    read(
        letter -> {
          if (!letter.getReason().equals(RESENT) && selection.takes(letter)) {
            letters.accept(letter, resent.contains(Origin.of(letter)));
          }
        });
  }

  /**
   * Sends those that are meant to the topics that they came from, each once ever. One that cannot
   * be sent keeps no other from being sent.
   *
   * @param dryRun whether nothing is sent, only tried to be made
   * @param results takes what became of each
   */
  public void resend(Selection selection, boolean dryRun, Consumer<Result> results) {
    if (dryRun) {
      each(
          selection,
          batch ->
              batch.forEach(letter -> results.accept(new Sent(letter.origin(), Optional.empty()))),
          results);
      return;
    }
    Map<String, Object> properties = new HashMap<>(ANY_SIZE);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-dead-letters");
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(properties)) {
      // Before reading: from here on nobody else's marks can appear.
      producer.initTransactions();
      each(selection, batch -> send(producer, batch, results), results);
    }
  }

  /**
   * A dead letter that can be sent.
   *
   * @param record as it came
   * @param mark that it was sent
   */
  private record Letter(
      Origin origin, ProducerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> mark) {

    long bytes() {
      return record.value() == null ? 0 : record.value().length;
    }
  }

  /** Gives those that can be sent, in batches, and tells of the others. */
  private void each(Selection selection, Consumer<List<Letter>> send, Consumer<Result> results) {
    Serializer<SpecificRecord> serializer = connections.serdes().create().serializer();
    List<Letter> batch = new ArrayList<>();
    Set<Origin> seen = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> origins = connections.consumer()) {
      each(
          selection,
          (letter, resent) -> {
            Origin origin = Origin.of(letter);
            if (letter.getReason().equals(RejectionReason.SKIPPED.name())
                && selection.reason().isEmpty()
                && selection.origin().isEmpty()) {
              // What was skipped would stop the pipeline again; it is sent only if asked for.
              return;
            }
            // What was read again after a reset has a second letter of the same origin.
            if (!seen.add(origin)) {
              return;
            }
            if (resent) {
              results.accept(new SentBefore(origin));
              return;
            }
            try {
              batch.add(new Letter(origin, original(letter, origins), mark(letter, serializer)));
            } catch (NotToBeHadException e) {
              results.accept(new NotSent(origin, e.getMessage()));
              return;
            }
            if (batch.size() == BATCH
                || batch.stream().mapToLong(Letter::bytes).sum() > BATCH_BYTES) {
              send.accept(List.copyOf(batch));
              batch.clear();
            }
          });
      send.accept(List.copyOf(batch));
    }
  }

  /** In one transaction; where that fails, each in one of its own. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, List<Letter> letters, Consumer<Result> results) {
    if (letters.isEmpty()) {
      return;
    }
    try {
      transact(producer, letters).forEach(results);
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new UserError(
          "Expected to send dead letters alone, but another resend has begun; wait for it, and run"
              + " this again for what it leaves",
          e);
    } catch (KafkaException e) {
      producer.abortTransaction();
      if (letters.size() == 1) {
        results.accept(new NotSent(letters.get(0).origin(), e.getMessage()));
        return;
      }
      letters.forEach(letter -> send(producer, List.of(letter), results));
    }
  }

  private static List<Result> transact(
      KafkaProducer<byte[], byte[]> producer, List<Letter> letters) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Letter letter : letters) {
      sent.add(producer.send(letter.record()));
      sent.add(producer.send(letter.mark()));
    }
    producer.flush();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      RecordMetadata place = taken(sent.get(2 * i));
      taken(sent.get(2 * i + 1));
      results.add(
          new Sent(
              letters.get(i).origin(),
              Optional.of(new Origin(place.topic(), place.partition(), place.offset()))));
    }
    commit(producer);
    return results;
  }

  /** A commit that was not answered in time can only be tried again, not aborted. */
  private static void commit(KafkaProducer<byte[], byte[]> producer) {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        if (attempt == COMMIT_ATTEMPTS) {
          throw new UserError(
              "The brokers did not confirm the last transaction (%s), so its dead letters may or may not have been sent; run the same command again once the brokers answer: nothing is sent twice"
                  .formatted(e.getMessage()),
              e);
        }
      }
    }
  }

  /** What a broker answered to a record that is flushed. */
  private static RecordMetadata taken(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private ProducerRecord<byte[], byte[]> mark(
      DeadLetter letter, Serializer<SpecificRecord> serializer) {
    DeadLetter mark =
        DeadLetter.newBuilder(letter)
            .setReason(RESENT)
            .setMessage("Sent again to " + letter.getTopic())
            .setKey(null)
            .setValue(null)
            .setValueSha256(null)
            .setHeaders(Map.of())
            .build();
    return new ProducerRecord<>(
        topics.deadLetters(),
        Origin.of(letter).toString().getBytes(StandardCharsets.UTF_8),
        serializer.serialize(topics.deadLetters(), mark));
  }

  /** A record that cannot be sent as it came; the message says why. */
  private static final class NotToBeHadException extends Exception {
    private static final long serialVersionUID = 1L;

    NotToBeHadException(String message) {
      super(message);
    }
  }

  /** The record as it came: of the letter where that is whole, else from where it stood. */
  private ProducerRecord<byte[], byte[]> original(
      DeadLetter letter, KafkaConsumer<byte[], byte[]> origins) throws NotToBeHadException {
    if (topics.family(letter.getTopic()).isEmpty()) {
      throw new NotToBeHadException("it is no event, but of the pipeline's own control topic");
    }
    byte[] key = bytes(letter.getKey());
    byte[] value = bytes(letter.getValue());
    if (length(key) != letter.getKeyLength() || length(value) != letter.getValueLength()) {
      ConsumerRecord<byte[], byte[]> found = find(letter, origins);
      key = found.key();
      value = found.value();
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(letter.getTopic(), key, value);
    letter.getHeaders().forEach((name, header) -> record.headers().add(name, bytes(header)));
    record
        .headers()
        .add(RESENT_FROM, Origin.of(letter).toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> find(
      DeadLetter letter, KafkaConsumer<byte[], byte[]> origins) throws NotToBeHadException {
    String had =
        "it had %,d bytes, of which its dead letter keeps the first %,d, and "
            .formatted(
                Math.max(0, letter.getKeyLength()) + Math.max(0, letter.getValueLength()),
                Math.max(0, length(bytes(letter.getKey())))
                    + Math.max(0, length(bytes(letter.getValue()))));
    ConsumerRecord<byte[], byte[]> found;
    try {
      found =
          fetch(Origin.of(letter), origins)
              .orElseThrow(() -> new NotToBeHadException(had + "its topic holds it no more"));
    } catch (KafkaException e) {
      throw new NotToBeHadException(had + "the rest cannot be fetched: " + e.getMessage());
    }
    boolean same =
        length(found.key()) == letter.getKeyLength()
            && length(found.value()) == letter.getValueLength()
            && (letter.getValueSha256() == null
                || Arrays.equals(bytes(letter.getValueSha256()), sha256(found.value())));
    if (!same) {
      throw new NotToBeHadException(had + "another record stands in its place now");
    }
    return found;
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> fetch(
      Origin origin, KafkaConsumer<byte[], byte[]> origins) {
    TopicPartition place = new TopicPartition(origin.topic(), origin.partition());
    origins.assign(List.of(place));
    if (origin.offset() < origins.beginningOffsets(List.of(place)).get(place)
        || origin.offset() >= origins.endOffsets(List.of(place)).get(place)) {
      return Optional.empty();
    }
    origins.seek(place, origin.offset());
    long giveUp = System.nanoTime() + FETCH_PATIENCE.toNanos();
    while (origins.position(place) <= origin.offset()) {
      for (ConsumerRecord<byte[], byte[]> record : origins.poll(POLL)) {
        if (record.offset() == origin.offset()) {
          return Optional.of(record);
        }
      }
      if (System.nanoTime() > giveUp) {
        throw new TimeoutException(
            "its broker did not answer for %d s".formatted(FETCH_PATIENCE.toSeconds()));
      }
    }
    return Optional.empty();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private Set<Origin> resent() {
    Set<Origin> resent = new HashSet<>();
    read(
        letter -> {
          if (letter.getReason().equals(RESENT)) {
            resent.add(Origin.of(letter));
          }
        });
    return resent;
  }

  private void read(Consumer<DeadLetter> letters) {
    connections.readAll(
        List.of(topics.deadLetters()),
        value -> {
          if (!(value instanceof DeadLetter letter)) {
            throw new UserError(
                "Expected dead letters in %s, but it holds something else; check topics.outputPrefix"
                    .formatted(topics.deadLetters()));
          }
          letters.accept(letter);
        });
  }

  private static int length(byte[] bytes) {
    return bytes == null ? -1 : bytes.length;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
