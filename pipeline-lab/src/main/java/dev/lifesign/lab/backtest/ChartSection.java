package dev.lifesign.lab.backtest;

import dev.lifesign.lab.chart.Axis;
import dev.lifesign.lab.chart.Chart;
import dev.lifesign.lab.fit.Tracking;
import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.words.Words;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Charts side by side; those that show the same thing of several policies have the same scale. */
final class ChartSection {

  private final Sheet sheet;
  private final Words words;
  private final List<PolicyResult> results;
  private final DoubleFunction<String> shares;
  private final DoubleFunction<String> counts;

  private ChartSection(Sheet sheet) {
    this.sheet = sheet;
    this.words = sheet.words();
    this.results = sheet.report().results();
    this.shares = words::percent;
    this.counts = number -> words.number(Math.round(number));
  }

  static void write(Sheet sheet) {
    ChartSection section = new ChartSection(sheet);
    sheet.heading("heading.charts");
    sheet.soft("charts.lead", Map.of());
    sheet.tag(section.results.get(0).last().seen());
    sheet.page().add("%s<div class='charts'>", Chart.inks());
    section.shares("calibration", true, ChartSection::calibration);
    section.shares("precision", false, ChartSection::precision);
    section.silence();
    sheet.report().tracking().ifPresent(section::tracking);
    sheet.page().add("</div>");
    sheet.heading("heading.flow");
    sheet.soft("flow.lead", Map.of());
    if (sheet.report().choice().isPresent()) {
      sheet.tag("tuning.part");
    } else {
      sheet.tag(false);
    }
    sheet.page().add("<div class='charts'>");
    section.flows();
    sheet.page().add("</div>");
  }

  /** Makes the line of a policy under a name. */
  private interface Line {
    Chart.Series of(String name, Probabilities probabilities);
  }

  private void shares(String chart, boolean rule, Line line) {
    List<Chart.Series> series =
        results.stream()
            .map(result -> line.of(name(result), result.last().probabilities()))
            .toList();
    figure(
        say(chart),
        say(chart, "note"),
        Chart.lines(
            say(chart),
            Axis.shares(say(chart, "x"), shares),
            Axis.shares(say(chart, "y"), shares),
            series,
            rule),
        Chart.legendOfLines(series.stream().map(Chart.Series::name).toList()));
  }

  private static Chart.Series calibration(String name, Probabilities probabilities) {
    return new Chart.Series(
        name,
        probabilities.deciles().stream().map(Probabilities.Decile::predicted).toList(),
        probabilities.deciles().stream().map(Probabilities.Decile::actual).toList());
  }

  private static Chart.Series precision(String name, Probabilities probabilities) {
    List<Double> precision = probabilities.precision();
    return new Chart.Series(
        name,
        IntStream.rangeClosed(1, precision.size())
            .mapToObj(i -> i / (double) precision.size())
            .toList(),
        precision);
  }

  private void tracking(Tracking tracking) {
    List<Tracking.Week> weeks = tracking.weeks();
    if (weeks.size() < 2) {
      return;
    }
    List<Double> numbers = values(weeks, Tracking.Week::number);
    double most =
        weeks.stream()
            .mapToDouble(week -> Math.max((double) week.actual(), week.expected()))
            .max()
            .orElse(1);
    List<Chart.Series> series =
        List.of(
            new Chart.Series(
                say("tracking", "actual"), numbers, values(weeks, Tracking.Week::actual)),
            new Chart.Series(
                say("tracking", "expected"), numbers, values(weeks, Tracking.Week::expected)));
    long cutoff = results.get(0).last().cutoff();
    figure(
        say("tracking"),
        words.say("chart.tracking.note", Map.of("date", words.date(cutoff - 1))),
        Chart.lines(
            say("tracking"),
            Axis.counts(say("tracking", "x"), weeks.size(), counts),
            Axis.counts(say("tracking", "y"), most, counts),
            series,
            false),
        Chart.legendOfLines(series.stream().map(Chart.Series::name).toList()));
  }

  private static List<Double> values(
      List<Tracking.Week> weeks, ToDoubleFunction<Tracking.Week> value) {
    return weeks.stream().mapToDouble(value).boxed().toList();
  }

  private void silence() {
    List<PolicyResult.SilenceRow> rows = results.get(0).last().silence();
    int most = rows.stream().mapToInt(row -> row.back() + row.lost()).max().orElse(1);
    figure(
        say("silence"),
        say("silence", "note"),
        Chart.bars(
            say("silence"),
            say("silence", "x"),
            Axis.counts(say("silence", "y"), most, counts),
            rows.stream().map(row -> words.number(row.fromDays())).toList(),
            List.of(
                rows.stream().map(PolicyResult.SilenceRow::back).toList(),
                rows.stream().map(PolicyResult.SilenceRow::lost).toList())),
        Chart.legendOfBars(List.of(say("silence", "back"), say("silence", "lost"))));
  }

  private void flows() {
    // All policies have the same weeks, as they have the same scale.
    List<Integer> weeks =
        results.stream().flatMap(result -> result.entries().keySet().stream()).sorted().toList();
    if (weeks.isEmpty()) {
      return;
    }
    int last = weeks.get(weeks.size() - 1);
    List<StatusFlow> flows =
        results.stream()
            .map(result -> StatusFlow.of(result.entries(), weeks.get(0), last))
            .toList();
    int most = flows.stream().mapToInt(StatusFlow::most).max().orElse(1);
    Axis axis = Axis.counts(say("flow", "y"), most, counts);
    for (int i = 0; i < flows.size(); i++) {
      StatusFlow flow = flows.get(i);
      String policy = name(results.get(i));
      figure(
          policy,
          words.say("chart.flow.note", Map.of("weeks", flow.weeks())),
          Chart.bars(
              policy,
              say("flow", "x"),
              axis,
              flow.begins().stream().map(sheet.sentences()::month).toList(),
              flow.parts()),
          Chart.legendOfBars(StatusFlow.STATUSES.stream().map(words::status).toList()));
    }
  }

  private void figure(String title, String note, String svg, String legend) {
    sheet
        .page()
        .add(
            "<figure><figcaption><b>%s</b><span>%s</span></figcaption>%s%s</figure>",
            Page.text(title), Page.text(note), svg, legend);
  }

  private String name(PolicyResult result) {
    return sheet.sentences().name(result);
  }

  private String say(String... parts) {
    return words.say("chart." + String.join(".", parts));
  }
}
