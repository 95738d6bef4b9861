package dev.lifesign.app.service;

import dev.lifesign.app.api.CustomerRoutes;
import dev.lifesign.app.api.HealthRoutes;
import dev.lifesign.app.api.HttpServer;
import dev.lifesign.app.api.MetricsRoutes;
import dev.lifesign.app.api.Routes;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A running instance: it holds its state directory, serves queries, metrics and health, and runs
 * the pipeline.
 */
public final class Service implements AutoCloseable {

  private final Opened opened = new Opened();

  /** Empty until the pipeline has started, which needs the address of the HTTP server first. */
  private final AtomicReference<Running> running = new AtomicReference<>();

  private String address = "";

  private record Running(LivePipeline pipeline, CustomerQueries queries) {}

  private Service() {}

  /**
   * Starts an instance; it may still be restoring state when this returns.
   *
   * @param clock the wall clock, milliseconds since 1970
   * @throws dev.lifesign.lab.UserError if it cannot start; the message says why
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
    Watchdog watchdog = opened.add(Watchdog.start(tasks, settings.processing().stalledAfter()));
    Metrics metrics = opened.add(new Metrics(tasks, watchdog, this::started, clock));
    List<Routes> routes =
        List.of(
            new CustomerRoutes(this::queries),
            new HealthRoutes(
                () -> readiness(tasks, watchdog, settings.http().maxStale(), clock.getAsLong()),
                tasks),
            new MetricsRoutes(metrics));
    HttpServer http = opened.add(HttpServer.start(settings.http(), routes));
    address = settings.http().advertised().orElseGet(() -> reachable(settings, http.port()));
    LivePipeline pipeline =
        opened.add(
            LivePipeline.start(
                settings, Optional.of(address), new Observers(tasks, metrics.observer())));
    metrics.addKafka(pipeline.runner());
    running.set(
        new Running(pipeline, new CustomerQueries(pipeline, settings.http(), address, clock)));
  }

  private Optional<LivePipeline> started() {
    return Optional.ofNullable(running.get()).map(Running::pipeline);
  }

  private Optional<CustomerQueries> queries() {
    return Optional.ofNullable(running.get()).map(Running::queries);
  }

  private Readiness readiness(TaskProgress tasks, Watchdog watchdog, Duration maxStale, long now) {
    return started()
        .map(
            pipeline ->
                Readiness.of(
                    pipeline, watchdog.stall(), Readiness.stale(tasks.places(), maxStale, now)))
        .orElseGet(Readiness::starting);
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
    return started().orElseThrow();
  }

  /** The host and port of its HTTP server. */
  public String address() {
    return address;
  }

  /**
   * Closes everything that was started, in reverse order, even if some of it fails to close.
   *
   * @throws IllegalStateException if anything failed
   */
  @Override
  public void close() {
    opened.close();
  }
}
