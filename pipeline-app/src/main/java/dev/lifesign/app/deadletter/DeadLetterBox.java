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
 * The dead letters of an application: lists them, and resends them once their cause is fixed. A
 * resent dead letter is marked in the topic, in the same transaction, with a dead letter whose
 * reason is {@link #RESENT}. No dead letter is therefore resent twice, however many resends are
 * requested.
 */
public final class DeadLetterBox {

  /** The reason in the mark of a resent dead letter. */
  public static final String RESENT = "RESENT";

  /** The header of a resent record with its original position. */
  public static final String RESENT_FROM = "lifesign-resent-from";

  /** The maximum number of dead letters per transaction, so that pending ones fit in the heap. */
  private static final int BATCH = 500;

  private static final long BATCH_BYTES = 16L * 1024 * 1024;

  private final Connections connections;
  private final Topics topics;
  private final String applicationId;

  /** Creates the box of an application. */
  public DeadLetterBox(Connections connections, Settings settings) {
    this.connections = connections;
    this.topics = settings.topics().names();
    this.applicationId = settings.applicationId();
  }

  /** The result for a dead letter that was selected for resending. */
  public sealed interface Result {

    /** The origin of the dead letter. */
    Origin origin();
  }

  /**
   * The record was sent, or would be sent in a dry run.
   *
   * @param place the new position of the record; empty if nothing was sent
   */
  public record Sent(Origin origin, Optional<Origin> place) implements Result {}

  /** The record had been sent before. */
  public record SentBefore(Origin origin) implements Result {}

  /**
   * The record was not sent.
   *
   * @param why the reason, as a clause
   */
  public record NotSent(Origin origin, String why) implements Result {}

  /** Passes on each selected dead letter, and whether it was resent, oldest first. */
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
   * Resends the selected dead letters to their original topics, each only once ever. One that
   * cannot be sent does not keep the others from being sent.
   *
   * @param dryRun whether to only prepare the records, without sending them
   * @param results receives the result for each dead letter
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

  /** Passes on the dead letters that can be sent, in batches, and reports the others. */
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
              // A skipped record would stop the pipeline again, so it is sent only if selected
              // explicitly.
              return;
            }
            // A record that was read again after a reset has a second dead letter with the same
            // origin.
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
                "%s has a record that is not a dead letter; check topics.outputPrefix"
                    .formatted(topics.deadLetters()));
          }
          letters.accept(letter);
        });
  }
}
