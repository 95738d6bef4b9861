package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.page.PageTable;
import dev.lifesign.lab.words.Words;
import java.util.Map;

/** What became of the customers of each status, per policy. */
final class StatusSection {

  private StatusSection() {}

  static void write(Sheet sheet) {
    sheet.heading("heading.statuses");
    sheet.soft("statuses.lead", Map.of());
    sheet.tag(sheet.report().results().get(0).last().seen());
    sheet.page().add("<div class='outcomes'>");
    for (PolicyResult result : sheet.report().results()) {
      sheet.page().add("<div>");
      policy(sheet, result);
      sheet.page().add("</div>");
    }
    sheet.page().add("</div>");
  }

  private static void policy(Sheet sheet, PolicyResult result) {
    Words words = sheet.words();
    String name = sheet.sentences().name(result);
    sheet.page().add("<h3>%s</h3>", Page.apart(name));
    PageTable table =
        new PageTable(sheet.page())
            .text(sheet.say("column.status"))
            .number(sheet.say("column.customers"))
            .number(sheet.say("column.back"))
            .number(sheet.say("column.share"))
            .number(sheet.say("column.days"))
            .begin(name);
    for (PolicyResult.StatusRow row : result.last().statuses()) {
      double share = row.back() / (double) row.customers();
      table.row(
          Page.text(words.status(row.status())),
          Page.text(words.number(row.customers())),
          Page.text(words.number(row.back())),
          PageTable.meter(share, words.percent(share)),
          Page.text(sheet.words().decimal(row.daysToReturn(), 0)));
    }
    table.end();
    if (!Double.isNaN(result.leadDays())) {
      sheet.soft(
          "statuses.days",
          Map.of(
              "risk", words.status(Status.AT_RISK),
              "churned", words.status(Status.CHURNED),
              "days", Math.round(result.leadDays())));
    }
  }
}
