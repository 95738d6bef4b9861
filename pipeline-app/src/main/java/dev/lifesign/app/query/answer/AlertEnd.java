package dev.lifesign.app.query.answer;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What ends an open alert without anybody's doing, apart from its expiry: an English clause. */
final class AlertEnd {

  private AlertEnd() {}

  /**
   * The clause.
   *
   * @param definition the case of the policy in force
   * @param kept what is kept of it for the customer, with its alert open
   */
  static String of(Case definition, CaseState kept) {
    if (definition.source() instanceof EventTrigger trigger) {
      return trigger
          .endsWhen()
          .map(Expression::text)
          .map(text -> "when an event comes for which " + text)
          .orElse("at its expiry only");
    }
    List<String> holding = holding(definition.rungs(), kept);
    return holding.isEmpty()
        ? "once a rung has begun and ended"
        : "when none of these holds any more: " + String.join("; ", holding);
  }

  private static List<String> holding(List<Rung> rungs, CaseState kept) {
    List<String> holding = new ArrayList<>();
    for (int i = 0; i < Math.min(rungs.size(), kept.rungs().size()); i++) {
      if (kept.rungs().get(i).holds()) {
        holding.add(text(rungs.get(i).when()));
      }
    }
    return holding;
  }

  private static String text(Condition condition) {
    if (condition instanceof Condition.InStatus status) {
      String reasons =
          status.reasons().isEmpty()
              ? ""
              : " because of " + String.join(" or ", names(status.reasons()));
      return "status " + String.join(" or ", names(status.in())) + reasons;
    }
    if (condition instanceof Condition.InSegment segment) {
      return "segment " + String.join(" or ", new TreeSet<>(segment.in()));
    }
    if (condition instanceof Condition.AliveBelow alive) {
      return "P(alive) at most " + alive.below();
    }
    if (condition instanceof Condition.ActivityBelow activity) {
      return "activity score below " + activity.until().orElse(activity.below());
    }
    if (condition instanceof Condition.Silent silent) {
      return "no %s for %s".formatted(silent.of(), length(silent.lasting()));
    }
    if (condition instanceof Condition.RenewalAhead renewal) {
      return "a renewal within " + length(renewal.ahead());
    }
    Condition.AnniversaryAhead anniversary = (Condition.AnniversaryAhead) condition;
    return "an anniversary within %d days".formatted(anniversary.days());
  }

  /** A duration in days where it is whole days, otherwise in ISO 8601. */
  private static String length(long millis) {
    long days = millis / Instants.DAY;
    return millis % Instants.DAY != 0
        ? Duration.ofMillis(millis).toString()
        : days == 1 ? "1 day" : days + " days";
  }

  private static List<String> names(Iterable<? extends Enum<?>> some) {
    List<String> names = new ArrayList<>();
    some.forEach(each -> names.add(each.name()));
    names.sort(null);
    return names;
  }
}
