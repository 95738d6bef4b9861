package dev.lifesign.app.metrics;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.RestoreProgress;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.app.runtime.Watchdog;
import dev.lifesign.domain.time.Instants;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.Consumer;

/** All meters of the process, and their text for Prometheus. */
public final class Metrics implements AutoCloseable {

  /** The content type of {@link #scrape()}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Stores come and go with tasks, and their meters with them. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LongSupplier clock;
  private final TaskProgress tasks;
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
          });
  private final List<TaskGauge> taskGauges = new ArrayList<>();
  private volatile LivePipeline pipeline;
  private volatile KafkaClientMetrics kafka;

  private record TaskGauge(MultiGauge gauge, ToDoubleFunction<TaskProgress.Place> value) {}

  /**
   * Meters of a process.
   *
   * @param tasks how far its tasks have come
   * @param watchdog for how long one of them has been at work on one record
   * @param clock the wall clock, milliseconds since 1970
   */
  public Metrics(TaskProgress tasks, Watchdog watchdog, LongSupplier clock) {
    this.tasks = tasks;
    this.clock = clock;
    registry.config().meterFilter(new PrometheusNames());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    addTaskGauges();
    Gauge.builder("lifesign.record.longest", watchdog, dog -> dog.longest().toMillis() / 1000.0)
        .description("For how long the slowest task has been at work on one record")
        .baseUnit("seconds")
        .register(registry);
  }

  /** An observer that counts. */
  public PipelineMeters observer() {
    return new PipelineMeters(registry, clock);
  }

  /** Adds what a pipeline tells of itself: Kafka's clients, Kafka Streams, RocksDB, restores. */
  public void watch(LivePipeline running) {
    pipeline = running;
    RestoreProgress restores = running.runner().restores();
    Gauge.builder(
            "lifesign.restore.remaining.records",
            restores,
            board -> Math.max(0, board.remaining().total() - board.remaining().done()))
        .description("State records still to be restored before this instance's tasks go on")
        .register(registry);
    FunctionCounter.builder("lifesign.restored.records", restores, RestoreProgress::restored)
        .description("State records restored since the start")
        .register(registry);
    Gauge.builder("lifesign.offline.partitions", running, p -> p.gate().offline().size())
        .description("Input partitions whose brokers do not answer; their tasks and ticks stand")
        .register(registry);
    Gauge.builder(
            "lifesign.schema.waiting.partitions", running, p -> p.runner().waitingForSchemas())
        .description("Partitions that stand at a record until the registry says what its schema is")
        .register(registry);
    kafka = new KafkaClientMetrics(source(running.runner()), List.of(), refresher, REFRESH);
    kafka.bindTo(registry);
  }

  /**
   * Micrometer asks a client for its metrics. Kafka Streams' own cannot be passed to it, since they
   * must not be read while a store is being closed.
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

  private void addTaskGauges() {
    addTaskGauge(
        "lifesign.tick.lag",
        "Wall clock less the last tick that the partition's task has read",
        place ->
            place.lastTick() == Instants.NEVER
                ? Double.NaN
                : Math.max(0, clock.getAsLong() - place.lastTick()) / 1000.0);
    addTaskGauge(
        "lifesign.deadline.overdue",
        "How long the partition's oldest deadline is overdue, in the log's time",
        place -> place.overdueMillis() / 1000.0);
    addTaskGauge(
        "lifesign.transaction.wait",
        "How long the partition's task has waited for what an open transaction hides",
        place ->
            pipeline == null ? 0 : pipeline.hidden().waited(place.partition()).toMillis() / 1000.0);
    taskGauges.add(
        new TaskGauge(
            MultiGauge.builder("lifesign.tick.gate.open")
                .description("Whether the partition may tick: 0 while its brokers do not answer")
                .register(registry),
            place -> pipeline != null && pipeline.gate().isOpen(place.partition()) ? 1 : 0));
  }

  private void addTaskGauge(
      String name, String description, ToDoubleFunction<TaskProgress.Place> value) {
    taskGauges.add(
        new TaskGauge(
            MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(registry),
            value));
  }

  /** All meters in Prometheus' text format. */
  public synchronized String scrape() {
    List<TaskProgress.Place> places = tasks.places();
    for (TaskGauge gauge : taskGauges) {
      gauge
          .gauge()
          .register(
              places.stream()
                  .map(
                      place ->
                          MultiGauge.Row.of(
                              Tags.of("partition", String.valueOf(place.partition())),
                              gauge.value().applyAsDouble(place)))
                  .toList(),
              true);
    }
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    if (kafka != null) {
      kafka.close();
    }
    refresher.shutdownNow();
    garbageCollection.close();
    registry.close();
  }
}
