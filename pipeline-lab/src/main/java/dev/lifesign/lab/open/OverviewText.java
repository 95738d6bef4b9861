package dev.lifesign.lab.open;

import dev.lifesign.lab.words.Words;
import java.util.Locale;

/** An overview as text for a terminal. */
public final class OverviewText {

  private final StringBuilder text = new StringBuilder();

  private OverviewText() {}

  /**
   * The text.
   *
   * @param lines what became of the lines of the file
   */
  public static String of(Overview overview, LineCounts lines) {
    Words words = Words.of(overview.policy(), Overview.class);
    Sentences sentences = new Sentences(words);
    OverviewText page = new OverviewText();
    page.line("%s", sentences.title(overview));
    page.line("%s", sentences.lead(overview));
    page.heading(words.say("heading.statuses"));
    for (Overview.StatusGroup group : overview.statuses()) {
      page.line(
          "  %-14s %10s   %14s %s",
          words.status(group.status()),
          words.number(group.customers()),
          words.money(group.atStake()),
          words.say("column.atStake").toLowerCase(Locale.ROOT));
    }
    page.heading(words.say("heading.calls"));
    if (overview.calls().isEmpty()) {
      page.line("  %s", words.say("calls.none"));
    }
    int place = 1;
    for (Overview.Call call : overview.calls()) {
      page.line(
          "%3s. %s, %s: %s",
          words.number(place++),
          call.customerId(),
          words.money(call.atStake()),
          sentences.call(call));
    }
    page.heading(words.say("heading.backtest"));
    page.line("  %s", sentences.backtest(overview));
    page.heading(words.say("heading.leftOut"));
    page.line("  %s", sentences.counts(lines));
    if (lines.isComplete()) {
      page.line("  %s", words.say("leftOut.none"));
    }
    lines.details().forEach(sentence -> page.line("  %s", sentence));
    return page.text.toString();
  }

  private void heading(String heading) {
    line("%n%s", heading);
  }

  private void line(String format, Object... arguments) {
    // Not every terminal hides the marks that keep text of another direction apart.
    String line = String.format(Locale.ROOT, format, arguments).replaceAll("[\u2068\u2069]", "");
    text.append(line).append(System.lineSeparator());
  }
}
