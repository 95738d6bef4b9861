package dev.lifesign.app.metrics;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.timeline.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts the work of the pipeline. All names here are described in docs/reference/metrics.md. */
public final class PipelineMeters implements PipelineObserver {

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofDays(1)
  };

  private final MeterRegistry registry;
  private final LongSupplier clock;
  private final Map<Family, Map<Decision.Kind, Counter>> events = new EnumMap<>(Family.class);
  private final Map<RejectionReason, Counter> deadLetters = new EnumMap<>(RejectionReason.class);
  private final Map<String, Counter> statusChanges = new ConcurrentHashMap<>();
  private final Map<String, Counter> alerts = new ConcurrentHashMap<>();
  private final Map<String, Counter> commands = new ConcurrentHashMap<>();
  private final Map<Family, Counter> erased = new EnumMap<>(Family.class);
  private final Counter failedExpressions;
  private final Counter unconverted;
  private final Counter fired;
  private final DistributionSummary overtakenByTick;
  private final DistributionSummary overtakenByEvent;
  private final Map<Family, Counter> lost = new EnumMap<>(Family.class);
  private final Counter lostCommands;
  private final Timer sinceOccurred;
  private final Timer sinceAppended;
  private final HeapMeters heap;

  /**
   * Creates the meters in a registry.
   *
   * @param clock the wall clock, milliseconds since 1970, for latencies
   */
  public PipelineMeters(MeterRegistry registry, LongSupplier clock) {
    this.registry = registry;
    this.clock = clock;
    for (Family family : Family.values()) {
      Map<Decision.Kind, Counter> kinds = new EnumMap<>(Decision.Kind.class);
      for (Decision.Kind kind :
          new Decision.Kind[] {
            Decision.Kind.APPLIED, Decision.Kind.LATE, Decision.Kind.DUPLICATE
          }) {
        kinds.put(
            kind,
            Counter.builder("lifesign.events")
                .description("Events read, by family and outcome")
                .tag("family", family.label())
                .tag("outcome", kind.name().toLowerCase(Locale.ROOT))
                .register(registry));
      }
      events.put(family, kinds);
    }
    for (RejectionReason reason : RejectionReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("lifesign.dead.letters")
              .description("Records that were rejected, by reason")
              .tag("reason", reason.name())
              .register(registry));
    }
    unconverted =
        Counter.builder("lifesign.events.unconverted")
            .description("Events with an amount in a currency for which the policy has no rate")
            .register(registry);
    failedExpressions =
        Counter.builder("lifesign.expressions.failed")
            .description("Expressions of cases that could not be evaluated and counted as false")
            .register(registry);
    fired =
        Counter.builder("lifesign.deadlines.fired")
            .description("Deadlines that fired because their time had come")
            .register(registry);
    overtakenByTick = overtaken("tick");
    overtakenByEvent = overtaken("event");
    for (Family family : Family.values()) {
      erased.put(
          family,
          Counter.builder("lifesign.events.erased")
              .description("Events that were dropped because their customer had been erased")
              .tag("family", family.label())
              .register(registry));
      lost.put(family, lost(family.label()));
    }
    lostCommands = lost("commands");
    sinceOccurred = latency("occurred");
    sinceAppended = latency("appended");
    heap = new HeapMeters(registry);
  }

  private Counter lost(String family) {
    return Counter.builder("lifesign.records.lost")
        .description(
            "Records that were deleted before they were read, including transaction markers")
        .tag("family", family)
        .register(registry);
  }

  private DistributionSummary overtaken(String by) {
    return DistributionSummary.builder("lifesign.events.overtaken")
        .description(
            "Events overtaken by a tick or by a later event of the partition, and by how long;"
                + " should be none")
        .tag("by", by)
        .baseUnit("seconds")
        .register(registry);
  }

  private Timer latency(String since) {
    return Timer.builder("lifesign.output.latency")
        .description(
            "Time from an event's occurrence, or from its append to the broker, until its"
                + " resulting facts were passed to the producer")
        .tag("since", since)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  @Override
  public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
    events.get(family).get(outcome.kind()).increment();
    if (outcome.unconverted().isPresent()) {
      unconverted.increment();
    }
    published(outcome);
    if (outcome.profileChanged()) {
      long now = clock.getAsLong();
      sinceOccurred.record(Math.max(0, now - occurredAt), TimeUnit.MILLISECONDS);
      sinceAppended.record(Math.max(0, now - arrivedAt), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void command(CommandResult result, Optional<Decision> outcome) {
    String answer = result.accepted() ? "ACCEPTED" : result.refusal().name();
    commands
        .computeIfAbsent(
            answer,
            any ->
                Counter.builder("lifesign.commands")
                    .description("Commands answered, by acceptance or by the reason of the refusal")
                    .tag("answer", answer)
                    .register(registry))
        .increment();
    outcome.ifPresent(this::published);
  }

  @Override
  public void droppedAsErased(Family family) {
    erased.get(family).increment();
  }

  @Override
  public void overtakenByTick(long millis) {
    overtakenByTick.record(millis / 1000.0);
  }

  @Override
  public void overtakenByEvent(long millis) {
    overtakenByEvent.record(millis / 1000.0);
  }

  @Override
  public void lost(Optional<Family> family, int partition, long offsets) {
    family.map(lost::get).orElse(lostCommands).increment((double) offsets);
  }

  @Override
  public void rejected(RejectionReason reason) {
    deadLetters.get(reason).increment();
  }

  @Override
  public void fired(Decision outcome) {
    fired.increment(outcome.deadlines());
    published(outcome);
  }

  @Override
  public void heap(int partition, long bytes, long unwritten) {
    heap.kept(partition, bytes, unwritten);
  }

  @Override
  public void heapWritten(long nanos) {
    heap.written(nanos);
  }

  @Override
  public void closed(int partition) {
    heap.closed(partition);
  }

  private void published(Decision outcome) {
    if (outcome.failedExpressions() > 0) {
      failedExpressions.increment(outcome.failedExpressions());
    }
    for (StatusChange change : outcome.statusChanges()) {
      String from = change.from().map(Enum::name).orElse("NONE");
      String to = change.to().status().name();
      statusChanges
          .computeIfAbsent(
              from + to,
              any ->
                  Counter.builder("lifesign.status.changes")
                      .description("Status changes, by status before and after")
                      .tag("from", from)
                      .tag("to", to)
                      .register(registry))
          .increment();
    }
    for (AlertFact alert : outcome.alerts()) {
      String change = alert.change().name();
      alerts
          .computeIfAbsent(
              alert.caseId() + " " + change,
              any ->
                  Counter.builder("lifesign.alerts")
                      .description("Changes of alerts, by case and by what happened")
                      .tag("case", alert.caseId())
                      .tag("change", change)
                      .register(registry))
          .increment();
    }
  }
}
