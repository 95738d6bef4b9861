package dev.lifesign.lab.backtest;

import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.page.PageTable;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The policies beside each other and beside what they must beat, per holdout. */
final class ComparisonSection {

  private final Sheet sheet;
  private final int fold;
  private final double most;

  private ComparisonSection(Sheet sheet, int fold) {
    this.sheet = sheet;
    this.fold = fold;
    this.most =
        isMoney()
            ? comparisons()
                .flatMapToDouble(
                    each ->
                        DoubleStream.of(
                            each.policy().value(), each.fixed().value(), each.guess().value()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1)
            : 1;
  }

  /** The last cutoff. */
  static void last(Sheet sheet) {
    ComparisonSection section =
        new ComparisonSection(sheet, sheet.report().results().get(0).folds().size() - 1);
    sheet.heading("heading.comparison");
    section.write();
    sheet.soft("legend.found", Map.of());
    sheet.soft("legend." + sheet.report().scope().objective().name(), Map.of());
    sheet.soft("legend.money", Map.of("window", sheet.report().policy().rfm().windowDays()));
  }

  /** The cutoffs before it, the latest first. */
  static void earlier(Sheet sheet) {
    for (int fold = sheet.report().results().get(0).folds().size() - 2; fold >= 0; fold--) {
      ComparisonSection section = new ComparisonSection(sheet, fold);
      sheet.heading("heading.earlier", Map.of("date", sheet.words().date(section.any().cutoff())));
      section.write();
    }
  }

  private Stream<PolicyResult.Comparison> comparisons() {
    return sheet.report().results().stream().map(each -> each.folds().get(fold).comparison());
  }

  private PolicyResult.Fold any() {
    return sheet.report().results().get(0).folds().get(fold);
  }

  private boolean isMoney() {
    return sheet.report().scope().objective() instanceof Objective.Profit;
  }

  private void write() {
    String lead =
        sheet
            .words()
            .say(
                "comparison.lead",
                Map.of(
                    "date", sheet.words().date(any().cutoff()),
                    "customers", any().comparison().guess().confusion().all(),
                    "days", sheet.report().scope().holdoutDays()));
    sheet.page().add("<p>%s</p>", Page.text(lead));
    sheet.tag(any().seen());
    PageTable table =
        new PageTable(sheet.page())
            .text(sheet.say("column.policy"))
            .number(sheet.say("value." + sheet.report().scope().objective().name()))
            .number(sheet.say("column.found"))
            .number(sheet.say("column.spared"))
            .number(sheet.say("column.flagged"))
            .number(sheet.say("column.alerts"))
            .number(sheet.say("column.moneyLost"))
            .number(sheet.say("column.moneyBack"))
            .begin(lead);
    for (PolicyResult result : sheet.report().results()) {
      policy(table, result);
    }
    baseline(table, guess(), any().comparison().guess());
    baseline(table, hindsight(), any().comparison().fixed());
    table.end();
  }

  private void policy(PageTable table, PolicyResult result) {
    PolicyResult.Fold judged = result.folds().get(fold);
    List<String> figures = figures(judged.comparison().policy());
    table.row(
        result.equals(sheet.report().recommendedResult()),
        name(sheet, result, judged),
        figures.get(0),
        figures.get(1),
        figures.get(2),
        figures.get(3),
        Page.text(sheet.words().decimal(judged.notificationsPerWeek(), 1)),
        Page.text(sheet.sentences().money(judged.flaggedMoney().lost())),
        Page.text(sheet.sentences().money(judged.flaggedMoney().back())));
  }

  /** The name of a policy, and what must be known about its figures. */
  static String name(Sheet sheet, PolicyResult result, PolicyResult.Fold fold) {
    StringBuilder name = new StringBuilder(Page.apart(sheet.sentences().name(result)));
    if (result.equals(sheet.report().recommendedResult())) {
      boolean change = sheet.report().verdict().kind() == Verdict.Kind.CHANGE;
      name.append(
          " <span class='badge'>%s</span>"
              .formatted(Page.text(sheet.say(change ? "row.recommended" : "row.keep"))));
    }
    if (fold.seenByModel() != FittedUntil.Seen.NO) {
      name.append(small(sheet.say("model." + fold.seenByModel())));
    }
    return name.toString();
  }

  private void baseline(PageTable table, String name, PolicyResult.Judged judged) {
    List<String> figures = figures(judged);
    table.row(name, figures.get(0), figures.get(1), figures.get(2), figures.get(3), "", "", "");
  }

  private String guess() {
    boolean nobody = any().comparison().guess().confusion().flagged() == 0;
    return Page.text(sheet.say("row.guess"))
        + small(sheet.say(nobody ? "row.guess.nobody" : "row.guess.everybody"));
  }

  private String hindsight() {
    return Page.text(
            sheet.words().say("row.hindsight", Map.of("days", any().comparison().fixedDays())))
        + small(sheet.say("row.hindsight.note"));
  }

  private static String small(String text) {
    return "<small>%s</small>".formatted(Page.text(text));
  }

  private List<String> figures(PolicyResult.Judged judged) {
    Confusion right = judged.confusion();
    return List.of(
        PageTable.meter(judged.value() / most, sheet.sentences().value(judged.value())),
        share(right.recall()),
        share(right.spared()),
        Page.text(sheet.words().number(right.flagged())));
  }

  private String share(double share) {
    return PageTable.meter(share, sheet.words().percent(share));
  }
}
