package dev.lifesign.lab.backtest;

import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.page.PageTable;
import dev.lifesign.lab.words.Words;

/** The figures of the last cutoff that an analyst asks for. */
final class FigureSection {

  private FigureSection() {}

  static void write(Sheet sheet) {
    PolicyResult.Fold any = sheet.report().results().get(0).last();
    sheet.heading("heading.figures");
    sheet.tag(any.seen());
    PageTable table =
        new PageTable(sheet.page())
            .text(sheet.say("column.policy"))
            .number(sheet.say("column.customers"))
            .number(sheet.say("column.flagged"))
            .number(sheet.say("column.accuracy"))
            .number(sheet.say("column.precision"))
            .number(sheet.say("column.f1"))
            .number(sheet.say("column.auroc"))
            .number(sheet.say("column.logLoss"))
            .begin(sheet.say("heading.figures"));
    for (PolicyResult result : sheet.report().results()) {
      Probabilities probabilities = result.last().probabilities();
      row(
          sheet,
          table,
          ComparisonSection.name(sheet, result, result.last()),
          result.last().comparison().policy().confusion(),
          sheet.words().decimal(probabilities.auroc(), 3),
          sheet.words().decimal(probabilities.logLoss(), 3));
    }
    row(
        sheet,
        table,
        Page.text(sheet.say("row.guess")),
        any.comparison().guess().confusion(),
        "",
        "");
    table.end();
  }

  private static void row(
      Sheet sheet, PageTable table, String name, Confusion c, String auroc, String logLoss) {
    Words words = sheet.words();
    table.row(
        name,
        Page.text(words.number(c.all())),
        Page.text(words.number(c.flagged())),
        Page.text(words.percent(c.accuracy(), 1)),
        Page.text(words.percent(c.precision(), 1)),
        Page.text(words.percent(c.f1(), 1)),
        Page.text(auroc),
        Page.text(logLoss));
  }
}
