package dev.lifesign.domain.text;

import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Condition.ActivityBelow;
import dev.lifesign.domain.policy.Condition.AliveBelow;
import dev.lifesign.domain.policy.Condition.AnniversaryAhead;
import dev.lifesign.domain.policy.Condition.InSegment;
import dev.lifesign.domain.policy.Condition.InStatus;
import dev.lifesign.domain.policy.Condition.RenewalAhead;
import dev.lifesign.domain.policy.Condition.Silent;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.policy.SeverityRule;
import dev.lifesign.domain.policy.SeverityRule.ByValue;
import dev.lifesign.domain.policy.SeverityRule.Fixed;
import dev.lifesign.domain.text.PolicySentences.Group;
import dev.lifesign.domain.time.Instants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A case in sentences: what raises and ends an alert, who acts and by when. */
final class CaseSentences {

  /** The owner that stands for the one of the customer's identity. */
  private static final String OF_CUSTOMER = "customer";

  private final Case definition;
  private final Speech speech;
  private final Sentences said;

  private CaseSentences(Case definition, Speech speech) {
    this.definition = definition;
    this.speech = speech;
    this.said =
        new Sentences(
            speech,
            new Sentences(speech, "")
                .clause("heading.case", Map.of("id", speech.name(definition.id()))));
  }

  static Group of(Case definition, Speech speech) {
    return new CaseSentences(definition, speech).group();
  }

  private Group group() {
    for (int i = 0; i < definition.rungs().size(); i++) {
      rung(definition.rungs().get(i), i == 0 ? "rung.first" : "rung.next");
    }
    if (!definition.rungs().isEmpty()) {
      said.add("case.ends");
    }
    definition.trigger().ifPresent(this::trigger);
    action(definition.action());
    owner();
    due();
    time();
    if (definition.holdout() > 0) {
      said.add("case.holdout", Map.of("holdout", speech.percent(definition.holdout())));
    }
    return said.toGroup();
  }

  private void rung(Rung rung, String key) {
    StringBuilder details = new StringBuilder();
    if (rung.dwell() > 0) {
      details.append(said.clause("rung.dwell", Map.of("dwell", speech.exactly(rung.dwell()))));
    }
    rung.filter()
        .ifPresent(
            filter ->
                details.append(
                    said.clause("rung.filter", Map.of("filter", speech.name(filter.text())))));
    if (rung.raiseOnPublish()) {
      details.append(said.clause("rung.publish", Map.of()));
    }
    details.append(said.clause("rung" + severityKey(rung.severity()), severity(rung.severity())));
    if (!rung.due().equals(definition.due())) {
      details.append(
          rung.due().isPresent()
              ? said.clause("rung.due", Map.of("due", rung.due().getAsInt()))
              : said.clause("rung.undue", Map.of()));
    }
    said.add(
        key,
        Map.of(
            "rung",
            speech.name(rung.id()),
            "when",
            when(rung.when()),
            "details",
            details.toString()));
  }

  private static String severityKey(SeverityRule rule) {
    return rule instanceof ByValue ? ".value" : ".severity";
  }

  private Map<String, Object> severity(SeverityRule rule) {
    if (rule instanceof ByValue byValue) {
      List<Long> bounds = byValue.bounds();
      return Map.of(
          "first", speech.money(bounds.get(0)),
          "second", speech.money(bounds.get(1)),
          "third", speech.money(bounds.get(2)));
    }
    return Map.of("severity", speech.word("severity", ((Fixed) rule).severity().name()));
  }

