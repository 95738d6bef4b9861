package dev.lifesign.core.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Fetches schemas from a registry on its own threads, several at a time, so that stream threads do
 * not wait. While the registry is unavailable, it is tried once per {@link #PAUSE}. Thread-safe.
 */
public final class SchemaFetcher implements AutoCloseable {

  private static final int AT_ONCE = 8;
  private static final int MOST_ASKED = 1_000;
  private static final long IDLE_SECONDS = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HttpSchemaRegistry registry;
  private final SchemaRegistry once;
  private final ThreadPoolExecutor threads;
  private final Map<Integer, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
  private volatile Trouble trouble = Trouble.NONE;

  /** The last problem, and when it occurred, in nanoseconds. */
  private record Trouble(Optional<String> sentence, long at) {
    static final Trouble NONE = new Trouble(Optional.empty(), 0);

    boolean isFresh() {
      return sentence.isPresent() && System.nanoTime() - at < PAUSE.toNanos();
    }
  }

  /** Creates a fetcher for a registry client, which also caches the answers. */
  public SchemaFetcher(HttpSchemaRegistry registry) {
    this.registry = registry;
    this.once = registry.within(Duration.ZERO);
    this.threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "lifesign-schemas");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The registry's answer about an id; empty if there is none yet, in which case the id is
   * requested if possible.
   */
  public Optional<SchemaAnswer> answer(int id) {
    Optional<SchemaAnswer> known = registry.known(id);
    if (known.isEmpty() && asked.size() < MOST_ASKED && !trouble.isFresh()) {
      CompletableFuture<Void> wanted = new CompletableFuture<>();
      if (asked.putIfAbsent(id, wanted) == null) {
        try {
          threads.execute(() -> fetch(id, wanted));
        } catch (RejectedExecutionException e) {
          // The fetcher is closed; its caller is about to close too.
          asked.remove(id, wanted);
        }
      }
    }
    return known;
  }

  /** Waits until the request for an id has succeeded or failed, at most for the given time. */
  void await(int id, Duration most) {
    CompletableFuture<Void> wanted = asked.get(id);
    if (wanted == null) {
      return;
    }
    try {
      wanted.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The caller then finds that there is no answer.
    }
  }

  /** Why the last request failed; empty if it succeeded. */
  public Optional<String> trouble() {
    return trouble.sentence();
  }

  private void fetch(int id, CompletableFuture<Void> wanted) {
    try {
      if (!trouble.isFresh()) {
        once.schema(id);
        trouble = Trouble.NONE;
      }
    } catch (RegistryException e) {
      trouble =
          e.isAboutTheRecord()
              ? Trouble.NONE
              : new Trouble(Optional.of(e.getMessage()), System.nanoTime());
    } catch (SerializationException | RegistryUnavailableException e) {
      trouble = new Trouble(Optional.of(e.getMessage()), System.nanoTime());
    } finally {
      asked.remove(id, wanted);
      wanted.complete(null);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
