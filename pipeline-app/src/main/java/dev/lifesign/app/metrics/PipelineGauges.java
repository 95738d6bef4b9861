package dev.lifesign.app.metrics;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.RestoreProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gauges of what the whole pipeline waits for; 0 until it has started. */
final class PipelineGauges {

  private final Supplier<Optional<LivePipeline>> pipeline;

  private PipelineGauges(Supplier<Optional<LivePipeline>> pipeline) {
    this.pipeline = pipeline;
  }

  static void register(MeterRegistry registry, Supplier<Optional<LivePipeline>> pipeline) {
    PipelineGauges gauges = new PipelineGauges(pipeline);
    Gauge.builder(
            "lifesign.restore.remaining.records", gauges, all -> all.of(PipelineGauges::remaining))
        .description("State records still to be restored before this instance's tasks continue")
        .strongReference(true)
        .register(registry);
    FunctionCounter.builder(
            "lifesign.restored.records",
            gauges,
            all -> all.of(running -> running.runner().restores().restored()))
        .description("State records restored since the process started")
        .register(registry);
    Gauge.builder(
            "lifesign.offline.partitions",
            gauges,
            all -> all.of(running -> running.gate().offline().size()))
        .description(
            "Input partitions whose brokers do not answer; their tasks write no ticks until they do")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "lifesign.schema.waiting.partitions",
            gauges,
            all -> all.of(running -> running.runner().waitingForSchemas()))
        .description("Partitions that wait for the registry to return a record's schema")
        .strongReference(true)
        .register(registry);
  }

  private static double remaining(LivePipeline running) {
    RestoreProgress.Restore left = running.runner().restores().remaining();
    return Math.max(0, left.total() - left.done());
  }

  private double of(ToDoubleFunction<LivePipeline> value) {
    return pipeline.get().map(value::applyAsDouble).orElse(0.0);
  }
}
