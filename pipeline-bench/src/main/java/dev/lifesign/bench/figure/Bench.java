package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.JobWriter;
import dev.lifesign.bench.harness.Site;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ledger;
import dev.lifesign.bench.job.Ticks;
import dev.lifesign.bench.job.Truth;
import dev.lifesign.core.contract.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes each job once, lets the entrants process it in turn, and collects the results. */
public final class Bench {

  private final Site site;
  private final Scale scale;
  private final Consumer<String> log;
  private final Set<Job> written = new HashSet<>();
  private final Map<Job, Ledger> truths = new HashMap<>();
  private final Map<String, Long> differences = new LinkedHashMap<>();

  /**
   * Creates a bench.
   *
   * @param log receives one line per run
   */
  public Bench(Site site, Scale scale, Consumer<String> log) {
    this.site = site;
    this.scale = scale;
    this.log = log;
  }

  /** The scale of the benchmark. */
  public Scale scale() {
    return scale;
  }

  /**
   * The number of customers for whom an entrant's status changes were wrong, in its worst run, by
   * entrant.
   */
  public Map<String, Long> differences() {
    return differences;
  }

  /**
   * Lets entrants run in turn, for the given number of rounds.
   *
   * @param verified whether their status changes are compared with the truth
   * @return the attempts of each entrant, by round
   */
  public Map<String, List<Attempt>> rounds(
      Job job, Ticks ticks, boolean verified, int rounds, List<EntrantSpec> entrants) {
    Bout bout = bout(job, ticks, verified);
    Map<String, List<Attempt>> attempts = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (EntrantSpec entrant : entrants) {
        Attempt attempt = bout.run(entrant, scale.budget());
        attempts.computeIfAbsent(entrant.name(), any -> new ArrayList<>()).add(attempt);
        attempt.differences().ifPresent(n -> differences.merge(entrant.name(), n, Math::max));
        log(job, round, entrant, attempt);
      }
    }
    return attempts;
  }

  /** Runs an entrant that generates its own events for the given number of rounds. */
  List<Attempt> withoutTopics(Job job, int rounds, EntrantSpec entrant) {
    Bout bout = new Bout(site, job, Ticks.HOURLY, warmup(job), Optional.empty());
    List<Attempt> attempts = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      String name = site.newName(entrant.name());
      Attempt attempt = bout.attempt(entrant, name, scale.budget());
      attempts.add(attempt);
      log(job, round, entrant, attempt);
    }
    return attempts;
  }

  /** Logs the result of a run. */
  void log(Job job, int round, EntrantSpec entrant, Attempt attempt) {
    log.accept(
        "%d customers, %d events, round %d: %s %s events/s%s"
            .formatted(
                job.customers(),
                job.events(),
                round,
                entrant.name(),
                Figure.text(attempt.rate()),
                attempt.differences().map(n -> ", " + n + " customers differ").orElse("")));
  }

  /** Logs the rates of a run by turns. */
  void log(Job job, EntrantSpec entrant, List<Double> rates) {
    log.accept(
        "%d customers, %d events, by turns: %s %s events/s"
            .formatted(
                job.customers(),
                job.events(),
                entrant.name(),
                rates.stream().map(Figure::text).collect(Collectors.joining(" "))));
  }

  /** A bout on a job, which is written first if necessary. */
  Bout bout(Job job, Ticks ticks, boolean verified) {
    write(job);
    Optional<Ledger> truth =
        verified
            ? Optional.of(truths.computeIfAbsent(job, j -> Truth.of(j, BenchPolicy.policy())))
            : Optional.empty();
    return new Bout(site, job, ticks, warmup(job), truth);
  }

  /** An unverified bout on a job with the given number of warm-up events. */
  Bout boutAfter(Job job, long warmup) {
    write(job);
    return new Bout(site, job, Ticks.HOURLY, warmup, Optional.empty());
  }

  /** The introductions of all customers and half of the other events, so that code is compiled. */
  private static long warmup(Job job) {
    return job.events() == 0 ? job.customers() / 2 : job.customers() + job.events() / 2;
  }

  /** The site of the benchmark. */
  Site site() {
    return site;
  }

  private void write(Job job) {
    if (written.add(job)) {
      Topics topics = new Topics(Site.inputs(job), "none.");
      site.create(topics, true, job.partitions());
      try (JobWriter writer = new JobWriter(site)) {
        writer.events(job, topics);
      }
    }
  }

  /** The ratios of one entrant's figure to another's, round by round. */
  public static List<Double> ratios(
      Map<String, List<Attempt>> attempts, String one, String other, String figure) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < attempts.get(one).size(); round++) {
      ratios.add(
          attempts.get(one).get(round).figures().get(figure)
              / attempts.get(other).get(round).figures().get(figure));
    }
    return ratios;
  }

  /** A figure of an entrant, round by round. */
  public static List<Double> samples(List<Attempt> attempts, String figure) {
    return attempts.stream().map(attempt -> attempt.figures().get(figure)).toList();
  }
}
