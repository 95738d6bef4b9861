package dev.lifesign.app.deadletter;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    try (Resender resender = new Resender(connections, applicationId + "-dead-letters")) {
      each(selection, batch -> resender.send(batch, results), results);
    }
  }

  /** Gives those that can be sent, in batches, and tells of the others. */
  private void each(
      Selection selection, Consumer<List<Resendable>> send, Consumer<Result> results) {
    Serializer<SpecificRecord> serializer = connections.serdes().create().serializer();
    List<Resendable> batch = new ArrayList<>();
    Set<Origin> seen = new HashSet<>();
    try (OriginalRecords originals = new OriginalRecords(connections, topics)) {
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
              batch.add(new Resendable(origin, originals.of(letter), mark(letter, serializer)));
            } catch (OriginalRecords.UnavailableException e) {
              results.accept(new NotSent(origin, e.getMessage()));
              return;
            }
            if (batch.size() == BATCH
                || batch.stream().mapToLong(Resendable::bytes).sum() > BATCH_BYTES) {
              send.accept(List.copyOf(batch));
              batch.clear();
            }
          });
      send.accept(List.copyOf(batch));
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
}
