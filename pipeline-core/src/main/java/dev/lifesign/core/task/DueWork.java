package dev.lifesign.core.task;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The work that the last tick makes due: deadlines, the sweep after a policy change, and the count
 * of the population. It is done in bounded steps, so that no call takes long, however much is due.
 */
final class DueWork {

  /** Enough to finish an ordinary tick at once, and short compared with the transaction timeout. */
  private static final int CUSTOMERS_PER_STEP = 256;

  private static final int STEPS_PER_PUNCTUATION = 400;
  private static final long PUNCTUATION_NANOS = Duration.ofMillis(250).toNanos();
  private static final int SWEEP_BATCH = 256;

  private final TaskState state;
  private final PipelineOptions options;
  private boolean isDone;

  DueWork(TaskState state, PipelineOptions options) {
    this.state = state;
    this.options = options;
  }

  /** Whether all the work that the last tick makes due is done. */
  boolean isDone() {
    return isDone;
  }

  /** Continues after a tick or a policy, when there may be more to do. */
  void resume() {
    isDone = false;
  }

  /** Works until all is done, or for a quarter of a second. */
  void workForAWhile() {
    long begin = System.nanoTime();
    for (int step = 0;
        !isDone && step < STEPS_PER_PUNCTUATION && System.nanoTime() - begin < PUNCTUATION_NANOS;
        step++) {
      work();
    }
  }

  /** Fires a limited number of due deadlines, and continues a sweep. */
  void work() {
    long tick = state.lastTick();
    if (isDone || tick == Instants.NEVER) {
      return;
    }
    long bound = state.timeline().horizon(tick);
    for (int i = 0; i < CUSTOMERS_PER_STEP; i++) {
      Optional<DeadlineKey> due = state.customers.firstDueBefore(bound);
      if (due.isEmpty()) {
        if (!sweepBefore(bound, tick)) {
          finish(bound, tick);
        }
        return;
      }
      fire(due.get(), tick);
    }
    options
        .observer()
        .overdue(
            state.partition,
            state.customers.firstDueBefore(bound).map(first -> bound - first.due()).orElse(0L));
  }

  private void finish(long bound, long tick) {
    isDone = true;
    state.customers.searchErased();
    if (state.cuts.dropBefore(bound)) {
      state.refreshTimeline();
    }
    count(tick);
    options.observer().overdue(state.partition, 0);
    options.observer().caughtUp(state.partition, tick);
  }

  private void fire(DeadlineKey due, long tick) {
    Optional<StoredCustomer> before = state.customers.take(due);
    if (before.isEmpty()) {
      return;
    }
    Decision decision = state.timeline().advance(before.get().customer(), due.due() + 1, tick);
    state.apply(before, decision, tick);
    if (decision.deadlines() > 0) {
      options.observer().fired(decision);
    }
  }

  /** Continues the sweep after a policy change; returns true while there is more to do. */
  private boolean sweepBefore(long bound, long tick) {
    PolicyStore policies = state.policies;
    if (!policies.hasSuperseded() || policies.policies().newest().from() >= bound) {
      return false;
    }
    int newest = policies.policies().newest().policy().version();
    List<String> batch = state.customers.idsFrom(state.marks.sweepPlace(), SWEEP_BATCH + 1);
    for (String id : batch) {
      StoredCustomer stored = state.customers.get(id).orElseThrow();
      if (stored.customer().policyVersion() < newest) {
        state.apply(
            Optional.of(stored), state.timeline().advance(stored.customer(), bound, tick), tick);
      }
    }
    if (batch.size() <= SWEEP_BATCH) {
      policies.dropSuperseded();
      state.marks.sweptAll();
      state.refreshTimeline();
      return false;
    }
    state.marks.sweptTo(batch.get(SWEEP_BATCH));
    return true;
  }

  /** Publishes the partition's counts for aggregation when new cut points are due. */
  private void count(long tick) {
    OptionalLong every = state.timeline().policyAt(tick).rfm().cutsEvery();
    if (every.isEmpty() || !options.takesCuts()) {
      return;
    }
    state.population.coarsen(tick);
    long asOf = CutHistory.lastTaken(tick, every.getAsLong());
    if (asOf > state.marks.lastCounted()) {
      state.marks.counted(asOf);
      state.facts.tell(state.population.snapshot(state.partition, asOf), tick);
    }
  }
}
