package dev.lifesign.app.metrics;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.domain.time.Instants;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gauges per partition, for the current tasks of the process. */
final class TaskGauges {

  private final MeterRegistry registry;
  private final TaskProgress tasks;
  private final List<TaskGauge> gauges = new ArrayList<>();

  private record TaskGauge(MultiGauge gauge, ToDoubleFunction<TaskProgress.Place> value) {}

  TaskGauges(
      MeterRegistry registry,
      TaskProgress tasks,
      Supplier<Optional<LivePipeline>> pipeline,
      LongSupplier clock) {
    this.registry = registry;
    this.tasks = tasks;
    add(
        MultiGauge.builder("lifesign.tick.lag")
            .description("Wall clock minus the last tick read by the partition's task")
            .baseUnit("seconds"),
        place ->
            place.lastTick() == Instants.NEVER
                ? Double.NaN
                : Math.max(0, clock.getAsLong() - place.lastTick()) / 1000.0);
    add(
        MultiGauge.builder("lifesign.deadline.overdue")
            .description(
                "How long the partition's oldest deadline has been overdue, in the log's time")
            .baseUnit("seconds"),
        place -> place.overdueMillis() / 1000.0);
    add(
        MultiGauge.builder("lifesign.transaction.wait")
            .description(
                "How long the partition's task has waited for records that an open transaction"
                    + " hides")
            .baseUnit("seconds"),
        place ->
            pipeline
                .get()
                .map(running -> running.hidden().waited(place.partition()).toMillis() / 1000.0)
                .orElse(0.0));
    add(
        MultiGauge.builder("lifesign.tick.gate.open")
            .description("Whether the partition may tick: 0 while its brokers do not answer"),
        place ->
            pipeline.get().filter(running -> running.gate().isOpen(place.partition())).isPresent()
                ? 1
                : 0);
  }

  private void add(MultiGauge.Builder gauge, ToDoubleFunction<TaskProgress.Place> value) {
    gauges.add(new TaskGauge(gauge.register(registry), value));
  }

  /** Updates the rows before they are read. */
  void refresh() {
    List<TaskProgress.Place> places = tasks.places();
    for (TaskGauge gauge : gauges) {
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
  }
}
