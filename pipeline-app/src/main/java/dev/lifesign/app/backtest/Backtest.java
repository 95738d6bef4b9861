package dev.lifesign.app.backtest;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.file.Arrivals;
import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Plays a history under policies, by the code that runs live, and judges what each said at the cuts
 * by what came after. The file is read once for all policies; customers are shared out to as many
 * threads as there are processors, since no customer's history touches another's.
 */
public final class Backtest {

  private static final int BATCH = 1_024;
  private static final int WAITING = 16;

  private final EventFile file;
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
  public Backtest(EventFile file, Map<String, PolicyFile> policies, Cuts cuts, long end) {
    this.file = file;
    this.policies = new LinkedHashMap<>(policies);
    this.cuts = cuts;
    this.end = end;
  }

  private sealed interface Step {}

  private record Heard(Event event, long arrivedAt) implements Step {}

  private record Cut() implements Step {}

  private record Ended() implements Step {}

  /**
   * Runs it.
   *
   * @param survey of the file, which was read before
   * @param total is told how many lines there are
   * @param read is told each line
   * @return a result for each policy, in their order
   */
  public List<PolicyResult> run(Arrivals.Survey survey, LongConsumer total, Consumer<Line> read) {
    List<Worker> workers = new ArrayList<>();
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Worker worker = new Worker();
        workers.add(worker);
        running.add(CompletableFuture.runAsync(worker::work, pool));
      }
      play(workers, survey, total, read);
      workers.forEach(Worker::finish);
      for (Future<?> each : running) {
        ((CompletableFuture<?>) each).join();
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
    List<PolicyResult> results = new ArrayList<>();
    int place = 0;
    for (String name : policies.keySet()) {
      int policy = place++;
      List<Player> players = workers.stream().map(worker -> worker.players.get(policy)).toList();
      results.add(Judge.judge(name, cuts, Player.merged(players, cuts)));
    }
    return results;
  }

  private void play(
      List<Worker> workers, Arrivals.Survey survey, LongConsumer total, Consumer<Line> read) {
    int[] cut = {0};
    Arrivals.read(
        file,
        survey,
        total,
        line -> {
          read.accept(line);
          Event event = line.event().orElseThrow();
          if (line.arrivedAt() >= end
              || line.arrivedAt() < 0
              || Acceptance.check(event, line.arrivedAt()).isPresent()) {
            return;
          }
          while (cut[0] < cuts.instants().size()
              && line.arrivedAt() >= cuts.instants().get(cut[0])) {
            cut[0]++;
            workers.forEach(worker -> worker.add(new Cut()));
          }
          int shard = Math.floorMod(event.customerId().hashCode(), workers.size());
          workers.get(shard).add(new Heard(event, line.arrivedAt()));
        },
        unreadable -> {});
    while (cut[0]++ < cuts.instants().size()) {
      workers.forEach(worker -> worker.add(new Cut()));
    }
    workers.forEach(worker -> worker.add(new Ended()));
  }

  /** The customers of a thread, under every policy. */
  private final class Worker {
    private final List<Player> players =
        policies.values().stream().map(file -> new Player(file.policy(), cuts)).toList();
    private final BlockingQueue<List<Step>> queue = new ArrayBlockingQueue<>(WAITING);
    private List<Step> batch = new ArrayList<>(BATCH);
    private volatile boolean failed;

    void add(Step step) {
      batch.add(step);
      if (batch.size() == BATCH) {
        send();
      }
    }

    void finish() {
      if (!batch.isEmpty()) {
        send();
      }
      batch = List.of();
      send();
    }

    private void send() {
      try {
        List<Step> full = batch;
        batch = new ArrayList<>(BATCH);
        // Who failed takes nothing any more; its failure is thrown when all is read.
        if (!failed) {
          queue.put(full);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted", e);
      }
    }

    void work() {
      try {
        List<Step> next = queue.take();
        while (!next.isEmpty()) {
          next.forEach(this::play);
          next = queue.take();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        failed = true;
        queue.clear();
        throw e;
      }
    }

    private void play(Step step) {
      for (Player player : players) {
        if (step instanceof Heard heard) {
          player.hear(heard.event(), heard.arrivedAt());
        } else if (step instanceof Ended) {
          player.advance(end);
        } else {
          player.cut();
        }
      }
    }
  }
}
