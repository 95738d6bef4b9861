package dev.lifesign.lab.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A backtest as JSON; docs/explanation/scoring.md describes the fields. */
final class BacktestJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BacktestJson() {}

  static String of(BacktestReport report, Sentences english) {
    ObjectNode root = JSON.createObjectNode();
    root.put("history", english.history());
    BacktestReport.Scope scope = report.scope();
    root.put("holdoutDays", scope.holdoutDays());
    root.put("objective", scope.objective().name());
    root.put("earliestRiskDays", scope.earliest());
    root.put("typicalGapDays", scope.gap());
    root.put("cutoffsTunedOn", scope.cutoffs());
    root.put("verdict", report.verdict().kind().name());
    root.put("recommended", report.recommendedResult().name());
    root.put("text", String.join(" ", english.verdict()));
    number(root, "aurocOfSilence", report.verdict().auroc());
    report.whyNoModel().ifPresent(why -> root.put("whyNoModel", why));
    ArrayNode tried = root.putArray("tried");
    report.choice().ifPresent(choice -> choice(root, tried, choice, english));
    ArrayNode policies = root.putArray("policies");
    report.results().forEach(result -> policy(policies.addObject(), result));
    ArrayNode weeks = root.putArray("tracking");
    report
        .tracking()
        .ifPresent(
            tracking ->
                tracking
                    .weeks()
                    .forEach(
                        week -> {
                          ObjectNode node = weeks.addObject();
                          node.put("week", week.number());
                          node.put("end", LocalDate.ofEpochDay(week.end()).toString());
                          node.put("actual", week.actual());
                          node.put("expected", week.expected());
                        }));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  /** All that tuning saw: none of these figures judges what was chosen by them. */
  private static void choice(ObjectNode root, ArrayNode tried, Choice choice, Sentences english) {
    root.put("guessWhereTuned", choice.guess());
    for (Choice.Weighed each : choice.weighed()) {
      ObjectNode node = tried.addObject();
      node.put("name", each.candidate().label());
      node.put("method", each.candidate().setting().method().name());
      node.put("setting", english.setting(each.candidate().setting()));
      node.put("valueWhereTuned", each.value());
      node.put("standardErrorToBest", each.error());
      node.put("withinLimits", each.allowed());
      number(node, "notificationsPerWeek", each.candidate().notificationsPerWeek());
      seenByModel(node, each.candidate().seenByModel());
    }
  }

  private static void policy(ObjectNode node, PolicyResult result) {
    node.put("name", result.name());
    number(node, "medianDaysFromAtRiskToChurned", result.leadDays());
    number(node, "standardErrorToGiven", result.errors().errorToGiven());
    number(node, "standardErrorToGuess", result.errors().errorToGuess());
    ArrayNode folds = node.putArray("folds");
    result.folds().forEach(fold -> fold(folds.addObject(), fold));
    ArrayNode cases = node.putArray("cases");
    result.cases().forEach(row -> oneCase(cases.addObject(), row));
    ArrayNode weeks = node.putArray("weeks");
    for (int week : weeks(result)) {
      week(weeks.addObject(), week, result);
    }
  }

  private static void oneCase(ObjectNode node, PolicyResult.CaseRow row) {
    node.put("case", row.id());
    node.put("replayed", row.replayed());
    node.put("alertsPerWeek", row.alertsPerWeek());
    node.put("notificationsPerWeek", row.notificationsPerWeek());
    node.put("alertsJudged", row.precision().judged());
    node.put("didNotBuy", row.precision().right());
    number(node, "precision", row.precision().share());
  }

  /** The weeks in which anything happened. */
  private static SortedSet<Integer> weeks(PolicyResult result) {
    SortedSet<Integer> weeks = new TreeSet<>(result.entries().keySet());
    for (PolicyResult.CaseRow row : result.cases()) {
      weeks.addAll(row.alerts().keySet());
      weeks.addAll(row.notifications().keySet());
    }
    return weeks;
  }

  private static void week(ObjectNode node, int week, PolicyResult result) {
    node.put("begin", LocalDate.ofEpochDay(week).toString());
    ObjectNode alerts = node.putObject("alerts");
    ObjectNode notifications = node.putObject("notifications");
    for (PolicyResult.CaseRow row : result.cases()) {
      alerts.put(row.id(), row.alerts().getOrDefault(week, 0));
      notifications.put(row.id(), row.notifications().getOrDefault(week, 0));
    }
    ObjectNode flow = node.putObject("entries");
    result
        .entries()
        .getOrDefault(week, Map.of())
        .forEach((status, count) -> flow.put(status.name(), count));
  }

  private static void fold(ObjectNode node, PolicyResult.Fold fold) {
    node.put("cutoff", Instant.ofEpochMilli(fold.cutoff()).toString());
    node.put("seenByTuning", fold.seen());
    seenByModel(node, fold.seenByModel());
    judged(node.putObject("policy"), fold.comparison().policy());
    judged(node.putObject("majority"), fold.comparison().guess());
    ObjectNode fixed = node.putObject("bestFixedInHindsight");
    fixed.put("days", fold.comparison().fixedDays());
    judged(fixed, fold.comparison().fixed());
    number(node, "auroc", fold.probabilities().auroc());
    number(node, "logLoss", fold.probabilities().logLoss());
    node.put("notificationsPerWeek", fold.notificationsPerWeek());
    node.put("moneyOfLostCalledLost", fold.flaggedMoney().lost());
    node.put("moneyOfBackCalledLost", fold.flaggedMoney().back());
    ArrayNode statuses = node.putArray("statuses");
    for (PolicyResult.StatusRow row : fold.statuses()) {
      ObjectNode each = statuses.addObject();
      each.put("status", row.status().name());
      each.put("customers", row.customers());
      each.put("cameBack", row.back());
      number(each, "medianDaysToReturn", row.daysToReturn());
    }
    ArrayNode deciles = node.putArray("calibration");
    for (Probabilities.Decile decile : fold.probabilities().deciles()) {
      ObjectNode each = deciles.addObject();
      each.put("customers", decile.customers());
      each.put("predicted", decile.predicted());
      each.put("actual", decile.actual());
    }
    ArrayNode silence = node.putArray("silence");
    for (PolicyResult.SilenceRow row : fold.silence()) {
      ObjectNode each = silence.addObject();
      each.put("fromDays", row.fromDays());
      each.put("cameBack", row.back());
      each.put("lost", row.lost());
    }
  }

  private static void seenByModel(ObjectNode node, FittedUntil.Seen seen) {
    switch (seen) {
      case YES -> node.put("seenByModel", true);
      case NO -> node.put("seenByModel", false);
      case UNKNOWN -> node.putNull("seenByModel");
    }
  }

  private static void judged(ObjectNode node, PolicyResult.Judged judged) {
    Confusion confusion = judged.confusion();
    number(node, "value", judged.value());
    node.put("customers", confusion.all());
    number(node, "accuracy", confusion.accuracy());
    number(node, "precision", confusion.precision());
    number(node, "recall", confusion.recall());
    number(node, "f1", confusion.f1());
    node.put("lostCalledLost", confusion.lostFlagged());
    node.put("backCalledLost", confusion.backFlagged());
    node.put("lostNotCalled", confusion.lostUnflagged());
    node.put("backNotCalled", confusion.backUnflagged());
  }

  /** JSON has no NaN: null stands for it. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
