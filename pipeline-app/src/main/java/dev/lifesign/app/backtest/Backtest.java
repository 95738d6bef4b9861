package dev.lifesign.app.backtest;

import dev.lifesign.app.config.PolicyFile;
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
 * Plays a history under policies, by the code that runs live, and judges what each said at the cuts
 * by what came after. No customer's history touches another's, so customers are played one by one,
 * on as many threads as there are processors.
 */
final class Backtest {

  private final Map<String, PolicyFile> policies;
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
    this.cuts = cuts;
    this.end = end;
  }

  /**
   * Runs it.
   *
   * @param played is told how many events were played, customer by customer, by several threads
   * @return a result for each policy, in their order
   */
  List<PolicyResult> run(Shards shards, IntConsumer played) {
    List<Tally> tallies = new ArrayList<>();
    policies.values().forEach(any -> tallies.add(new Tally(cuts)));
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<List<Tally>>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> play(shards, next, played)));
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
    List<String> names = List.copyOf(policies.keySet());
    return IntStream.range(0, names.size())
        .parallel()
        .mapToObj(i -> Judge.judge(names.get(i), cuts, tallies.get(i)))
        .toList();
  }

  /**
   * What each policy says of the customers of shards that this thread comes to. Which thread comes
   * to which changes nothing: what is counted has no order.
   *
   * @param next the next shard that nobody has
   */
  private List<Tally> play(Shards shards, AtomicInteger next, IntConsumer played) {
    List<Player> players =
        Player.of(policies.values().stream().map(PolicyFile::policy).toList(), cuts, end);
    for (int i = next.getAndIncrement(); i < shards.count(); i = next.getAndIncrement()) {
      shards
          .customers(i)
          .forEach(
              customer -> {
                Player.play(players, customer);
                played.accept(customer.size());
              });
    }
    return players.stream().map(Player::tally).toList();
  }
}
