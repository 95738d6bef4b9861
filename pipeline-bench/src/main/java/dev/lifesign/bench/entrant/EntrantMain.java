package dev.lifesign.bench.entrant;

import dev.lifesign.bench.entrant.BareProcessorEntrant.Does;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The process of an entrant: reads what it is told from a file, and writes its result beside it.
 */
public final class EntrantMain {

  /** The file with the result, in the folder of the run. */
  public static final String RESULT = "result.properties";

  /** The entrant whose customers are scored by the population. */
  public static final String SCORED = "lifesign-scored";

  /** The entrant that tells no profiles, as its rivals do not. */
  public static final String WITHOUT_PROFILES = "lifesign-without-profiles";

  /** The file that shows how many events are done, beside it. */
  public static final String DONE = "done";

  /**
   * What the names of entrants end with that run by turns. They may be held for two minutes, and
   * the broker does not compact their changelogs meanwhile: here it would take the processors of
   * the entrant for what was written before, where brokers stand apart otherwise.
   */
  public static final String BY_TURNS = "-by-turns";

  /** The entrant that commits as often as Flink where that does so once a second. */
  public static final String SLOW_COMMIT = "lifesign-commit-1s";

  private static final Map<String, Supplier<Entrant>> ENTRANTS =
      Map.ofEntries(
          Map.entry("lifesign-exactly-once", () -> new LifesignEntrant(true)),
          Map.entry("lifesign-at-least-once", () -> new LifesignEntrant(false)),
          Map.entry(SCORED, () -> new LifesignEntrant(true)),
          Map.entry(SCORED + BY_TURNS, () -> new LifesignEntrant(true)),
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

  /** Whether customers of an entrant are scored by the population. */
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
