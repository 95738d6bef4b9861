package dev.lifesign.lab.backtest;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sentences of a report about a backtest. */
final class Sentences {

  /** An AUROC from which on silence is not said to tell little. */
  private static final double TELLING = 0.6;

  private final BacktestReport report;
  private final Words words;

  Sentences(BacktestReport report, Words words) {
    this.report = report;
    this.words = words;
  }

  /** What the backtest looked at. */
  String history() {
    BacktestReport.Scope scope = report.scope();
    return words.say(
        "history",
        Map.of(
            "purchases", scope.purchases(),
            "customers", scope.customers(),
            "first", date(scope.first()),
            "last", date(scope.last())));
  }

  /** What is recommended, what it would have brought, and how sure that is. */
  List<String> verdict() {
    List<String> sentences = new ArrayList<>();
    sentences.add(headline());
    switch (report.verdict().kind()) {
      case LOST, BACK, EARLY, SAME -> floor(sentences);
      case LIMITED, SILENT, KEEP, WORSE, WORSE_THAN_GUESS, CHANGE -> {
        boolean change = report.verdict().kind() == Verdict.Kind.CHANGE;
        if (change) {
          floor(sentences);
        }
        sentences.addAll(proof());
        season(sentences);
        if (!change) {
          floor(sentences);
        }
      }
    }
    return sentences;
  }

  /** The verdict alone. */
  String headline() {
    String key = "verdict." + report.verdict().kind();
    return words.say(
        report.verdict().kind() == Verdict.Kind.SILENT ? key + "." + silent() : key, facts());
  }

  /** Why nothing says more than a guess: because silence does not, or because of the limits. */
  private String silent() {
    Objective objective = report.scope().objective();
    return objective instanceof Objective.Balanced && report.verdict().auroc() > TELLING
        ? "limits"
        : objective.name();
  }

  private Map<String, Object> facts() {
    BacktestReport.Scope scope = report.scope();
    PolicyResult.Fold last = report.results().get(0).last();
    Map<String, Object> facts = new HashMap<>();
    facts.put("date", words.date(last.cutoff()));
    facts.put("days", scope.holdoutDays());
    facts.put("customers", last.comparison().policy().confusion().all());
    facts.put("buyers", Rhythm.BUYERS);
    facts.put("cutoffs", scope.cutoffs());
    facts.put("auroc", words.decimal(report.verdict().auroc(), 2));
    facts.put("given", words.isolated(report.results().get(0).name()));
    facts.put("guess", report.choice().map(made -> value(made.guess())).orElse(""));
    report
        .choice()
        .map(made -> made.recommended().candidate())
        .ifPresent(
            chosen -> {
              facts.put("name", words.isolated(name(chosen)));
              facts.put("setting", setting(chosen.setting()));
            });
    return facts;
  }

  /** How right the recommended policy was where it was not tuned. */
  private List<String> proof() {
    // The rule that did worse is shown, so that everybody sees by how much.
    boolean isFirst = report.verdict().chosen() == 0;
    PolicyResult shown = report.chosenResult();
    PolicyResult given = report.results().get(0);
    PolicyResult.Comparison last = shown.last().comparison();
    Confusion right = last.policy().confusion();
    Map<String, Object> facts = facts();
    facts.put(
        "name",
        isFirst
            ? words.isolated(given.name())
            : words.say(
                report.verdict().kind() == Verdict.Kind.CHANGE ? "proof.this" : "proof.that"));
    facts.put("lostRight", words.percent(right.recall()));
    facts.put("backRight", words.percent(right.spared()));
    facts.put("lost", right.lostFlagged() + right.lostUnflagged());
    facts.put("back", right.backFlagged() + right.backUnflagged());
    facts.put("value", value(last.policy().value()));
    PolicyResult.Judged other = isFirst ? last.guess() : given.last().comparison().policy();
    double difference = last.policy().value() - other.value();
    facts.put("difference", (difference > 0 ? "+" : "") + value(difference));
    facts.put(
        "error", value(isFirst ? shown.errors().errorToGuess() : shown.errors().errorToGiven()));
    facts.put("givenValue", value(given.last().comparison().policy().value()));
    facts.put("guess", value(last.guess().value()));
    facts.put("money", money(shown.last().flaggedMoney().lost()));
    facts.put("window", report.policy().rfm().windowDays());
    List<String> sentences = new ArrayList<>();
    sentences.add(words.say("proof", facts));
    if (shown.last().seenByModel() != FittedUntil.Seen.NO) {
      sentences.add(words.say("proof.seen." + shown.last().seenByModel(), facts));
    }
    sentences.add(
        words.say("proof." + report.scope().objective().name() + (isFirst ? ".given" : ""), facts));
    if (shown.last().flaggedMoney().lost() > 0) {
      sentences.add(words.say("proof.money", facts));
    }
    if (report.verdict().kind() == Verdict.Kind.CHANGE
        && report.choice().orElseThrow().toGuess() != Choice.ToGuess.BETTER) {
      sentences.add(words.say("verdict.NO_MORE"));
    }
    return sentences;
  }

  /** Whether more or fewer came back than where the rules were tuned. */
  private void season(List<String> sentences) {
    Returned returned = report.returned();
    if (returned.isApart()) {
      Map<String, Object> facts = facts();
      facts.put("earlier", words.percent(returned.earlier()));
      facts.put("last", words.percent(returned.last()));
      sentences.add(words.say("season", facts));
    }
  }

  private void floor(List<String> sentences) {
    int earliest = RiskSetting.earliest(report.policy());
    BacktestReport.Scope scope = report.scope();
    if (earliest < scope.earliest()) {
      sentences.add(
          words.say(
              "floor",
              Map.of(
                  "days",
                  earliest,
                  "earliest",
                  scope.earliest(),
                  "reason",
                  words.say(
                      (scope.gap() + 1) / 2 >= scope.earliest() ? "floor.gap" : "floor.min"))));
    }
  }

  /** The name of a result. */
  String name(PolicyResult result) {
    boolean given = report.results().indexOf(result) < report.scope().given();
    return given ? result.name() : name(report.choice().orElseThrow().recommended().candidate());
  }

  /** The name of a candidate. */
  String name(Candidate candidate) {
    return switch (candidate.origin()) {
      case GIVEN -> candidate.name();
      case RAISED -> words.say("origin.raised", Map.of("given", words.isolated(candidate.name())));
      case PRESET -> words.say("origin.preset", Map.of("preset", words.isolated(candidate.name())));
      case TUNED ->
          words.say(
              "origin.tuned",
              Map.of("method", words.say("method." + candidate.setting().method())));
    };
  }

  /** When a setting puts customers at risk. */
  String setting(RiskSetting setting) {
    return words.say(
        "setting." + setting.method(),
        Map.of(
            "days", setting.fixedDays(),
            "factor", words.decimal(setting.factor(), 2),
            "percent", words.percent(setting.percent() / 100),
            "within", setting.withinDays(),
            "min", setting.minDays(),
            "max", setting.maxDays()));
  }

  /** A value under the objective. */
  String value(double value) {
    return report.scope().objective() instanceof Objective.Profit && !Double.isNaN(value)
        ? money(Math.round(value))
        : words.percent(value, 1);
  }

  /** Money in the base currency. */
  String money(long minor) {
    return words.leftToRight(words.money(minor));
  }

  /** The month of a day in the policy's calendar. */
  String month(int day) {
    return words.month(report.policy().days().startOf(day) + Instants.DAY / 2);
  }

  /** A day in the policy's calendar. */
  String date(int day) {
    return words.date(report.policy().days().startOf(day) + Instants.DAY / 2);
  }
}
