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
 * Aborts transactions that would otherwise stay open. If a broker without replicas is killed after
 * a transaction was decided and before its markers were written, its partitions have no leader for
 * a moment after the restart. If the transaction coordinator wants to send the markers at that
 * moment, it assumes that the partitions were deleted (seen with Kafka 4.3: {@code
 * KRaftMetadataCache} answers the same in both cases) and completes the transaction without
 * markers. Consumers that read committed records, or ask for stable offsets, then wait forever.
 *
 * <p>Such a transaction is aborted in all its partitions (KIP-664). That is correct if producers
 * and consumers were in the killed process too: nothing has read the transaction's records, and its
 * offsets are aborted with it.
 */
public final class HangingTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long GLANCE_MILLIS = 100;

  /** States in which the coordinator or the producer will still end the transaction. */
  private static final Set<TransactionState> AT_WORK =
      EnumSet.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  private HangingTransactions() {}

  /**
   * Aborts these transactions. Must run before any producer begins another.
   *
   * @return the number of partitions with such a transaction
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
            LOG.warn("A hanging transaction was aborted in {}", each.getKey());
            aborted++;
          }
        }
      }
      return aborted;
    } catch (ExecutionException e) {
      throw new UserError(
          "The open transactions of the broker could not be read: %s; start again"
              .formatted(e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /**
   * The state of each producer's transaction, after the coordinator has ended those that were
   * decided.
   */
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
      // The coordinator does not announce when it is done, so it must be asked again.
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
