package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.file.Refusals;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingFile;
import dev.lifesign.lab.mapping.MappingGuess;
import dev.lifesign.lab.open.FileFacts;
import dev.lifesign.lab.open.LineCounts;
import dev.lifesign.lab.open.OpenedFile;
import dev.lifesign.lab.open.OverviewHtml;
import dev.lifesign.lab.open.OverviewText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a file of orders says about the customers. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    header = "Shows what an export of your shop says about your customers.",
    description = {
      "Guesses what the columns of an export mean, shows the guess and its first results, and asks.",
      "Then plays the file through with the code that runs live, and shows your customers by status,",
      "the money at stake, whom to call first, how right the rules would have been in the past, and",
      "what was left out. Writes all of it as one HTML page, with the policy and the mapping to go on",
      "with. Also reads events as JSON lines."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign open orders.csv",
      "  lifesign open orders_export.csv --mapping shopify --out customers",
      "  lifesign open sefareshat.csv --language fa --zone Asia/Tehran --currency IRR"
    })
final class OpenCommand implements Callable<Integer> {

  private static final String DEFAULT_CURRENCY = "USD";

  /** The endings of names that say nothing about what is in a file. */
  private static final Pattern ENDING =
      Pattern.compile(
          "(?<=.)(\\.(csv|tsv|tab|txt|json|jsonl))?(\\.(gz|zip))?$", Pattern.CASE_INSENSITIVE);

