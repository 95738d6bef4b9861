package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Replays a history under policies with the code that runs live, and judges each policy's statuses
 * at the cutoffs by what came after. Customers do not affect each other, so they are replayed one
 * by one, on as many threads as there are processors.
 */
final class Backtest {

  private final List<Policy> policies;
  private final Cuts cuts;
  private final long end;

  /**
   * A backtest.
   *
   * @param policies at least one
   * @param cuts the cutoffs at which customers are observed
   * @param end the end of the last holdout, exclusive
   */
  Backtest(List<Policy> policies, Cuts cuts, long end) {
    this.policies = List.copyOf(policies);
    this.cuts = cuts;
    this.end = end;
  }

  /**
   * Runs it.
   *
   * @param replayed receives the number of events replayed, per customer, from several threads
   * @return the counts of each policy, in their order
   */
  List<PolicyCounts> run(Shards shards, IntConsumer replayed) {
    List<PolicyCounts> counts = new ArrayList<>();
    policies.forEach(policy -> counts.add(new PolicyCounts(cuts, policy)));
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
    return counts;
  }

  /**
   * Each policy's counts for the shards that this thread takes. Which thread takes which shard
   * changes nothing, since counts have no order.
   *
   * @param next the next shard that no thread has taken
   */
  private List<PolicyCounts> replay(Shards shards, AtomicInteger next, IntConsumer replayed) {
    List<PolicyRun> runs = PolicyRun.of(policies, cuts, end);
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
