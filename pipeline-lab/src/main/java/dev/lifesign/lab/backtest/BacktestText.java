package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.lab.words.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** A backtest as English text for a terminal. */
public final class BacktestText {

  private static final int WIDTH = 100;
  private static final int NAME = 34;

  private final BacktestReport report;
  private final Sentences sentences;
  private final StringBuilder text = new StringBuilder();

  private BacktestText(BacktestReport report) {
    this.report = report;
    this.sentences =
        new Sentences(report, Words.of(report.policy(), Language.EN, BacktestReport.class));
  }

  /** The text. */
  public static String of(BacktestReport report) {
    BacktestText all = new BacktestText(report);
    all.line("%s", all.sentences.history());
    all.line("");
    all.sentences.verdict().forEach(all::paragraph);
    report
        .whyNoModel()
        .ifPresent(why -> all.paragraph("The methods with a model were not tried. " + why));
    all.results();
    all.cases();
    all.candidates();
    all.footnotes();
    return all.text.toString();
  }

  private void results() {
    PolicyResult.Fold any = report.results().get(0).last();
    line("");
    line(
        "Judged by the %s after %s, not used for choosing (* is recommended):",
        days(report.scope().holdoutDays()),
        sentences.date(report.policy().days().dayOf(any.cutoff())));
    line(
        "  %-" + NAME + "s %9s %7s %9s %9s %9s %7s %8s",
        "policy",
        "notif/wk",
        "called",
        "found",
        "spared",
        "accuracy",
        "AUROC",
        report.scope().objective().name());
    for (PolicyResult result : report.results()) {
      PolicyResult.Fold fold = result.last();
      row(
          (result.equals(report.recommendedResult()) ? "* " : "  ")
              + result.name()
              + mark(fold.seenByModel()),
          "%.1f".formatted(fold.notificationsPerWeek()),
          fold.comparison().policy(),
          number(fold.probabilities().auroc()));
    }
    row("  the same guess for everybody", "", any.comparison().guess(), "");
    row(
        "  in hindsight: fixed, " + days(any.comparison().fixedDays()),
        "",
        any.comparison().fixed(),
        "");
    line(
        "  called: how many were called lost; found: of those who did not come back, the share called lost; spared: of those who did, the share not called lost; notif/wk: notifications per week");
  }

  private void cases() {
    List<PolicyResult> results =
        report.results().stream().filter(each -> !each.cases().isEmpty()).toList();
    if (results.isEmpty()) {
      return;
    }
    line("");
    line(
        "What the cases would have raised: alerts and notifications a week in the same days, and of the alerts in the whole history, the share whose customers did not buy for %s:",
        days(report.scope().holdoutDays()));
    line(
        "  %-" + NAME + "s %-20s %9s %9s %9s %9s",
        "policy",
        "case",
        "alerts/wk",
        "notif/wk",
        "judged",
        "precision");
    for (PolicyResult result : results) {
      result.cases().forEach(row -> line("  %-" + NAME + "s %s", result.name(), text(row)));
    }
    if (results.stream()
        .flatMap(each -> each.cases().stream())
        .anyMatch(each -> !each.replayed())) {
      line(
          "  not replayed: the case looks at segments, and a backtest has no population to score by");
    }
  }

  private static String text(PolicyResult.CaseRow row) {
    return row.replayed()
        ? "%-20s %9.1f %9.1f %,9d %9s"
            .formatted(
                row.id(),
                row.alertsPerWeek(),
                row.notificationsPerWeek(),
                row.precision().judged(),
                share(row.precision().share()))
        : "%-20s %s".formatted(row.id(), "not replayed");
  }

  private void footnotes() {
    footnote(FittedUntil.Seen.YES, "its models had seen these days: its figures flatter it");
    footnote(
        FittedUntil.Seen.UNKNOWN,
        "its models may have seen these days: the policy does not say what they were fitted to");
  }

  private void footnote(FittedUntil.Seen seen, String sentence) {
    boolean judged =
        report.results().stream().anyMatch(result -> result.last().seenByModel() == seen);
    boolean tried =
        report.choice().stream()
            .flatMap(choice -> choice.weighed().stream())
            .anyMatch(each -> each.candidate().seenByModel() == seen);
    if (judged || tried) {
      line(" %s %s", mark(seen), sentence);
    }
  }

  private static String mark(FittedUntil.Seen seen) {
    return switch (seen) {
      case YES -> " [1]";
      case UNKNOWN -> " [2]";
      case NO -> "";
    };
  }

  private void row(String name, String alerts, PolicyResult.Judged judged, String auroc) {
    Confusion right = judged.confusion();
    line(
        "%-" + (NAME + 2) + "s %9s %,7d %9s %9s %9s %7s %8s",
        name,
        alerts,
        right.flagged(),
        share(right.recall()),
        share(right.spared()),
        share(right.accuracy()),
        auroc,
        sentences.value(judged.value()));
  }

  private void candidates() {
    report
        .choice()
        .ifPresent(
            choice -> {
              line("");
              line(
                  "Compared at %d earlier cutoffs, by which the choice was made (* is the choice); the same guess for everybody reaches %s:",
                  report.scope().cutoffs(), sentences.value(choice.guess()));
              for (Choice.Weighed each : choice.weighed()) {
                line(
                    "%s%-" + NAME + "s %8s  %s%s",
                    each.equals(choice.recommended()) ? "* " : "  ",
                    each.candidate().label() + mark(each.candidate().seenByModel()),
                    sentences.value(each.value()),
                    brief(each.candidate().setting()),
                    limit(each));
              }
            });
  }

  private String limit(Choice.Weighed each) {
    if (each.allowed()) {
      return "";
    }
    Choice choice = report.choice().orElseThrow();
    int earliest = report.scope().earliest();
    return switch (Reason.of(choice, each, report.verdict().kind(), earliest)) {
      case TOO_SOON, LEFT -> " (may act sooner than %s)".formatted(days(earliest));
      case SEEN -> " (not compared, its models had seen the outcome)";
      default -> " (too many alerts)";
    };
  }

  private static String brief(RiskSetting setting) {
    return switch (setting.method()) {
      case FIXED -> "after " + days(setting.fixedDays());
      case PERSONAL ->
          "after %s times the own gap (%d to %d days); until the third day with an order, after %s"
              .formatted(
                  BigDecimal.valueOf(setting.factor()).stripTrailingZeros().toPlainString(),
                  setting.minDays(),
                  setting.maxDays(),
                  days(setting.fixedDays()));
      case MODEL ->
          "when the probability of being alive is %.0f %% or less".formatted(setting.percent());
      case RETURN ->
          "when the probability of an order in %s is %.0f %% or less"
              .formatted(days(setting.withinDays()), setting.percent());
    };
  }

  private void paragraph(String sentence) {
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        line("%s", line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    line("%s", line.toString().stripTrailing());
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).replaceAll("[\u2068\u2069]", ""))
        .append(System.lineSeparator());
  }

  private static String days(int days) {
    return days == 1 ? "1 day" : String.format(Locale.ROOT, "%,d days", days);
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : "%.3f".formatted(value);
  }
}
