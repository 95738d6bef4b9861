package dev.lifesign.bench.entrant;

import dev.lifesign.bench.entrant.BareProcessorEntrant.Does;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The process of an entrant: reads its parameters from a file, and writes its result to the same
 * folder.
 */
public final class EntrantMain {

  /** The file with the result, in the folder of the run. */
  public static final String RESULT = "result.properties";

  /** The entrant whose customers are scored by the population. */
  public static final String SCORED = "lifesign-scored";

  /** The entrant whose customers are scored by fixed cut points. */
  public static final String CUTS = "lifesign-cuts";

  /** The entrant with the same cut points and the cases of the preset for shops. */
  public static final String CASES = "lifesign-cases";

  /** The entrant that publishes no profiles, like its competitors. */
  public static final String WITHOUT_PROFILES = "lifesign-without-profiles";

  /** The file with the number of events done, in the same folder. */
  public static final String DONE = "done";

  /**
   * The suffix of the names of entrants that run by turns. They may be paused for up to two
   * minutes. The broker does not compact their changelogs meanwhile: here it would use the
   * processors of the entrant for that, while brokers normally have machines of their own.
   */
  public static final String BY_TURNS = "-by-turns";

  /** The entrant that commits once per second, for the comparison with Flink at that interval. */
  public static final String SLOW_COMMIT = "lifesign-commit-1s";

  private static final Map<String, Supplier<Entrant>> ENTRANTS =
      Map.ofEntries(
          Map.entry("lifesign-exactly-once", () -> new LifesignEntrant(true)),
          Map.entry("lifesign-at-least-once", () -> new LifesignEntrant(false)),
          Map.entry(SCORED, () -> new LifesignEntrant(true)),
          Map.entry(SCORED + BY_TURNS, () -> new LifesignEntrant(true)),
          Map.entry(CUTS, () -> new LifesignEntrant(true)),
          Map.entry(CASES, () -> new LifesignEntrant(true)),
          Map.entry(SLOW_COMMIT, () -> new LifesignEntrant(true)),
          Map.entry("lifesign" + BY_TURNS, () -> new LifesignEntrant(true)),
          Map.entry(WITHOUT_PROFILES, () -> new LifesignEntrant(true)),
          Map.entry("lifesign-state", () -> new LifesignEntrant(true)),
          Map.entry("lifesign-live", LiveEntrant::new),
          Map.entry("restore", RestoreEntrant::new),
          Map.entry("raw-changelog", () -> new RawChangelogEntrant(false)),
          Map.entry("raw-changelog-stored", () -> new RawChangelogEntrant(true)),
          Map.entry("direct", DirectEntrant::new),
          Map.entry("poll", () -> new ConsumerEntrant(false)),
          Map.entry("poll-and-decode", () -> new ConsumerEntrant(true)),
          Map.entry("bare-processor", () -> new BareProcessorEntrant(Does.LITTLE)),
          Map.entry("bare-processor" + BY_TURNS, () -> new BareProcessorEntrant(Does.LITTLE)),
          Map.entry("bare-as-much", () -> new BareProcessorEntrant(Does.AS_MUCH)),
          Map.entry("bare-as-much" + BY_TURNS, () -> new BareProcessorEntrant(Does.AS_MUCH)),
          Map.entry("bare-tells-as-much", () -> new BareProcessorEntrant(Does.TELL_AS_MUCH)),
          Map.entry("bare-decides", DecidingEntrant::new),
          Map.entry("hopping-windows", HoppingWindowsEntrant::firstVersion),
          Map.entry("hopping-windows-orders", HoppingWindowsEntrant::ofOrders),
          Map.entry("hopping-windows-tuned", HoppingWindowsEntrant::tuned));

  private EntrantMain() {}

  /** Whether an entrant scores customers by the population. */
  public static boolean scores(String entrant) {
    return entrant.startsWith(SCORED);
  }

  /** Runs one entrant once. */
  public static void main(String[] args) throws IOException {
    EntrantRun run = EntrantRun.load(Path.of(args[0]));
    Progress progress = new Progress(run.warmup(), run.job().total());
    progress.showIn(run.dir().resolve(DONE));
    ENTRANTS.get(run.entrant()).get().run(run, progress);
    Files.writeString(run.dir().resolve(RESULT), progress.result());
    System.exit(0);
  }
}
