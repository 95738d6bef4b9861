package dev.lifesign.bench.harness;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.entrant.EntrantRun;
import dev.lifesign.bench.job.Cutting;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ledger;
import dev.lifesign.bench.job.Ticks;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that is written once and that entrants process one after the other. */
public final class Bout {

  private static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  private final Site site;
  private final Job job;
  private final Ticks ticks;
  private final long warmup;
  private final Optional<Ledger> truth;

  /**
   * Creates a bout on a job that is already written.
   *
   * @param ticks when the log has ticks
   * @param warmup the number of events before the measurement begins
   * @param truth the correct status changes; empty if they are not compared
   */
  public Bout(Site site, Job job, Ticks ticks, long warmup, Optional<Ledger> truth) {
    this.site = site;
    this.job = job;
    this.ticks = ticks;
    this.warmup = warmup;
    this.truth = truth;
  }

  /**
   * Runs an entrant once, without earlier state, and deletes its output.
   *
   * @param budget the time after which it is stopped
   * @throws IllegalStateException if it failed or was stopped
   */
  public Attempt run(EntrantSpec entrant, Duration budget) {
    String outputs = prepare(entrant);
    try {
      return attempt(entrant, outputs, budget);
    } finally {
      site.delete(outputs);
    }
  }

  /**
   * Creates the output topics of an entrant, writes the ticks, and returns the prefix of the
   * topics.
   */
  public String prepare(EntrantSpec entrant) {
    String outputs = site.newName(entrant.name()) + ".";
    Topics topics = new Topics(Site.inputs(job), outputs);
    site.create(topics, false, job.partitions());
    try (JobWriter writer = new JobWriter(site)) {
      writer.ticks(job, ticks, cuts(entrant), topics);
    }
    return outputs;
  }

  private List<CutHistory.InForce> cuts(EntrantSpec entrant) {
    return EntrantMain.scores(entrant.name())
        ? Cutting.of(job, ticks, BenchPolicy.scored())
        : List.of();
  }

  /** Runs an entrant once on existing output topics, in an empty folder. */
  public Attempt attempt(EntrantSpec entrant, String outputs, Duration budget) {
    try (Running running = begin(entrant, outputs)) {
      return end(running, budget);
    }
  }

  /** Starts an entrant on existing output topics, in an empty folder. */
  Running begin(EntrantSpec entrant, String outputs) {
    Path dir = site.dir().resolve(outputs);
    try {
      Files.createDirectories(dir);
      EntrantRun run =
          new EntrantRun(
              entrant.processName(),
              job,
              ticks,
              site.bootstrapServers(),
              site.registryUrl(),
              Site.inputs(job),
              outputs,
              warmup,
              dir,
              entrant.commitMillis());
      Path file = run.save(dir.resolve("run.properties"));
      Child child =
          Child.start(
              entrant.oneProcessor() ? OneProcessor.command() : List.of(),
              dir.resolve("log"),
              flags(entrant),
              entrant.classPath(),
              entrant.main(),
              file.toString());
      return new Running(entrant, run, child);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the end of a run.
   *
   * @param budget the time after which it is stopped
   * @throws IllegalStateException if it failed or was stopped
   */
  Attempt end(Running running, Duration budget) {
    Map<String, Double> figures = running.figures(budget);
    String outputs = running.run().outputs();
    figures.put("changelogBytes", site.bytesOf(outputs, "-changelog"));
    return new Attempt(
        figures, differences(running.entrant(), new Topics(Site.inputs(job), outputs)));
  }

  private static List<String> flags(EntrantSpec entrant) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(entrant.flags());
    flags.add("-Xms%dg".formatted(entrant.heapGigabytes()));
    flags.add("-Xmx%dg".formatted(entrant.heapGigabytes()));
    return flags;
  }

  private Optional<Long> differences(EntrantSpec entrant, Topics topics) {
    if (!entrant.tells() || truth.isEmpty()) {
      return Optional.empty();
    }
    Ledger told = new Ledger(job.customers(), job.end());
    site.connections()
        .readAll(
            List.of(topics.statusChanges()),
            fact -> {
              StatusChange change = (StatusChange) fact;
              told.add(
                  Job.number(change.getCustomerId()),
                  change.getSequence(),
                  change.getFrom() == null ? "" : change.getFrom(),
                  change.getTo(),
                  change.getReason(),
                  change.getLate(),
                  change.getEffectiveAt().toEpochMilli());
            });
    return Optional.of(told.differences(truth.get()));
  }
}
