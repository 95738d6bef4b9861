package dev.lifesign.app.backtest;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.core.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Plays a history under policies, by the code that runs live, and judges what each said at the cuts
 * by what came after. No customer's history touches another's, so customers are played one by one,
 * on as many threads as there are processors.
 */
final class Backtest {

  private final Map<String, PolicyFile> policies;

  /** Each policy once: what was tuned may be the fixed threshold itself. */
  private final List<Policy> played;

  private final Cuts cuts;
  private final long end;

  /**
   * A backtest.
   *
   * @param policies by name
   * @param cuts where customers are looked at
   * @param end of the last holdout, exclusive
   */
  Backtest(Map<String, PolicyFile> policies, Cuts cuts, long end) {
    this.policies = new LinkedHashMap<>(policies);
    this.played = policies.values().stream().map(PolicyFile::policy).distinct().toList();
    this.cuts = cuts;
    this.end = end;
  }

  /**
   * Runs it.
   *
   * @param step is told how many events were played, customer by customer, by several threads
   * @return a result for each policy, in their order
   */
  List<PolicyResult> run(Shards shards, IntConsumer step) {
    List<Tally> tallies = new ArrayList<>();
    played.forEach(any -> tallies.add(new Tally(cuts)));
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<List<Tally>>> running = new ArrayList<>();
      for (int i = 0; i < shards.count(); i++) {
        int shard = i;
        running.add(pool.submit(() -> play(shards.customers(shard), step)));
      }
      for (Future<List<Tally>> each : running) {
        List<Tally> of = each.get();
        for (int i = 0; i < tallies.size(); i++) {
          tallies.get(i).add(of.get(i));
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
    return List.copyOf(policies.keySet()).parallelStream()
        .map(
            name ->
                Judge.judge(name, cuts, tallies.get(played.indexOf(policies.get(name).policy()))))
        .toList();
  }

  /** What each policy says of customers. */
  private List<Tally> play(Stream<List<Shard.Arrived>> customers, IntConsumer step) {
    List<Player> players = played.stream().map(policy -> new Player(policy, cuts, end)).toList();
    customers.forEach(
        customer -> {
          players.forEach(player -> player.play(customer));
          step.accept(customer.size());
        });
    return players.stream().map(Player::tally).toList();
  }
}
