package dev.lifesign.lab.open;

import dev.lifesign.domain.customer.Status;
import dev.lifesign.lab.chart.Chart;
import dev.lifesign.lab.words.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An overview as one self-contained HTML page, which can be printed. */
public final class OverviewHtml {

  private static final Map<Status, String> COLOURS = colours();

  private static final String STYLE =
      """
      <style>
      :root { --ink: #1c1917; --soft: #78716c; --line: #e7e5e4; --paper: #fff; --card: #fafaf9; --warm: #fffbeb; }
      * { box-sizing: border-box }
      body { font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "Vazirmatn", "Noto Naskh Arabic", Tahoma, sans-serif; color: var(--ink); background: var(--paper); max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 3rem }
      h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em }
      [dir=rtl] h1 { letter-spacing: 0 }
      h2 { font-size: 1.2rem; margin: 2.6rem 0 .6rem }
      p { margin: .3rem 0 .8rem } .soft { color: var(--soft) } bdi { overflow-wrap: anywhere }
      .tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: .8rem; margin: 1.8rem 0 0 }
      .tile { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .9rem 1rem }
      .tile b { display: block; font-size: 1.65rem; line-height: 1.25; font-variant-numeric: tabular-nums }
      .tile span { color: var(--soft); font-size: .92rem } .tile.warn { background: var(--warm); border-color: #fde68a }
      .bar { display: flex; height: 1.5rem; border-radius: .5rem; overflow: hidden; margin: .8rem 0 .9rem }
      .bar i { min-width: 2px } .dot { display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; margin-inline-end: .5rem }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
      th { font-weight: 600; color: var(--soft); font-size: .88rem; text-align: start }
      th, td { padding: .45rem .6rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
      [dir=rtl] th, [dir=rtl] td { padding: .45rem 0 .45rem .6rem }
      .n { text-align: end; white-space: nowrap } td small { color: var(--soft); display: block }
      td.who { max-width: 14rem; font-weight: 600 }
      svg { width: 100%; height: auto; display: block; border-radius: .4rem }
      .axis { display: flex; justify-content: space-between; color: var(--soft); font-size: .85rem; margin: .2rem 0 .5rem }
      .legend > span { margin-inline-end: 1.4rem; color: var(--soft); font-size: .92rem }
      footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--soft); font-size: .88rem }
      @media (max-width: 40rem) { .tiles { grid-template-columns: repeat(2, 1fr) } body { padding-top: 1.2rem } }
      @media print { body { max-width: none; padding: 0; font-size: 11pt } h2 { break-after: avoid } tr, .tile, svg, .bar { break-inside: avoid } * { print-color-adjust: exact; -webkit-print-color-adjust: exact } @page { margin: 16mm } }
      </style>
      """;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 200;

  private final Overview overview;
  private final Words words;
  private final Sentences sentences;
  private final StringBuilder html = new StringBuilder();

  private OverviewHtml(Overview overview) {
    this.overview = overview;
    this.words = Words.of(overview.policy(), Overview.class);
    this.sentences = new Sentences(words);
  }

  private static Map<Status, String> colours() {
    Map<Status, String> colours = new EnumMap<>(Status.class);
    colours.put(Status.LOYAL, "#0f766e");
    colours.put(Status.ACTIVE, "#2dd4bf");
    colours.put(Status.NEW, "#38bdf8");
    colours.put(Status.REACTIVATED, "#818cf8");
    colours.put(Status.AT_RISK, "#f59e0b");
    colours.put(Status.DORMANT, "#a8a29e");
    colours.put(Status.CHURNED, "#57534e");
    colours.put(Status.PROSPECT, "#d6d3d1");
    return colours;
  }

  /**
   * The page.
   *
   * @param lines what became of the lines of the file
   */
  public static String of(Overview overview, LineCounts lines) {
    OverviewHtml page = new OverviewHtml(overview);
    page.head();
    page.tiles();
    page.statuses();
    page.calls();
    page.weeks();
    page.segments();
    page.section("heading.backtest");
    page.add("<p>%s</p>", text(page.sentences.backtest(overview)));
    page.leftOut(lines);
    page.add(
        "<footer><p>%s</p></footer></body></html>", text(page.sentences.method(overview.policy())));
    return page.html.toString();
  }

  private void head() {
    String title = text(sentences.title(overview));
    add("<!doctype html>");
    add(
        "<html lang='%s' dir='%s'><head><meta charset='utf-8'>",
        words.language(), words.isRightToLeft() ? "rtl" : "ltr");
    add("<meta name='viewport' content='width=device-width, initial-scale=1'>");
    add("<title>%s</title>", title);
    html.append(STYLE);
    add("</head><body><h1>%s</h1><p class='soft'>%s</p>", title, text(sentences.lead(overview)));
  }

  private void tiles() {
    add("<div class='tiles'>");
    tile("", words.number(overview.totals().active()), "tile.active");
    tile(" warn", words.number(customers(Status.AT_RISK)), "tile.atRisk");
    tile(" warn", words.money(atStake(Status.AT_RISK)), "tile.atStake");
    tile("", words.number(customers(Status.DORMANT) + customers(Status.CHURNED)), "tile.gone");
    add("</div>");
  }

  private void tile(String style, String value, String label) {
    add(
        "<div class='tile%s'><b>%s</b><span>%s</span></div>",
        style, text(value), text(words.say(label)));
  }

