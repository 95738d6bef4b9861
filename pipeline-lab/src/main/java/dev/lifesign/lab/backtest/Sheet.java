package dev.lifesign.lab.backtest;

import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.words.Words;
import java.util.Map;

/**
 * What a section of the page is written with.
 *
 * @param report the results
 * @param words their language
 * @param sentences their sentences
 * @param page receives the markup
 */
record Sheet(BacktestReport report, Words words, Sentences sentences, Page page) {

  void heading(String key) {
    heading(key, Map.of());
  }

  void heading(String key, Map<String, Object> facts) {
    page.add("<h2>%s</h2>", Page.text(words.say(key, facts)));
  }

  void soft(String key, Map<String, Object> facts) {
    page.add("<p class='soft'>%s</p>", Page.text(words.say(key, facts)));
  }

  /** Whether tuning had seen the figures that follow. */
  void tag(boolean seen) {
    tag(seen ? "tuning.seen" : "tuning.unseen");
  }

  /** What tuning had seen of the figures that follow. */
  void tag(String key) {
    page.add(
        "<p><span class='tag %s'>%s</span></p>",
        key.substring(key.indexOf('.') + 1), Page.text(words.say(key)));
  }

  String say(String key) {
    return words.say(key);
  }
}
