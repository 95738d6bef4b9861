package dev.lifesign.app.service;

import dev.lifesign.app.api.HttpServer;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.metrics.Metrics;
import dev.lifesign.app.query.CustomerQueries;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Opened;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.StateLock;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.app.runtime.Watchdog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One instance as it is operated: its state directory held, queries, metrics and health served, and
 * the pipeline running.
 */
public final class Service implements AutoCloseable {

  private final Opened opened = new Opened();
  private final AtomicReference<LivePipeline> pipeline = new AtomicReference<>();
  private String address = "";

  private Service() {}

  /**
   * Starts one; it may still be restoring when this returns.
   *
   * @param clock the wall clock, milliseconds since 1970
   * @throws dev.lifesign.lab.UserError if it cannot work as things are; the sentence says why
   */
  public static Service start(Settings settings, LongSupplier clock) {
    Service service = new Service();
    try {
      service.open(settings, clock);
      return service;
    } catch (RuntimeException | Error e) {
      service.opened.closeAfter(e);
      throw e;
    }
  }

  private void open(Settings settings, LongSupplier clock) {
    opened.add(StateLock.take(settings));
    TaskProgress tasks = new TaskProgress();
    Watchdog watchdog = opened.add(Watchdog.start(tasks, settings.stalledAfter()));
    Metrics metrics = opened.add(new Metrics(tasks, watchdog, clock));
    HttpServer http =
        opened.add(
            HttpServer.start(
                settings.http(),
                metrics,
                tasks,
                () -> readiness(tasks, watchdog, settings.http().maxStale(), clock.getAsLong())));
    address = settings.http().advertised().orElseGet(() -> reachable(settings, http.port()));
    LivePipeline running =
        opened.add(
            LivePipeline.start(
                settings, Optional.of(address), new Observers(tasks, metrics.observer())));
    pipeline.set(running);
    metrics.watch(running);
    http.serve(new CustomerQueries(running, settings.http(), address, clock));
  }

  private Readiness readiness(TaskProgress tasks, Watchdog watchdog, Duration maxStale, long now) {
    LivePipeline running = pipeline.get();
    return running == null
        ? Readiness.starting()
        : Readiness.of(running, watchdog.stall(), Readiness.stale(tasks.places(), maxStale, now));
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

  /**
   * Stops what was started, the last first, and all of it whatever fails on the way.
   *
   * @throws IllegalStateException if anything failed
   */
  @Override
  public void close() {
    opened.close();
  }
}
