package dev.lifesign.app.deadletter;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.event.RejectionReason;
import dev.lifesign.core.streams.Topics;
import dev.lifesign.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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

  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofSeconds(5);

  private final Connections connections;
  private final Topics topics;
  private final String applicationId;

  /** The box of an application. */
  public DeadLetterBox(Connections connections, Settings settings) {
    this.connections = connections;
    this.topics = settings.topics().names();
    this.applicationId = settings.applicationId();
  }

  /**
   * What became of a wish to send again.
   *
   * @param sent how many were sent
   * @param before how many had been sent before
   * @param impossible those that cannot be, a sentence each
   */
  public record Resent(int sent, int before, List<String> impossible) {

    /** Keeps its own copy. */
    public Resent {
      impossible = List.copyOf(impossible);
    }
  }

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
   * Sends those that are meant to the topics that they came from, each once ever.
   *
   * @param dryRun whether nothing is sent, only counted
   */
  public Resent resend(Selection selection, boolean dryRun) {
    if (dryRun) {
      return plan(selection).outcome();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        connections.producer(
            Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-dead-letters"))) {
      // Before reading: from here on nobody else's marks can appear.
      producer.initTransactions();
      Plan plan = plan(selection);
      for (int from = 0; from < plan.records.size(); from += BATCH) {
        producer.beginTransaction();
        plan.records.subList(from, Math.min(plan.records.size(), from + BATCH)).stream()
            .flatMap(List::stream)
            .forEach(producer::send);
        producer.commitTransaction();
      }
      return plan.outcome();
    }
  }

  private static final class Plan {
    /** Each with its mark. */
    final List<List<ProducerRecord<byte[], byte[]>>> records = new ArrayList<>();

    final List<String> impossible = new ArrayList<>();
    int before;

    Resent outcome() {
      return new Resent(records.size(), before, impossible);
    }
  }

  private Plan plan(Selection selection) {
    Plan plan = new Plan();
    Serializer<SpecificRecord> serializer = connections.serdes().create().serializer();
    try (KafkaConsumer<byte[], byte[]> origins = connections.consumer()) {
      each(
          selection,
          (letter, resent) -> {
            Origin origin = Origin.of(letter);
            if (letter.getReason().equals(RejectionReason.SKIPPED.name())
                && selection.reason().isEmpty()
                && selection.origin().isEmpty()) {
              // What was skipped would stop the pipeline again; only who asks for it gets it.
              return;
            }
            if (resent) {
              plan.before++;
            } else if (topics.family(letter.getTopic()).isEmpty()) {
              plan.impossible.add(origin + " is no event, but of the pipeline's own control topic");
            } else {
              original(letter, origins)
                  .ifPresentOrElse(
                      record -> plan.records.add(List.of(record, mark(letter, serializer))),
                      () ->
                          plan.impossible.add(
                              "%s had %d bytes, of which %d are kept, and its topic holds it no more"
                                  .formatted(
                                      origin,
                                      letter.getValueLength(),
                                      letter.getValue().remaining())));
            }
          });
    }
    return plan;
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

  /** The record as it came: of the letter where that is whole, else from where it stood. */
  private static Optional<ProducerRecord<byte[], byte[]>> original(
      DeadLetter letter, KafkaConsumer<byte[], byte[]> origins) {
    byte[] key = bytes(letter.getKey());
    byte[] value = bytes(letter.getValue());
    if (length(key) != letter.getKeyLength() || length(value) != letter.getValueLength()) {
      Optional<ConsumerRecord<byte[], byte[]>> found = find(Origin.of(letter), origins);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      key = found.get().key();
      value = found.get().value();
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(letter.getTopic(), key, value);
    letter.getHeaders().forEach((name, header) -> record.headers().add(name, bytes(header)));
    record
        .headers()
        .add(RESENT_FROM, Origin.of(letter).toString().getBytes(StandardCharsets.UTF_8));
    return Optional.of(record);
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> find(
      Origin origin, KafkaConsumer<byte[], byte[]> origins) {
    TopicPartition place = new TopicPartition(origin.topic(), origin.partition());
    origins.assign(List.of(place));
    origins.seek(place, origin.offset());
    for (ConsumerRecord<byte[], byte[]> record : origins.poll(POLL)) {
      if (record.offset() == origin.offset()) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
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
