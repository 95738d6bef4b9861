package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicHistory;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.file.Refusals;
import dev.lifesign.lab.fit.Finding;
import dev.lifesign.lab.fit.Findings;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.FitText;
import dev.lifesign.lab.fit.FittedPolicy;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.HistoryReader;
import dev.lifesign.lab.fit.Tracking;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits the prediction models to a history. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    header = "Fits purchase and spend models to a history, and writes a policy with them.",
    description = {
      "Fits BG/NBD, MBG/NBD and Gamma-Gamma to a history of purchases by maximum likelihood. Prints",
      "the parameters with standard errors, the goodness of fit, and actual and expected repeat",
      "purchases week by week. If the models are not valid for this history, it says so, recommends the",
      "risk method personal, and leaves the models out of the policy. docs/explanation/scoring.md",
      "describes the methods."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign fit --events events.jsonl --out policy.yaml",
      "  lifesign fit --events sales.txt --csv customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space \\",
      "      --until 1998-07-01T00:00:00Z --holdout P273D --policy policy.yaml --out fitted.yaml",
      "  lifesign fit --events events.jsonl --method return --out policy.yaml",
      "  lifesign fit --from-topics --config lifesign.yaml --out policy.yaml",
      "",
      "For the keys of --csv, see lifesign replay --help; for mappings, lifesign mapping --help."
    })
final class FitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions settings;

  @Mixin private EventFiles events;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "the end of the history: what arrives then or later is left out. An instant such as 2024-07-01T00:00:00Z, or a date, which begins at its midnight in the policy's time zone (default: the end of the day of the last purchase)")
  private Optional<String> until;

  @Option(
      names = "--from-topics",
      description = "read the history from the topic of purchases, as configured in the settings")
  private boolean fromTopics;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the policy to put the models into (default: the preset retail)")
  private Path policy;

  @Option(
      names = "--holdout",
      paramLabel = "DURATION",
      defaultValue = "P0D",
      description =
          "leave out this much of the end when fitting; the tracking table then tests the fit on it (default: none)")
  private Duration holdout;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "only BG_NBD or MBG_NBD (default: the likelier of both)")
  private Family family;

  @Option(
      names = "--unit",
      paramLabel = "DURATION",
      defaultValue = "P7D",
      description = "the models' unit of time (default: a week)")
  private Duration unit;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = {
        "the risk method to write: fixed, personal, model (have they left?) or return (will they buy in the next 90 days?)",
        "(default: model, or personal where the models mean nothing)"
      })
  private RiskMethod method;

  @Option(
      names = "--keep-model",
      description = "write the models even if they mean nothing for this history")
  private boolean keepModel;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write the policy (default: nowhere)")
  private Path out;

  private final Refusals refusals = new Refusals();
  private long read;
  private int exit = ExitCodes.OK;

  @Override
  public Integer call() {
    if (fromTopics == events.given()) {
      throw new UserError(
          "The history is missing or given twice; set either --events FILE or --from-topics");
    }
    if (out == null && (method != null || keepModel)) {
      throw new UserError("--method and --keep-model say what to write; add --out FILE");
    }
    if (unit.isNegative() || unit.isZero()) {
      throw new UserError("--unit is not positive; set it to a duration such as P7D");
    }
    String base = policy == null ? Presets.text("retail") : PolicyFile.text(policy);
    Policy known = policy == null ? Presets.policy("retail") : PolicyFile.read(policy).policy();
    OptionalLong given = UntilTime.read(until, known.calendar().zone());
    History history = history(known, given);
    if (history.purchases() == 0) {
      throw new UserError(
          "The history has no purchase to fit models to; check --mapping, --csv and --until");
    }
    int end = given.isEmpty() ? history.last() : known.days().dayOf(given.getAsLong() - 1);
    int cut = end - Math.toIntExact(holdout.toDays());
    double days = unit.toMillis() / (double) Instants.DAY;
    List<Family> families = family == null ? List.of(Family.values()) : List.of(family);
    Fit fit = Fit.of(history.customers(), families, cut, days, known.currency().minorUnits());
    if (fit.fits().isEmpty()) {
      throw new UserError("The history has no purchase before the holdout; shorten --holdout");
    }
    Tracking tracking = Tracking.of(history.customers(), fit.best().model(), cut, end, days);
    List<Finding> findings = Findings.of(fit, Optional.of(tracking));
    PrintWriter print = spec.commandLine().getOut();
    print.print(FitText.of(fit, tracking, findings));
    print.flush();
    if (out != null) {
      FittedPolicy fitted =
          FittedPolicy.of(
              base,
              fit,
              findings,
              unit,
              new FittedPolicy.Wish(Optional.ofNullable(method), keepModel));
      write(fitted.text());
      fitted.notes().forEach(print::println);
      print.printf("Policy written to %s%n", out);
      print.flush();
    }
    return exit;
  }

  private History history(Policy known, OptionalLong given) {
    if (fromTopics) {
      Settings live = settings.settings();
      try (ReadProgress progress = new ReadProgress("Read")) {
        return TopicHistory.read(new Connections(live), live, known, progress::step);
      }
    }
    long end = given.orElse(Instants.FOREVER) - 1;
    try (EventFiles opened = events;
        ReadProgress progress = new ReadProgress("Read")) {
      opened.acceptWithoutAmounts();
      EventFile file = opened.open(known);
      History history =
          HistoryReader.read(
              file,
              known,
              end,
              lines -> {
                read += lines;
                progress.step(lines);
              },
              refusals::add);
      exit = RefusedLines.print(refusals, file, read, spec.commandLine().getErr());
      return history;
    }
  }

  private void write(String text) {
    try {
      Files.writeString(out, "# Written by lifesign fit.\n" + text);
    } catch (IOException e) {
      throw new UserError(
          "The policy could not be written to %s: %s; choose another --out"
              .formatted(out, e.getMessage()),
          e);
    }
    PolicyFile.read(out);
  }
}
