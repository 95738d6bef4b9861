package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.Status;
import dev.lifesign.lab.chart.Chart;
import dev.lifesign.lab.fit.Tracking;
import dev.lifesign.lab.words.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A backtest as one self-contained HTML file. */
final class BacktestHtml {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Lifesign: backtest</title>
      <style>
      :root { color-scheme: light dark; --line: #d4d4d8; --soft: #71717a; --mark: #dbeafe; }
      @media (prefers-color-scheme: dark) { :root { --line: #3f3f46; --soft: #a1a1aa; --mark: #1e3a5f; } }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.15rem; margin: 2.2rem 0 .3rem }
      p { margin: .3rem 0 .8rem; max-width: 46rem } .soft { color: var(--soft) }
      .verdict { background: var(--mark); padding: .7rem 1rem; border-radius: .4rem; max-width: none }
      .wide { overflow-x: auto }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { text-align: right; padding: .25rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap }
      th:first-child, td:first-child { text-align: left } tr.best td { background: var(--mark) }
      .grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 1rem }
      figure { margin: 0 } figcaption { color: var(--soft); font-size: .9rem }
      svg { width: 100%; height: auto } svg text { font-size: 11px; fill: currentColor } svg .grid { stroke: var(--line) }
      </style></head><body>
      """;

  private final BacktestReport report;
  private final Sentences sentences;
  private final StringBuilder html = new StringBuilder(HEAD);

  private BacktestHtml(BacktestReport report) {
    this.report = report;
    this.sentences = new Sentences(report, Words.of(report.policy(), BacktestReport.class));
  }

  static String of(BacktestReport report) {
    BacktestHtml page = new BacktestHtml(report);
    page.summary();
    page.policies();
    page.charts();
    page.statuses();
    return page.html.append("</body></html>\n").toString();
  }

  private void summary() {
    add("<h1>%s</h1><p class='soft'>%s</p>", "Backtest", text(sentences.history()));
    add("<p class='verdict'>%s</p>", text(String.join(" ", sentences.verdict())));
  }

  private void policies() {
    int folds = report.results().get(0).folds().size();
    for (int fold = 0; fold < folds; fold++) {
      PolicyResult.Fold any = report.results().get(0).folds().get(fold);
      add(
          "<h2>Customers at the cutoff of %s, judged by the %d days after it</h2>",
          date(any.cutoff()), report.scope().holdoutDays());
      add(
          "<p class='soft'>Lost: no transaction in the holdout. Predicted lost: AT_RISK, DORMANT or CHURNED at the cutoff. Accuracy: the share of all customers whose prediction was right.</p>");
      if (fold < folds - 1) {
        add(
            "<p class='soft'>Tuning used this holdout: judge the tuned policies by the last table.</p>");
      }
      add(
          "<div class='wide'><table><tr><th>policy</th><th>alerts per week</th><th>customers</th><th>predicted lost</th><th>came back</th><th>accuracy</th><th>precision</th><th>recall</th><th>F1</th><th>AUROC</th><th>log-loss</th><th>at stake</th><th>false alarms</th></tr>");
      for (int i = 0; i < report.results().size(); i++) {
        row(report.results().get(i), fold, i == report.verdict().recommended());
      }
      baseline(
          "best fixed silence in hindsight, " + any.comparison().fixedDays() + " days",
          any.comparison().fixed().confusion());
      baseline("majority baseline", any.comparison().guess().confusion());
      add("</table></div>");
    }
    add(
        "<p class='soft'>At stake: net money, in the policy's window, of the customers rightly predicted lost. False alarms: the same for those who came back. Both in major units of the base currency.</p>");
  }

  private void row(PolicyResult result, int index, boolean best) {
    PolicyResult.Fold fold = result.folds().get(index);
    Confusion c = fold.comparison().policy().confusion();
    add(
        "<tr%s><td>%s</td><td>%s</td><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td><td>%.3f</td><td>%s</td><td>%.3f</td><td>%,d</td><td>%,d</td></tr>",
        best ? " class='best'" : "",
        text(result.name()),
        String.format(Locale.ROOT, "%,.1f", fold.alertsPerWeek()),
        c.all(),
        c.lostFlagged() + c.backFlagged(),
        c.backFlagged(),
        percent(c.accuracy()),
        percent(c.precision()),
        percent(c.recall()),
        c.f1(),
        number(fold.probabilities().auroc()),
        fold.probabilities().logLoss(),
        fold.flaggedMoney().lost() / report.policy().currency().minorUnits(),
        fold.flaggedMoney().back() / report.policy().currency().minorUnits());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  private void baseline(String name, Confusion c) {
    add(
        "<tr><td>%s</td><td></td><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td><td>%.3f</td><td></td><td></td><td></td><td></td></tr>",
        text(name),
        c.all(),
        c.lostFlagged() + c.backFlagged(),
        c.backFlagged(),
        percent(c.accuracy()),
        percent(c.precision()),
        percent(c.recall()),
        c.f1());
  }

  private void charts() {
    add("<h2>Charts</h2><div class='grid2'>");
    report.tracking().ifPresent(this::tracking);
    figure(
        "Calibration: the predicted probability of coming back against the share that did, by deciles. On the diagonal, predictions are exact.",
        Chart.lines("predicted probability", "share that came back", calibration()));
    figure(
        "Precision against volume: of the customers least likely to come back, the share that did not.",
        Chart.lines("share of customers predicted lost", "precision", precision()));
    silence();
    for (PolicyResult result : report.results()) {
      flow(result);
    }
    add("</div>");
  }

  private void tracking(Tracking tracking) {
    List<Double> weeks = values(tracking, Tracking.Week::number);
    figure(
        "Tracking: cumulative repeat purchases, actual and as the purchase model expects them.",
        Chart.lines(
            "week",
            "repeat purchases",
            List.of(
                new Chart.Series("actual", weeks, values(tracking, Tracking.Week::actual)),
                new Chart.Series("expected", weeks, values(tracking, Tracking.Week::expected)))));
  }

  private static List<Double> values(Tracking tracking, ToDoubleFunction<Tracking.Week> value) {
    return tracking.weeks().stream().mapToDouble(value).boxed().toList();
  }

  private List<Chart.Series> calibration() {
    List<Chart.Series> series = new ArrayList<>();
    for (PolicyResult result : report.results()) {
      List<Probabilities.Decile> deciles = result.last().probabilities().deciles();
      series.add(
          new Chart.Series(
              result.name(),
              deciles.stream().map(Probabilities.Decile::predicted).toList(),
              deciles.stream().map(Probabilities.Decile::actual).toList()));
    }
    series.add(new Chart.Series("exact", List.of(0.0, 1.0), List.of(0.0, 1.0)));
    return series;
  }

  private List<Chart.Series> precision() {
    List<Chart.Series> series = new ArrayList<>();
    for (PolicyResult result : report.results()) {
      List<Double> precision = result.last().probabilities().precision();
      List<Double> volume = new ArrayList<>();
      for (int i = 1; i <= precision.size(); i++) {
        volume.add(i / (double) precision.size());
      }
      series.add(new Chart.Series(result.name(), volume, precision));
    }
    return series;
  }

  private void silence() {
    List<PolicyResult.SilenceRow> rows = report.results().get(0).last().silence();
    figure(
        "Silence at the last cutoff, and how many came back after it.",
        Chart.bars(
            "days since the last transaction",
            "customers",
            rows.stream().map(row -> String.valueOf(row.fromDays())).toList(),
            List.of("came back", "lost"),
            List.of(
                rows.stream().map(PolicyResult.SilenceRow::back).toList(),
                rows.stream().map(PolicyResult.SilenceRow::lost).toList())));
  }

  private void flow(PolicyResult result) {
    List<Status> statuses =
        List.of(Status.NEW, Status.REACTIVATED, Status.AT_RISK, Status.DORMANT, Status.CHURNED);
    List<String> labels =
        result.entries().keySet().stream()
            .map(week -> LocalDate.ofEpochDay(week).toString().substring(2))
            .toList();
    List<List<Integer>> parts =
        statuses.stream()
            .map(
                status ->
                    result.entries().values().stream()
                        .map(week -> week.getOrDefault(status, 0))
                        .toList())
            .toList();
    figure(
        "Status flow under " + result.name() + ": customers entering a status, per week.",
        Chart.bars(
            "week", "customers", labels, statuses.stream().map(Status::name).toList(), parts));
  }

  private void statuses() {
    for (PolicyResult result : report.results()) {
      add("<h2>Outcomes by status: %s</h2>", text(result.name()));
      add(
          "<div class='wide'><table><tr><th>status at the cutoff</th><th>cutoff</th><th>customers</th><th>came back</th><th>share</th><th>median days to return</th></tr>");
      for (PolicyResult.Fold fold : result.folds()) {
        for (PolicyResult.StatusRow row : fold.statuses()) {
          add(
              "<tr><td>%s</td><td>%s</td><td>%,d</td><td>%,d</td><td>%s</td><td>%s</td></tr>",
              row.status(),
              date(fold.cutoff()),
              row.customers(),
              row.back(),
              percent(row.back() / (double) row.customers()),
              days(row.daysToReturn()));
        }
      }
      add("</table></div>");
      add(
          "<p class='soft'>Median time from entering AT_RISK to entering CHURNED: %s days.</p>",
          days(result.leadDays()));
    }
  }

  private void figure(String caption, String svg) {
    html.append("<figure>").append(svg);
    add("<figcaption>%s</figcaption></figure>", text(caption));
  }

  private void add(String format, Object... arguments) {
    html.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append('\n');
  }

  private static String text(String text) {
    return Chart.escaped(text);
  }

  private String date(long instant) {
    return LocalDate.ofEpochDay(report.policy().days().dayOf(instant)).toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String days(double days) {
    return Double.isNaN(days) ? "–" : String.format(Locale.ROOT, "%.0f", days);
  }
}
