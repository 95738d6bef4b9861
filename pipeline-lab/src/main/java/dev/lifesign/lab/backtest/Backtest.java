package dev.lifesign.lab.backtest;

import dev.lifesign.lab.file.PolicyFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Replays a history under policies with the code that runs live, and judges each policy's statuses
 * at the cutoffs by what came after. Customers do not affect each other, so they are replayed one
 * by one, on as many threads as there are processors.
 */
final class Backtest {

  private final Map<String, PolicyFile> policies;
  private final Folds folds;
  private final long end;

  /**
   * A backtest.
   *
   * @param policies by name
   * @param folds the cutoffs at which customers are observed
   * @param end the end of the last holdout, exclusive
   */
  Backtest(Map<String, PolicyFile> policies, Folds folds, long end) {
    this.policies = new LinkedHashMap<>(policies);
    this.folds = folds;
    this.end = end;
  }

  /**
   * Runs it.
   *
   * @param replayed receives the number of events replayed, per customer, from several threads
   * @return one result per policy, in their order
   */
  List<PolicyResult> run(Shards shards, IntConsumer replayed) {
    List<PolicyCounts> counts = new ArrayList<>();
    policies.values().forEach(any -> counts.add(new PolicyCounts(folds)));
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<List<PolicyCounts>>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> replay(shards, next, replayed)));
      }
      for (Future<List<PolicyCounts>> each : running) {
        List<PolicyCounts> part = each.get();
        for (int i = 0; i < counts.size(); i++) {
          counts.get(i).add(part.get(i));
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } finally {
      pool.shutdownNow();
    }
    List<String> names = List.copyOf(policies.keySet());
    return IntStream.range(0, names.size())
        .parallel()
        .mapToObj(i -> Judge.judge(names.get(i), folds, counts.get(i)))
        .toList();
  }

  /**
   * Each policy's counts for the shards that this thread takes. Which thread takes which shard
   * changes nothing, since counts have no order.
   *
   * @param next the next shard that no thread has taken
   */
  private List<PolicyCounts> replay(Shards shards, AtomicInteger next, IntConsumer replayed) {
    List<PolicyRun> runs =
        PolicyRun.of(policies.values().stream().map(PolicyFile::policy).toList(), folds, end);
    for (int i = next.getAndIncrement(); i < shards.count(); i = next.getAndIncrement()) {
      shards
          .customers(i)
          .forEach(
              customer -> {
                PolicyRun.replay(runs, customer);
                replayed.accept(customer.size());
              });
    }
    return runs.stream().map(PolicyRun::counts).toList();
  }
}
