package dev.lifesign.lab.open;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.words.Words;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sentences of an overview, in the language of its policy. */
final class Sentences {

  private final Words words;

  Sentences(Words words) {
    this.words = words;
  }

  String title(Overview overview) {
    return words.say("title", Map.of("date", words.date(overview.totals().until())));
  }

  String lead(Overview overview) {
    Overview.Totals totals = overview.totals();
    return words.say(
        "lead",
        Map.of(
            "file", isolated(overview.source()),
            "customers", totals.customers(),
            "orders", totals.orders(),
            "money", words.money(totals.net()),
            "first", words.date(totals.first()),
            "until", words.date(totals.until())));
  }

  /** Why to call a customer: its habit, its silence, and what it becomes. */
  String call(Overview.Call call) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("orders", call.orders());
    facts.put("silent", call.silentDays());
    call.gapDays().ifPresent(gap -> facts.put("gap", gap));
    String habit = words.say(call.gapDays().isPresent() ? "call.habit" : "call.few", facts);
    String next =
        call.next()
            .map(
                then ->
                    " "
                        + words.say(
                            "call.next",
                            Map.of(
                                "status", words.status(then.status()),
                                "date", words.date(then.at()))))
            .orElse("");
    return habit + next;
  }

  String alive(double probability) {
    return words.say("call.alive", Map.of("probability", words.percent(probability)));
  }

  String backtest(Overview overview) {
    if (overview.backtest().isEmpty()) {
      return words.say("backtest.short");
    }
    Overview.Tested tested = overview.backtest().get();
    String key =
        tested.back() == 0
            ? "backtest.lost"
            : tested.lost() == 0
                ? "backtest.back"
                : tested.isUseful() ? "backtest.useful" : "backtest.useless";
    return words.say(
        key,
        Map.of(
            "date", words.date(tested.cutoff()),
            "days", tested.days(),
            "lost", tested.lost(),
            "lostRight", words.percent(tested.lostRight()),
            "back", tested.back(),
            "backRight", words.percent(tested.backRight())));
  }

  /** The heading of what customers spent in the policy's window. */
  String spent(Policy policy) {
    return words.say("column.net", Map.of("days", policy.rfm().windowDays()));
  }

  /** What became of the lines, in numbers. */
  String counts(LineCounts lines) {
    return words.say(
        "leftOut.counts",
        Map.of(
            "read", lines.read(),
            "used", lines.used(),
            "late", lines.late(),
            "duplicates", lines.duplicates(),
            "leftOut", lines.leftOut(),
            "refused", lines.refused()));
  }

  /** Which rule decides, what is at stake, and where to read on. */
  String method(Policy policy) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    Map<String, Object> facts = new HashMap<>();
    facts.put("rule", risk.method().name());
    facts.put("silence", risk.fixed() / Instants.DAY);
    boolean returning = risk.method() == RiskMethod.RETURN;
    facts.put("alive", words.percent(returning ? risk.returning().below() : risk.model().alive()));
    facts.put("within", risk.returning().within() / Instants.DAY);
    facts.put("window", policy.rfm().windowDays());
    policy.model().ifPresent(model -> facts.put("horizon", model.horizon() / Instants.DAY));
    return String.join(
        " ",
        words.say("method.rule", facts),
        words.say(policy.model().isPresent() ? "method.stakeByModel" : "method.stake", facts),
        words.say("method.files"));
  }

  /** Text of either direction, which does not change the direction of the sentence around it. */
  private static String isolated(String text) {
    return "\u2068" + text + "\u2069";
  }
}
