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
 * Asks a registry for schemas on threads of its own, several at once, so that no stream thread
 * waits for an answer. While the registry is away, it is tried once per {@link #PAUSE}.
 * Thread-safe.
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

  /** What last went wrong, and when, in nanoseconds. */
  private record Trouble(Optional<String> sentence, long at) {
    static final Trouble NONE = new Trouble(Optional.empty(), 0);

    boolean isFresh() {
      return sentence.isPresent() && System.nanoTime() - at < PAUSE.toNanos();
    }
  }

  /** Asks that registry; its answers are kept there. */
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

  /** What the registry said of an id; if it has not been asked, it is, and the answer is empty. */
  public Optional<SchemaAnswer> answer(int id) {
    Optional<SchemaAnswer> known = registry.known(id);
    if (known.isEmpty() && asked.size() < MOST_ASKED && !trouble.isFresh()) {
      CompletableFuture<Void> wanted = new CompletableFuture<>();
      if (asked.putIfAbsent(id, wanted) == null) {
        try {
          threads.execute(() -> fetch(id, wanted));
        } catch (RejectedExecutionException e) {
          // It is closed, and so is soon who asks.
          asked.remove(id, wanted);
        }
      }
    }
    return known;
  }

  /** Waits until an id that was asked for is answered, or has failed, or a time is over. */
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
      // Whoever waits looks at the answer, which is not there then.
    }
  }

  /** Why the registry could not be asked when it was last tried; empty if it could. */
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
