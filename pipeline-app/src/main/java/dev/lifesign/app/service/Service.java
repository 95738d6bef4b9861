package dev.lifesign.app.service;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.http.HttpServer;
import dev.lifesign.app.metrics.Metrics;
import dev.lifesign.app.query.CustomerQueries;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.StateLock;
import dev.lifesign.app.runtime.TaskBoard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One instance as it is operated: its state directory held, queries, metrics and health served, and
 * the pipeline running.
 */
public final class Service implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicReference<LivePipeline> pipeline = new AtomicReference<>();
  private String address = "";

  private Service() {}

  /**
   * Starts one; it may still be restoring when this returns.
   *
   * @param clock the wall clock, milliseconds since 1970
   * @throws dev.lifesign.app.UserError if it cannot work as things are; the sentence says why
   */
  public static Service start(Settings settings, LongSupplier clock) {
    Service service = new Service();
    try {
      service.open(settings, clock);
      return service;
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
  }

  private void open(Settings settings, LongSupplier clock) {
    opened.push(StateLock.take(settings));
    TaskBoard tasks = new TaskBoard();
    Metrics metrics = new Metrics(tasks, clock);
    opened.push(metrics);
    HttpServer http =
        HttpServer.start(
            settings.http(), metrics, tasks, () -> Optional.ofNullable(pipeline.get()));
    opened.push(http);
    address = settings.http().advertised().orElseGet(() -> reachable(settings, http.port()));
    LivePipeline running =
        LivePipeline.start(
            settings, Optional.of(address), new Observers(tasks, metrics.observer()));
    opened.push(running);
    pipeline.set(running);
    metrics.watch(running);
    http.serve(new CustomerQueries(running, settings.http(), address, clock));
  }

  private static String reachable(Settings settings, int port) {
    String host = settings.http().host();
    try {
      boolean any = InetAddress.getByName(host).isAnyLocalAddress();
      return (any ? InetAddress.getLocalHost().getHostName() : host) + ":" + port;
    } catch (UnknownHostException e) {
      return host + ":" + port;
    }
  }

  /** The pipeline. */
  public LivePipeline pipeline() {
    return pipeline.get();
  }

  /** Host and port at which it is reached. */
  public String address() {
    return address;
  }

  /** Stops what was started, the last first. */
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("Expected to stop cleanly, but it did not", e);
      }
    }
  }
}
