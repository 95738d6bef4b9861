package dev.lifesign.app.deadletter;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.lab.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** Resends dead letters, each in one transaction with its mark. */
final class Resender implements AutoCloseable {

  private static final int COMMIT_ATTEMPTS = 3;

  /**
   * A record that was in a topic once is resent complete, whatever the size limits of a producer
   * are by default.
   */
  private static final Map<String, Object> ANY_SIZE =
      Map.of(
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          1L << 30);

  private final KafkaProducer<byte[], byte[]> producer;

  /** Creates a resender; from now on, no earlier one can add marks. */
  Resender(Connections connections, String transactionalId) {
    Map<String, Object> properties = new HashMap<>(ANY_SIZE);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    producer = connections.producer(properties);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  /** Sends the dead letters in one transaction; if that fails, each in its own. */
  void send(List<Resendable> letters, Consumer<DeadLetterBox.Result> results) {
    if (letters.isEmpty()) {
      return;
    }
    try {
      transact(letters).forEach(results);
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new UserError(
          "Another resend has started, so this one has stopped; wait for the other one to finish,"
              + " and run this one again for the remaining dead letters",
          e);
    } catch (KafkaException e) {
      producer.abortTransaction();
      if (letters.size() == 1) {
        results.accept(new DeadLetterBox.NotSent(letters.get(0).origin(), e.getMessage()));
        return;
      }
      letters.forEach(letter -> send(List.of(letter), results));
    }
  }

  private List<DeadLetterBox.Result> transact(List<Resendable> letters) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Resendable letter : letters) {
      sent.add(producer.send(letter.record()));
      sent.add(producer.send(letter.mark()));
    }
    producer.flush();
    List<DeadLetterBox.Result> results = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      RecordMetadata place = taken(sent.get(2 * i));
      taken(sent.get(2 * i + 1));
      results.add(
          new DeadLetterBox.Sent(
              letters.get(i).origin(),
              Optional.of(new Origin(place.topic(), place.partition(), place.offset()))));
    }
    commit();
    return results;
  }

  /** Commits. A commit that was not answered in time can only be retried, not aborted. */
  private void commit() {
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

  /** Returns the broker's answer to a flushed record. */
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

  @Override
  public void close() {
    producer.close();
  }
}
