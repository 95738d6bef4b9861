package dev.lifesign.app.cli;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.PolicyText;
import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingFile;
import dev.lifesign.lab.mapping.MappingGuess;
import dev.lifesign.lab.open.OpenedFile;
import dev.lifesign.lab.open.OverviewHtml;
import dev.lifesign.lab.open.OverviewText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  private static final int SHOWN_EVENTS = 5;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the export; plain, .gz or .zip")
  private Path file;

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

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "the currency of the page (default: that of most orders, or USD)")
  private String currency;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "the time zone of your days, such as Europe/Paris (default: UTC)")
  private String zone;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "en (default), fa, with the calendar of Iran, or ar")
  private Language language;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the folder for the page and the tables (default: lifesign-NAME)")
  private Path out;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask whether the guess is right")
  private boolean yes;

  /** What is opened: the events, and the mapping as text if the file is a table. */
  private record Source(EventFile events, Optional<String> mapping) {}

  @Override
  public Integer call() {
    requireReadable();
    if (policy != null && (currency != null || zone != null || language != null)) {
      throw new UserError(
          "--policy is given with --currency, --zone or --language; set these in the policy instead");
    }
    PolicyFile base = policy == null ? preset("USD") : PolicyFile.read(policy);
    Source source = source(base.policy());
    OpenedFile.Facts facts = OpenedFile.Facts.of(source.events(), System.currentTimeMillis());
    if (facts.lastArrival().isEmpty()) {
      facts.refusals().sentences(source.events()).forEach(sentence -> say("%s", sentence));
      throw new UserError(
          "No order was found in %s; say what its columns mean with --mapping (lifesign mapping guess %s writes one to start with)"
              .formatted(file, file));
    }
    if (policy == null && currency == null && facts.currency().isPresent()) {
      base = preset(facts.currency().get());
    }
    if (source.mapping().isPresent() && mapping == null && !isAgreed(source)) {
      say("Nothing was written. Correct the mapping and open the file with --mapping FILE:");
      say("  lifesign mapping guess %s > mapping.yaml", file);
      return ExitCodes.OK;
    }
    OpenedFile opened = OpenedFile.of(source.events(), base, facts.lastArrival().getAsLong());
    Path folder = write(opened, source);
    List<String> leftOut = leftOut(opened, source);
    PrintWriter print = spec.commandLine().getOut();
    print.print(OverviewText.of(opened.overview(), leftOut));
    print.printf("%nThe page: %s%n", folder.resolve("customers.html"));
    print.flush();
    return ExitCodes.OK;
  }

  private void requireReadable() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UserError("Expected a file at %s, but it cannot be read".formatted(file));
    }
  }

  private PolicyFile preset(String found) {
    PolicyText text = PolicyText.of(Presets.text("retail"));
    text.currency(currency == null ? found : currency.toUpperCase(Locale.ROOT));
    text.locale(language == null ? Language.EN : language, zone == null ? "UTC" : zone(zone));
    if (language == Language.FA) {
      text.persianCalendar();
    }
    return PolicyFile.of(text.text(), "the preset retail");
  }

  private static String zone(String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException e) {
      throw new UserError(
          "--zone is %s; set it to a time zone such as Europe/Paris or Asia/Tehran".formatted(name),
          e);
    }
  }

  private Source source(Policy known) {
    if (isJsonLines()) {
      return new Source(new JsonLinesFile(file), Optional.empty());
    }
    ZoneId days = known.calendar().zone();
    String base = known.currency().base();
    if (mapping != null) {
      Mapping given = MappingFile.read(mapping, days);
      return new Source(
          new MappedEventFile(file, file.toString(), given, base, ""),
          Optional.of(MappingFile.text(mapping)));
    }
    MappingGuess guess = MappingGuess.of(file, days);
    say("What the columns of %s seem to mean:%n", file);
    guess.yaml().lines().forEach(line -> say("  %s", line));
    say("");
    guess.remarks().forEach(remark -> say("%s", remark));
    if (guess.mapping().source(Field.CURRENCY).isEmpty() && currency == null && policy == null) {
      say("The currency is taken to be USD; set another with --currency");
    }
    return new Source(
        new MappedEventFile(file, file.toString(), guess.mapping(), base, ""),
        Optional.of(guess.yaml()));
  }

  /** Whether the first character is a brace, as in JSON lines and in no table. */
  private boolean isJsonLines() {
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(64), StandardCharsets.UTF_8);
      return begin.replace("\uFEFF", "").stripLeading().startsWith("{")
          || file.toString().matches("(?i).*\\.jsonl?(\\.gz|\\.zip)?");
    } catch (IOException e) {
      throw new UserError("Expected a file at %s, but it cannot be read".formatted(file), e);
    }
  }

  private boolean isAgreed(Source source) {
    List<Line> first = new ArrayList<>();
    source
        .events()
        .read(
            line -> {
              if (line.event().isPresent() && first.size() < SHOWN_EVENTS) {
                first.add(line);
              }
            });
    say("%nThe first orders:%n");
    first.forEach(line -> say("  %s", shown(line.event().orElseThrow())));
    say("");
    if (yes || !Terminal.isInteractive()) {
      return true;
    }
    spec.commandLine().getErr().print("Is this right? [Y/n] ");
    spec.commandLine().getErr().flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String answer = in.readLine();
      return answer != null && !answer.strip().toLowerCase(Locale.ROOT).startsWith("n");
    } catch (IOException e) {
      return false;
    }
  }

  private static String shown(Event event) {
    String what = "";
    if (event instanceof Purchase purchase) {
      what =
          "%-9s %14s %s  %s"
              .formatted(
                  purchase.action(),
                  BigDecimal.valueOf(purchase.amount(), Currencies.digits(purchase.currency())),
                  purchase.currency(),
                  purchase.orderId());
    } else if (event instanceof SubscriptionChange change) {
      what = change.action() + " " + change.subscriptionId();
    }
    return "%s  %-28s %s".formatted(Instants.format(event.occurredAt()), event.customerId(), what);
  }

  private Path write(OpenedFile opened, Source source) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\..*$", "");
    Path folder = out == null ? Path.of("lifesign-" + name) : out;
    opened.results().write(folder, source.events());
    try {
      Files.writeString(
          folder.resolve("customers.html"),
          OverviewHtml.of(opened.overview(), leftOut(opened, source)));
      Files.writeString(
          folder.resolve("policy.yaml"), "# Written by lifesign open.\n" + opened.policy().text());
      if (source.mapping().isPresent()) {
        Files.writeString(folder.resolve("mapping.yaml"), source.mapping().get());
      }
    } catch (IOException e) {
      throw new UserError(
          "The page could not be written to %s: %s; choose another folder with --out"
              .formatted(folder, e.getMessage()),
          e);
    }
    return folder;
  }

  private static List<String> leftOut(OpenedFile opened, Source source) {
    return opened.results().counts().leftOut(source.events(), opened.overview().totals().until());
  }

  private void say(String format, Object... arguments) {
    spec.commandLine().getErr().printf(format + "%n", arguments);
    spec.commandLine().getErr().flush();
  }
}
