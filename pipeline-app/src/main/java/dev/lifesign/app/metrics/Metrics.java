package dev.lifesign.app.metrics;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.app.runtime.Watchdog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** All meters of the process, and their output for Prometheus. */
public final class Metrics implements AutoCloseable {

  /** The content type of {@link #scrape()}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** The interval for updating meters, since stores open and close with their tasks. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
          });
  private final LongSupplier clock;
  private final TaskGauges tasks;
  private final Queue<KafkaClientMetrics> opened = new ConcurrentLinkedQueue<>();

  /**
   * Creates the meters of a process.
   *
   * @param tasks the progress of its tasks
   * @param watchdog measures how long a task has worked on one record
   * @param pipeline the pipeline; empty until it has started
   * @param clock the wall clock, milliseconds since 1970
   */
  public Metrics(
      TaskProgress tasks,
      Watchdog watchdog,
      Supplier<Optional<LivePipeline>> pipeline,
      LongSupplier clock) {
    this.clock = clock;
    registry.config().meterFilter(new PrometheusNames());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("lifesign.record.longest", watchdog, dog -> dog.longest().toMillis() / 1000.0)
        .description("How long the slowest task has worked on one record")
        .baseUnit("seconds")
        .register(registry);
    this.tasks = new TaskGauges(registry, tasks, pipeline, clock);
    PipelineGauges.register(registry, pipeline);
  }

  /** Adds the metrics of Kafka's clients, Kafka Streams and RocksDB. */
  public void addKafka(PipelineRunner runner) {
    KafkaClientMetrics kafka =
        new KafkaClientMetrics(source(runner), List.of(), refresher, REFRESH);
    opened.add(kafka);
    kafka.bindTo(registry);
  }

  /** Creates an observer that counts the work of the pipeline. */
  public PipelineMeters observer() {
    return new PipelineMeters(registry, clock);
  }

  /**
   * Returns a client from which Micrometer reads the metrics. Kafka Streams itself cannot be used
   * for that, since the gauges of a store must not be read while the store is being closed.
   */
  private static Consumer<?, ?> source(PipelineRunner runner) {
    return (Consumer<?, ?>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (self, method, arguments) -> {
              if (method.getName().equals("metrics")) {
                return runner.metrics();
              }
              throw new UnsupportedOperationException(method.toString());
            });
  }

  /** All meters in Prometheus' text format. */
  public synchronized String scrape() {
    tasks.refresh();
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    opened.forEach(KafkaClientMetrics::close);
    refresher.shutdownNow();
    garbageCollection.close();
    registry.close();
  }
}
