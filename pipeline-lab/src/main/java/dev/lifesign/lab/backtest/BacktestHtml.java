package dev.lifesign.lab.backtest;

import dev.lifesign.lab.chart.Chart;
import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.words.Words;
import java.util.List;
import java.util.Map;

/** A backtest as one self-contained HTML page, for the owner of a shop: what to do comes first. */
final class BacktestHtml {

  private static final List<String> TERMS =
      List.of(
          "cutoff",
          "holdout",
          "tuning",
          "lost",
          "balanced",
          "precision",
          "auroc",
          "logLoss",
          "error");

  private BacktestHtml() {}

  static String of(BacktestReport report) {
    Words words = Words.of(report.policy(), BacktestReport.class);
    Sentences sentences = new Sentences(report, words);
    Page page =
        new Page(
            words,
            words.say("title"),
            Chart.sheet(),
            Page.sheet(BacktestHtml.class, "backtest.css"));
    Sheet sheet = new Sheet(report, words, sentences, page);
    page.add("<p class='soft'>%s</p>", Page.text(sentences.history()));
    verdict(sheet);
    SettingSection.write(sheet);
    ComparisonSection.last(sheet);
    ChoiceSection.write(sheet);
    ComparisonSection.earlier(sheet);
    ChartSection.write(sheet);
    StatusSection.write(sheet);
    CaseSection.write(sheet);
    FigureSection.write(sheet);
    terms(sheet);
    page.add(
        "<footer><p>%s</p></footer>",
        Page.text(words.say("method", Map.of("file", words.isolated("backtest.json")))));
    return page.finish();
  }

  private static void verdict(Sheet sheet) {
    List<String> sentences = sheet.sentences().verdict();
    sheet.page().add("<div class='verdict'><p><b>%s</b></p>", Page.text(sentences.get(0)));
    if (sentences.size() > 1) {
      sheet
          .page()
          .add("<p>%s</p>", Page.text(String.join(" ", sentences.subList(1, sentences.size()))));
    }
    sheet.page().add("</div>");
  }

  private static void terms(Sheet sheet) {
    sheet.heading("heading.terms");
    sheet.page().add("<dl>");
    for (String term : TERMS) {
      sheet
          .page()
          .add(
              "<dt>%s</dt><dd>%s</dd>",
              Page.text(sheet.say("term." + term)), Page.text(sheet.say("term." + term + ".is")));
    }
    sheet.page().add("</dl>");
  }
}
