package dev.lifesign.app.embedded;

import dev.lifesign.lab.UserError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that nobody else would end. When a broker without replicas beside it is killed
 * between the decision to commit and the markers, it comes back with partitions that have no leader
 * for a moment. If the transaction coordinator wants to send the markers in that moment, it takes
 * the partitions for deleted (seen with Kafka 4.3: {@code KRaftMetadataCache} answers alike for
 * both), and calls the transaction complete. Whoever reads committed records, or asks for stable
 * offsets, then waits for ever.
 *
 * <p>Such a transaction is aborted in all its partitions (KIP-664). That is right where the process
 * that was killed held everybody: nobody has read of it, and its offsets go with it.
 */
public final class HangingTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long GLANCE_MILLIS = 100;

  /** In these the coordinator is about to end the transaction itself, or its producer is. */
  private static final Set<TransactionState> AT_WORK =
      EnumSet.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  private HangingTransactions() {}

  /**
   * Aborts them, before any producer begins another.
   *
   * @return in how many partitions there was one
   * @throws UserError if the broker does not answer
   */
  public static int abort(Admin admin) {
    try {
      Map<Long, TransactionState> states = settled(admin);
      int aborted = 0;
      for (Map.Entry<TopicPartition, List<ProducerState>> each : open(admin).entrySet()) {
        for (ProducerState producer : each.getValue()) {
          if (!AT_WORK.contains(
              states.getOrDefault(producer.producerId(), TransactionState.EMPTY))) {
            admin
                .abortTransaction(
                    new AbortTransactionSpec(
                        each.getKey(),
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all()
                .get();
            LOG.warn("A transaction without an end was aborted in {}", each.getKey());
            aborted++;
          }
        }
      }
      return aborted;
    } catch (ExecutionException e) {
      throw new UserError(
          "Expected the broker to say which transactions are open, but: %s; start again"
              .formatted(e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The state of each producer's transaction, once the coordinator is done with those decided. */
  private static Map<Long, TransactionState> settled(Admin admin)
      throws ExecutionException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      Map<Long, TransactionState> states =
          admin.listTransactions().all().get().stream()
              .collect(Collectors.toMap(TransactionListing::producerId, TransactionListing::state));
      boolean deciding =
          states.containsValue(TransactionState.PREPARE_COMMIT)
              || states.containsValue(TransactionState.PREPARE_ABORT);
      if (!deciding || System.nanoTime() - begin > PATIENCE_NANOS) {
        return states;
      }
      // The coordinator tells nobody when it is done; it can only be asked again.
      Thread.sleep(GLANCE_MILLIS);
    }
  }

  private static Map<TopicPartition, List<ProducerState>> open(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
    List<TopicPartition> partitions = new ArrayList<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .values()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        info ->
                            partitions.add(new TopicPartition(topic.name(), info.partition()))));
    return admin.describeProducers(partitions).all().get().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    each.getValue().activeProducers().stream()
                        .filter(p -> p.currentTransactionStartOffset().isPresent())
                        .toList()));
  }
}
