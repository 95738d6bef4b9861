package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which producer's open transaction a task waits for, once it has waited for a while. Also
 * logs when the task continues without the hidden records, and when the wait is over. Short
 * transactions are not logged.
 */
public final class TransactionWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);
  private static final long INTERVAL_MILLIS = 1_000;
  private static final int TIMEOUT_MILLIS = 5_000;

  /** Shorter waits are normal for a producer that commits now and then. */
  static final Duration WORTH_A_LINE = Duration.ofSeconds(5);

  private final Admin admin;
  private final HiddenRecords hidden;
  private final Map<TopicPartition, HiddenRecords.Wait> logged = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "transaction-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Creates a watch, which starts at once.
   *
   * @param admin the client for requests about producers; not closed by the watch
   * @param hidden the records that tasks wait for
   */
  public TransactionWatch(Admin admin, HiddenRecords hidden) {
    this.admin = admin;
    this.hidden = hidden;
    executor.scheduleWithFixedDelay(
        this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void look() {
    try {
      Map<TopicPartition, HiddenRecords.Wait> now =
          hidden.waits().stream()
              .filter(wait -> wait.waited().compareTo(WORTH_A_LINE) >= 0)
              .collect(Collectors.toMap(HiddenRecords.Wait::place, Function.identity()));
      logged.values().removeIf(before -> isOver(before, now));
      now.values().forEach(this::log);
    } catch (RuntimeException e) {
      LOG.error("Open transactions could not be checked", e);
    }
  }

  private static boolean isOver(
      HiddenRecords.Wait before, Map<TopicPartition, HiddenRecords.Wait> now) {
    HiddenRecords.Wait same = now.get(before.place());
    if (same != null && same.stableOffset() == before.stableOffset()) {
      return false;
    }
    LOG.info(
        "{}: this instance no longer waits for the transaction at offset {}; {}",
        before.place(),
        before.stableOffset(),
        before.overtaken()
            ? "later events were processed first, and lifesign_events_overtaken_seconds counts them"
            : "it has ended, or the partition has moved to another instance");
    return true;
  }

  private void log(HiddenRecords.Wait wait) {
    HiddenRecords.Wait before = logged.put(wait.place(), wait);
    if (before == null) {
      LOG.warn(
          "{}: an open transaction of {} hides the records from offset {} on; no status of this"
              + " partition's customers changes until it ends",
          wait.place(),
          producer(wait).orElse("a producer that the brokers do not name"),
          wait.stableOffset());
    }
    if (wait.overtaken() && (before == null || !before.overtaken())) {
      LOG.error(
          "{}: the transaction at offset {} has been open for longer than transactionWait, so"
              + " processing continues and the hidden events will be late. Abort it with"
              + " kafka-transactions.sh abort --topic {} --partition {} --start-offset {}",
          wait.place(),
          wait.stableOffset(),
          wait.place().topic(),
          wait.place().partition(),
          wait.stableOffset());
    }
  }

  /** The producer of the oldest open transaction, as far as the brokers name it. */
  private Optional<String> producer(HiddenRecords.Wait wait) {
    try {
      List<ProducerState> producers =
          admin
              .describeProducers(
                  Set.of(wait.place()), new DescribeProducersOptions().timeoutMs(TIMEOUT_MILLIS))
              .partitionResult(wait.place())
              .get()
              .activeProducers();
      Optional<ProducerState> oldest =
          producers.stream()
              .filter(producer -> producer.currentTransactionStartOffset().isPresent())
              .min(
                  (one, other) ->
                      Long.compare(
                          one.currentTransactionStartOffset().getAsLong(),
                          other.currentTransactionStartOffset().getAsLong()));
      return oldest.map(
          producer ->
              "producer id %d, epoch %d%s"
                  .formatted(
                      producer.producerId(),
                      producer.producerEpoch(),
                      transactionalId(producer.producerId())
                          .map(id -> ", transactional.id " + id)
                          .orElse("")));
    } catch (ExecutionException e) {
      LOG.debug("The producers of {} are not known", wait.place(), e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<String> transactionalId(long producerId) {
    try {
      ListTransactionsOptions options =
          new ListTransactionsOptions().filterProducerIds(Set.of(producerId));
      options.timeoutMs(TIMEOUT_MILLIS);
      return admin.listTransactions(options).all().get().stream()
          .map(TransactionListing::transactionalId)
          .findFirst();
    } catch (ExecutionException e) {
      LOG.debug("The transaction of producer {} is not known", producerId, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