  private long customers(Status status) {
    return group(status).mapToLong(Overview.StatusGroup::customers).sum();
  }

  private long atStake(Status status) {
    return group(status).mapToLong(Overview.StatusGroup::atStake).sum();
  }

  private Stream<Overview.StatusGroup> group(Status status) {
    return overview.statuses().stream().filter(group -> group.status() == status);
  }

  private void statuses() {
    section("heading.statuses");
    add("<div class='bar' aria-hidden='true'>");
    for (Overview.StatusGroup group : overview.statuses()) {
      add("<i style='flex:%d;background:%s'></i>", group.customers(), COLOURS.get(group.status()));
    }
    add("</div>");
    table(words.say("column.status"), words.say("column.customers"), words.say("column.atStake"));
    for (Overview.StatusGroup group : overview.statuses()) {
      add(
          "<tr><td><span class='dot' style='background:%s'></span>%s</td><td class='n'>%s</td><td class='n'>%s</td></tr>",
          COLOURS.get(group.status()),
          text(words.status(group.status())),
          text(words.number(group.customers())),
          text(words.money(group.atStake())));
    }
    add("</table>");
  }

  private void calls() {
    section("heading.calls");
    if (overview.calls().isEmpty()) {
      add("<p>%s</p>", text(words.say("calls.none")));
      return;
    }
    add("<p class='soft'>%s</p>", text(words.say("calls.lead")));
    add(
        "<table><tr><th>%s</th><th>%s</th><th class='n'>%s</th></tr>",
        text(words.say("column.customer")),
        text(words.say("column.why")),
        text(words.say("column.atStake")));
    for (Overview.Call call : overview.calls()) {
      add(
          "<tr><td class='who'><bdi>%s</bdi></td><td>%s%s</td><td class='n'>%s</td></tr>",
          text(call.customerId()),
          text(sentences.call(call)),
          call.alive().isPresent()
              ? "<small>%s</small>".formatted(text(sentences.alive(call.alive().getAsDouble())))
              : "",
          text(words.money(call.atStake())));
    }
    add("</table>");
  }

  private void weeks() {
    List<Overview.Week> weeks = overview.weeks();
    if (weeks.size() < 2) {
      return;
    }
    section("heading.weeks");
    long most = 1;
    for (Overview.Week week : weeks) {
      most = Math.max(most, week.active() + week.atRisk());
    }
    add("<svg viewBox='0 0 %d %d' role='img' aria-hidden='true'>", WIDTH, HEIGHT);
    add("<path fill='#f59e0b' fill-opacity='.55' d='%s'/>", area(weeks, most, true));
    add("<path fill='#0f766e' fill-opacity='.85' d='%s'/></svg>", area(weeks, most, false));
    // Time runs from left to right in every language.
    add(
        "<p class='axis' dir='ltr'><bdi>%s</bdi><bdi>%s</bdi></p>",
        text(words.date(weeks.get(0).end())), text(words.date(weeks.get(weeks.size() - 1).end())));
    Overview.Week last = weeks.get(weeks.size() - 1);
    add("<p class='legend'>");
    legend("#0f766e", "weeks.active", last.active());
    legend("#f59e0b", "weeks.atRisk", last.atRisk());
    add("</p>");
  }

  private void legend(String colour, String label, long now) {
    add(
        "<span><span class='dot' style='background:%s'></span>%s</span>",
        colour, text(words.say(label, Map.of("number", now))));
  }

  private static String area(List<Overview.Week> weeks, long most, boolean withAtRisk) {
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    for (int i = 0; i < weeks.size(); i++) {
      Overview.Week week = weeks.get(i);
      long value = week.active() + (withAtRisk ? week.atRisk() : 0);
      path.append(
          String.format(
              Locale.ROOT,
              "L%.1f %.1f",
              WIDTH * (double) i / (weeks.size() - 1),
              HEIGHT * (1 - (double) value / most)));
    }
    return path.append("L" + WIDTH + " " + HEIGHT + "Z").toString();
  }

  private void segments() {
    if (overview.segments().isEmpty()) {
      return;
    }
    section("heading.segments");
    table(
        words.say("column.segment"),
        words.say("column.customers"),
        sentences.spent(overview.policy()));
    for (Overview.SegmentGroup group : overview.segments()) {
      add(
          "<tr><td>%s</td><td class='n'>%s</td><td class='n'>%s</td></tr>",
          text(words.segment(group.name())),
          text(words.number(group.customers())),
          text(words.money(group.net())));
    }
    add("</table>");
  }

  private void leftOut(LineCounts lines) {
    section("heading.leftOut");
    add("<p>%s</p>", text(sentences.counts(lines)));
    if (lines.isComplete()) {
      add("<p>%s</p>", text(words.say("leftOut.none")));
    }
    if (!lines.details().isEmpty()) {
      // The details are in English in every language.
      add("<ul lang='en' dir='ltr'>");
      lines.details().forEach(sentence -> add("<li>%s</li>", text(sentence)));
      add("</ul>");
    }
  }

  private void section(String heading) {
    add("<h2>%s</h2>", text(words.say(heading)));
  }

  private void table(String first, String second, String third) {
    add(
        "<table><tr><th>%s</th><th class='n'>%s</th><th class='n'>%s</th></tr>",
        text(first), text(second), text(third));
  }

  private void add(String format, Object... arguments) {
    html.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append('\n');
  }

  private static String text(String text) {
    return Chart.escaped(text);
  }
}
