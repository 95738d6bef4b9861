package dev.lifesign.app.deadletter;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The original records of dead letters: from the dead letter itself, or from their topic if it was
 * cut.
 */
final class OriginalRecords implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FETCH_PATIENCE = Duration.ofSeconds(30);

  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> origins;

  OriginalRecords(Connections connections, Topics topics) {
    this.topics = topics;
    this.origins = connections.consumer();
  }

  /** The original record is not available; the message says why. */
  static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
      super(message);
    }
  }

  /**
   * Returns the original record: from the dead letter if it is complete, otherwise from its topic.
   */
  ProducerRecord<byte[], byte[]> of(DeadLetter letter) throws UnavailableException {
    if (!topics.inputs().contains(letter.getTopic())) {
      throw new UnavailableException("it is a record of the pipeline's own, not of an input topic");
    }
    byte[] key = bytes(letter.getKey());
    byte[] value = bytes(letter.getValue());
    if (length(key) != letter.getKeyLength() || length(value) != letter.getValueLength()) {
      ConsumerRecord<byte[], byte[]> found = find(letter);
      key = found.key();
      value = found.value();
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(letter.getTopic(), key, value);
    letter.getHeaders().forEach((name, header) -> record.headers().add(name, bytes(header)));
    record
        .headers()
        .add(
            DeadLetterBox.RESENT_FROM,
            Origin.of(letter).toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private ConsumerRecord<byte[], byte[]> find(DeadLetter letter) throws UnavailableException {
    String had =
        "it had %,d bytes, of which its dead letter keeps the first %,d, and "
            .formatted(
                Math.max(0, letter.getKeyLength()) + Math.max(0, letter.getValueLength()),
                Math.max(0, length(bytes(letter.getKey())))
                    + Math.max(0, length(bytes(letter.getValue()))));
    ConsumerRecord<byte[], byte[]> found;
    try {
      found =
          fetch(Origin.of(letter))
              .orElseThrow(() -> new UnavailableException(had + "its topic no longer has it"));
    } catch (KafkaException e) {
      throw new UnavailableException(had + "the rest cannot be fetched: " + e.getMessage());
    }
    boolean same =
        length(found.key()) == letter.getKeyLength()
            && length(found.value()) == letter.getValueLength()
            && (letter.getValueSha256() == null
                || Arrays.equals(bytes(letter.getValueSha256()), sha256(found.value())));
    if (!same) {
      throw new UnavailableException(had + "its place now holds another record");
    }
    return found;
  }

  private Optional<ConsumerRecord<byte[], byte[]>> fetch(Origin origin) {
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

  @Override
  public void close() {
    origins.close();
  }
}