  private final Predicate<String> confirmation;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "the export; plain, .gz or .zip; - for standard input")
  private String file;

  @Option(
      names = "--mapping",
      paramLabel = "MAPPING",
      description = "what the columns mean: a file, or a preset such as shopify (default: guessed)")
  private String mapping;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the policy (default: the preset retail, with models fitted to the file)")
  private Path policy;

  @Mixin private ShopOptions shop;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the folder for the page and the tables (default: lifesign-NAME)")
  private Path out;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask whether the guess is right")
  private boolean yes;

  /** Asks on the terminal. */
  OpenCommand() {
    this(Terminal::confirms);
  }

  /**
   * Asks elsewhere.
   *
   * @param confirmation whether the answer to a question is yes
   */
  OpenCommand(Predicate<String> confirmation) {
    this.confirmation = confirmation;
  }

  @Override
  public Integer call() {
    if (policy != null && shop.areGiven()) {
      throw new UserError(
          "--policy is given with --currency, --zone or --language; set these in the policy instead");
    }
    try (InputFiles inputs = new InputFiles("the path")) {
      Path path = inputs.path(file);
      try {
        return open(path);
      } catch (UserError e) {
        // Who piped the file does not know the copy that is read.
        throw new UserError(e.getMessage().replace(path.toString(), InputFiles.name(file)), e);
      }
    }
  }

  private int open(Path path) {
    Optional<PolicyFile> given = Optional.ofNullable(policy).map(PolicyFile::read);
    Optional<String> known = given.map(text -> text.policy().currency().base()).or(shop::currency);
    ZoneId days = given.map(text -> text.policy().calendar().zone()).orElseGet(shop::zone);
    OpenSource source = source(path, days);
    long now = System.currentTimeMillis();
    EventFile read = source.events(known.orElse(FileFacts.NO_CURRENCY));
    FileFacts facts = FileFacts.of(read, now);
    if (facts.events() == 0) {
      return nobody(facts, read);
    }
    String base = known.or(facts::currency).orElse(DEFAULT_CURRENCY);
    if (facts.lacksCurrency() && hasOtherDigits(base)) {
      read = source.events(base);
      facts = FileFacts.of(read, now);
    }
    if (known.isEmpty() && facts.currency().isEmpty()) {
      say("The currency is taken to be %s; set another with --currency", base);
    }
    int exit = reportIfMostIsRefused(facts, read);
    if (!isAgreed(source, facts, base, days)) {
      say("Nothing was written. Correct the mapping and open the file with --mapping FILE:");
      say("  lifesign mapping guess %s > mapping.yaml", file);
      return ExitCodes.OK;
    }
    EventFile events = source.events(base);
    PolicyFile start = given.orElseGet(() -> shop.policy(base));
    show(OpenedFile.of(events, start, facts.end()), events, source);
    return exit;
  }

  private int nobody(FileFacts facts, EventFile read) {
    facts.refusals().sentences(read).forEach(sentence -> say("%s", sentence));
    read.notes().sentences(read).forEach(sentence -> say("%s", sentence));
    say(
        "No order was found in %s; say what its columns mean with --mapping (lifesign mapping guess %s writes one to start with)",
        read.name(), isPiped() ? "FILE" : file);
    return ExitCodes.FAULTS;
  }

  /** Amounts were read without a currency as if it had two digits, as most have. */
  private static boolean hasOtherDigits(String currency) {
    return Currencies.digits(currency) != Currencies.digits(FileFacts.NO_CURRENCY);
  }

  private int reportIfMostIsRefused(FileFacts facts, EventFile read) {
    Refusals refusals = facts.refusals();
    boolean most = refusals.areMostOf(read, facts.events() + refusals.count());
    if (most) {
      refusals.sentences(read).forEach(sentence -> say("%s", sentence));
    }
    return RefusedLines.exitCode(most, read, spec.commandLine().getErr());
  }

  private boolean isPiped() {
    return file.equals(InputFiles.STDIN);
  }

  private OpenSource source(Path path, ZoneId days) {
    String name = InputFiles.name(file);
    if (OpenSource.isJsonLines(path, name)) {
      return new OpenSource(path, name, Optional.empty());
    }
    if (mapping != null) {
      Mapping given = MappingFile.read(mapping, days);
      return new OpenSource(
          path, name, Optional.of(new OpenSource.Table(given, MappingFile.text(mapping))));
    }
    MappingGuess guess = MappingGuess.of(path, days);
    say("What the columns of %s seem to mean:%n", name);
    guess.yaml().lines().forEach(line -> say("  %s", line));
    say("");
    guess.remarks().forEach(remark -> say("%s", remark));
    return new OpenSource(
        path, name, Optional.of(new OpenSource.Table(guess.mapping(), guess.yaml())));
  }

  /** Shows the first orders of a guessed mapping, and asks whether they are right. */
  private boolean isAgreed(OpenSource source, FileFacts facts, String base, ZoneId days) {
    if (source.table().isEmpty() || mapping != null) {
      return true;
    }
    say("%nThe first orders:%n");
    FirstOrders.of(facts, base, days).forEach(order -> say("  %s", order));
    say("");
    return yes || isPiped() || confirmation.test("Is this right?");
  }

  private void show(OpenedFile opened, EventFile events, OpenSource source) {
    LineCounts lines =
        LineCounts.of(opened.results().counts(), events, opened.overview().totals().until());
    Path folder = out == null ? folderFor(file) : out;
    write(opened, events, source, lines, folder);
    PrintWriter print = spec.commandLine().getOut();
    print.print(OverviewText.of(opened.overview(), lines));
    print.printf("%nThe page: %s%n", folder.resolve("customers.html"));
    print.flush();
  }

  /** The folder for the results of a file, if no other is given. */
  static Path folderFor(String file) {
    String name =
        file.equals(InputFiles.STDIN) ? "stdin" : String.valueOf(Path.of(file).getFileName());
    return Path.of("lifesign-" + ENDING.matcher(name).replaceFirst(""));
  }

  private static void write(
      OpenedFile opened, EventFile events, OpenSource source, LineCounts lines, Path folder) {
    opened.results().write(folder, events);
    try {
      Files.writeString(
          folder.resolve("customers.html"), OverviewHtml.of(opened.overview(), lines));
      Files.writeString(
          folder.resolve("policy.yaml"), "# Written by lifesign open.\n" + opened.policy().text());
      if (source.table().isPresent()) {
        Files.writeString(folder.resolve("mapping.yaml"), source.table().get().text());
      }
    } catch (IOException e) {
      throw new UserError(
          "The page could not be written to %s: %s; choose another folder with --out"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private void say(String format, Object... arguments) {
    spec.commandLine().getErr().printf(format + "%n", arguments);
    spec.commandLine().getErr().flush();
  }
}
