package dev.lifesign.lab.open;

import dev.lifesign.domain.status.Status;
import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.words.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An overview as one self-contained HTML page, which can be printed. */
public final class OverviewHtml {

  private static final Map<Status, String> COLOURS = colours();

  private static final int WIDTH = 720;
  private static final int HEIGHT = 200;

  private final Overview overview;
  private final Words words;
  private final Sentences sentences;
  private final Page page;

  private OverviewHtml(Overview overview) {
    this.overview = overview;
    this.words = Words.of(overview.policy(), Overview.class);
    this.sentences = new Sentences(words);
    this.page =
        new Page(words, sentences.title(overview), Page.sheet(OverviewHtml.class, "overview.css"));
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
    return new OverviewHtml(overview).written(lines);
  }

  private String written(LineCounts lines) {
    add("<p class='soft'>%s</p>", text(sentences.lead(overview)));
    tiles();
    statuses();
    calls();
    weeks();
    segments();
    section("heading.backtest");
    add("<p>%s</p>", text(sentences.backtest(overview)));
    leftOut(lines);
    add("<footer><p>%s</p></footer>", text(sentences.method(overview.policy())));
    return page.finish();
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
    page.add(format, arguments);
  }

  private static String text(String text) {
    return Page.text(text);
  }
}
