package dev.lifesign.domain.text;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.alert.Finding;
import dev.lifesign.domain.alert.Finding.Amount;
import dev.lifesign.domain.alert.Finding.Count;
import dev.lifesign.domain.alert.Finding.Measure;
import dev.lifesign.domain.alert.Finding.Moment;
import dev.lifesign.domain.alert.Finding.Share;
import dev.lifesign.domain.alert.Finding.Span;
import dev.lifesign.domain.alert.Finding.Word;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert fact in a few sentences, made of its evidence: what happened, what is usual for the
 * customer, what is now, the threshold, what would end the alert, and what comes next.
 */
public final class Explanation {

  /** Words that are translated, and the vocabulary that they are of. */
  private static final Map<String, String> VOCABULARIES =
      Map.of(
          "status", "status",
          "nextStatus", "status",
          "category", "category",
          "channel", "channel",
          "segment", "segment",
          "segmentBefore", "segment");

  private static final String EVERY = "Every";
  private static final String TIME = "Time";

  private final AlertFact fact;
  private final Speech speech;
  private final StringBuilder text = new StringBuilder();

  private Explanation(AlertFact fact, Speech speech) {
    this.fact = fact;
    this.speech = speech;
  }

  /** The fact in the policy's language. */
  public static String of(AlertFact fact) {
    return of(fact, fact.background().policy().locale().language());
  }

  /** The fact in another language, with the policy's calendar, zone and currency. */
  public static String of(AlertFact fact, Language language) {
    return new Explanation(fact, Speech.of(fact.background().policy(), language)).write();
  }

  private String write() {
    change();
    switch (fact.change()) {
      case RAISED, ESCALATED -> {
        cause();
        add("stake");
        outlook();
      }
      case EASED, REPEATED, WOKEN, OVERDUE, REOPENED -> {
        cause();
        outlook();
      }
      case CLEARED -> {
        if (!fact.alert().place().rung().isEmpty()) {
          add("status");
        }
      }
      case EXPIRED, ACKNOWLEDGED, ASSIGNED, SNOOZED, HANDLED, NOTED, MERGED, ERASED -> {}
    }
    return text.toString();
  }

  private void change() {
    AlertChange change = fact.change();
    Outcome outcome = fact.order().outcome();
    switch (change) {
      case RAISED -> {}
      case CLEARED -> add("change.CLEARED." + fact.clearedBy());
      case HANDLED -> add("change.HANDLED." + (outcome == Outcome.NONE ? Outcome.OTHER : outcome));
      case NOTED -> add("change.NOTED" + (outcome == Outcome.NONE ? "" : "." + outcome));
      default -> add("change." + change);
    }
  }

  private void cause() {
    String cause = word("cause");
    switch (cause) {
      case "" -> add("status");
      case "STATUS" -> {
        String reason = word("reason");
        add("now.STATUS." + (reason.isEmpty() ? "NONE" : reason));
        if (find("threshold").isPresent() && speech.has("limit." + word("status"))) {
          add("limit." + word("status"));
        }
      }
      case "SILENCE" -> add("now.SILENCE." + word("silentOf"));
      case "EVENT" -> {
        add("now.EVENT");
        add("matches");
      }
      default -> add("now." + cause);
    }
  }

  private void outlook() {
    String ending = word("endsBy");
    if (!ending.isEmpty()) {
      add("ends." + ending);
    }
    String next = word("nextStatus");
    if (!next.isEmpty()) {
      add("next." + next(Status.valueOf(next), word("nextReason")));
    }
  }

  private static String next(Status status, String reason) {
    if (reason.equals("SUBSCRIPTION_ENDED")) {
      return reason;
    }
    return switch (status) {
      case AT_RISK, DORMANT, CHURNED -> status.name();
      case PROSPECT, NEW, ACTIVE, LOYAL, REACTIVATED -> "HEALTHY";
    };
  }

  /** Adds a sentence, if the evidence has what it says. */
  private void add(String key) {
    speech
        .say(key, this::argument)
        .ifPresent(
            sentence -> {
              if (!text.isEmpty()) {
                text.append(' ');
              }
              text.append(sentence);
            });
  }

  private Optional<Object> argument(String name) {
    return switch (name) {
      case "by" -> person(fact.order().by());
      case "owner" -> person(fact.alert().owner().name());
      case "event" -> clause().map(clause -> clause);
      case "eventSentence" -> clause().map(Speech::asSentence);
      default -> finding(name);
    };
  }

  private Optional<Object> person(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(speech.name(name));
  }

  private Optional<String> clause() {
    String event = word("event");
    return event.isEmpty() ? Optional.empty() : speech.say("event." + event, this::argument);
  }

  private Optional<Object> finding(String name) {
    if (name.endsWith(EVERY) && find(without(EVERY, name)).orElse(null) instanceof Span often) {
      return Optional.of(speech.every(often.millis()));
    }
    if (name.endsWith(TIME) && find(without(TIME, name)).orElse(null) instanceof Moment moment) {
      return Optional.of(speech.time(moment.at()));
    }
    return find(name).map(value -> said(name, value));
  }

  private static String without(String suffix, String name) {
    return name.substring(0, name.length() - suffix.length());
  }

  private Object said(String name, Finding.Value value) {
    if (value instanceof Moment moment) {
      return speech.date(moment.at(), fact.detection().effectiveAt());
    }
    if (value instanceof Span span) {
      return speech.about(span.millis());
    }
    if (value instanceof Count count) {
      return count.count();
    }
    if (value instanceof Amount amount) {
      return speech.money(amount.minor());
    }
    if (value instanceof Measure measure) {
      return speech.score(measure.number());
    }
    if (value instanceof Share share) {
      return speech.percent(share.share());
    }
    String word = ((Word) value).word();
    String vocabulary = VOCABULARIES.get(name);
    return vocabulary == null ? speech.name(word) : speech.word(vocabulary, word);
  }

  private Optional<Finding.Value> find(String name) {
    List<Finding> evidence = fact.evidence();
    for (int i = 0; i < evidence.size(); i++) {
      if (evidence.get(i).name().equals(name)) {
        return Optional.of(evidence.get(i).value());
      }
    }
    return Optional.empty();
  }

  private String word(String name) {
    return find(name).orElse(null) instanceof Word word ? word.word() : "";
  }
}