  private String when(Condition condition) {
    if (condition instanceof InStatus status) {
      return status(status);
    }
    if (condition instanceof InSegment segment) {
      return clause(
          "SEGMENT",
          "segments",
          said.anyOf(segment.in().stream().sorted().map(name -> speech.quoted("segment", name))));
    }
    if (condition instanceof AliveBelow alive) {
      return clause("P_ALIVE", "below", speech.percent(alive.below()));
    }
    if (condition instanceof ActivityBelow activity) {
      return said.clause(
          "when.ACTIVITY",
          Map.of(
              "below", speech.number(activity.below()),
              "until", speech.number(activity.until().orElse(activity.below()))));
    }
    if (condition instanceof Silent silent) {
      String kind = silent.of() == Silent.Kind.ACTIVITY ? "ACTIVITY_SILENCE" : silent.of().name();
      return clause(kind, "lasting", speech.exactly(silent.lasting()));
    }
    return condition instanceof RenewalAhead renewal
        ? clause("RENEWAL", "ahead", speech.exactly(renewal.ahead()))
        : clause("ANNIVERSARY", "days", ((AnniversaryAhead) condition).days());
  }

  private String status(InStatus status) {
    String statuses =
        said.anyOf(status.in().stream().sorted().map(one -> speech.quoted("status", one.name())));
    return status.reasons().isEmpty()
        ? clause("STATUS", "statuses", statuses)
        : said.clause(
            "when.STATUS.reasons",
            Map.of(
                "statuses",
                statuses,
                "reasons",
                said.anyOf(
                    status.reasons().stream()
                        .sorted()
                        .map(one -> speech.word("reason", one.name())))));
  }

  private String clause(String kind, String name, Object value) {
    return said.clause("when." + kind, Map.of(name, value));
  }

  private void trigger(EventTrigger trigger) {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("match", speech.name(trigger.match().text()));
    if (trigger.count() == 1) {
      said.add("trigger.one", arguments);
    } else {
      arguments.put("count", trigger.count());
      boolean bounded = trigger.within() != Instants.FOREVER;
      if (bounded) {
        arguments.put("within", speech.exactly(trigger.within()));
      }
      said.add(bounded ? "trigger.many" : "trigger.ever", arguments);
    }
    said.add("trigger" + severityKey(trigger.severity()), severity(trigger.severity()));
    if (trigger.endsWhen().isPresent()) {
      said.add("trigger.ends", Map.of("endsWhen", speech.name(trigger.endsWhen().get().text())));
    } else {
      said.add("trigger.endless");
    }
  }

  private void action(CaseAction action) {
    Stream.of(
            part(action.play(), speech::name),
            part(action.channel(), channel -> speech.word("channel", channel)),
            part(action.offer(), speech::name),
            part(action.note(), speech::name))
        .flatMap(Optional::stream)
        .reduce((parts, part) -> said.clause("list", Map.of("parts", parts, "part", part)))
        .ifPresent(parts -> said.add("case.action", Map.of("parts", parts)));
  }

  private static Optional<String> part(String part, UnaryOperator<String> spoken) {
    return Optional.of(part).filter(one -> !one.isEmpty()).map(spoken);
  }

  private void owner() {
    switch (definition.owner()) {
      case "" -> said.add("case.owner.NONE");
      case OF_CUSTOMER ->
          said.add("case.owner.customer", Map.of("id", speech.name(definition.id())));
      default -> said.add("case.owner", Map.of("owner", speech.name(definition.owner())));
    }
  }

  private void due() {
    boolean forAll = definition.due().isPresent();
    if (forAll) {
      said.add("case.due", Map.of("due", definition.due().getAsInt()));
    } else if (definition.rungs().stream().allMatch(rung -> rung.due().isEmpty())) {
      said.add("case.undue");
    }
    if (!definition.escalateTo().isEmpty()) {
      said.add(
          forAll ? "case.escalateTo" : "case.escalateTo.rungs",
          Map.of("escalateTo", speech.name(definition.escalateTo())));
    }
  }

  private void time() {
    if (definition.cooldown() == 0) {
      said.add("case.cooldown.NONE");
    } else {
      said.add(
          definition.trigger().isPresent() ? "case.trigger.cooldown" : "case.cooldown",
          Map.of("cooldown", speech.exactly(definition.cooldown())));
    }
    said.add("case.timeToLive", Map.of("timeToLive", speech.exactly(definition.timeToLive())));
  }
}
