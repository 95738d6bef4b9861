package dev.lifesign.lab.backtest;

import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.page.PageTable;
import dev.lifesign.lab.words.Words;
import java.util.List;
import java.util.Map;

/** What each case of the policies would have raised and told, and how often it was right. */
final class CaseSection {

  private CaseSection() {}

  /** Writes it if a policy has cases. */
  static void write(Sheet sheet) {
    List<PolicyResult> results =
        sheet.report().results().stream().filter(each -> !each.cases().isEmpty()).toList();
    if (results.isEmpty()) {
      return;
    }
    sheet.heading("heading.cases");
    sheet.soft("cases.lead", Map.of("days", sheet.report().scope().holdoutDays()));
    PageTable table =
        new PageTable(sheet.page())
            .text(sheet.say("column.policy"))
            .text(sheet.say("column.case"))
            .number(sheet.say("column.raised"))
            .number(sheet.say("column.alerts"))
            .number(sheet.say("column.judged"))
            .number(sheet.say("column.precision"))
            .begin(sheet.say("heading.cases"));
    for (PolicyResult result : results) {
      result.cases().forEach(row -> row(sheet, table, result, row));
    }
    table.end();
    if (results.stream()
        .flatMap(each -> each.cases().stream())
        .anyMatch(each -> !each.replayed())) {
      sheet.soft("cases.notReplayed", Map.of());
    }
  }

  private static void row(
      Sheet sheet, PageTable table, PolicyResult result, PolicyResult.CaseRow row) {
    Words words = sheet.words();
    double share = row.precision().share();
    table.row(
        Page.apart(sheet.sentences().name(result)),
        Page.apart(row.id()),
        row.replayed() ? Page.text(words.decimal(row.alertsPerWeek(), 1)) : "",
        row.replayed() ? Page.text(words.decimal(row.notificationsPerWeek(), 1)) : "",
        row.replayed() ? Page.text(words.number(row.precision().judged())) : "",
        row.replayed() ? PageTable.meter(share, words.percent(share)) : "");
  }
}
