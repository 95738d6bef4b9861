package dev.lifesign.domain.text;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.RiskMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A policy in sentences, for people who do not read YAML. */
public final class PolicySentences {

  private final Policy policy;
  private final Speech speech;

  private PolicySentences(Policy policy, Speech speech) {
    this.policy = policy;
    this.speech = speech;
  }

  /**
   * Sentences about one thing.
   *
   * @param heading what they are about
   * @param sentences one idea each, at least one
   */
  public record Group(String heading, List<String> sentences) {

    /** Keeps its own copy. */
    public Group {
      sentences = List.copyOf(sentences);
    }
  }

  /** The policy in its own language. */
  public static List<Group> of(Policy policy) {
    return of(policy, policy.locale().language());
  }

  /** The policy in another language, with its own currency. */
  public static List<Group> of(Policy policy, Language language) {
    return new PolicySentences(policy, Speech.of(policy, language)).groups();
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    groups.add(lifecycle());
    groups.add(subscriptions());
    groups.add(activity());
    groups.add(scores());
    groups.add(model());
    policy.cases().forEach(one -> groups.add(CaseSentences.of(one, speech)));
    if (policy.cases().isEmpty()) {
      groups.add(about("cases").add("cases.NONE").toGroup());
    }
    return groups;
  }

  private Sentences about(String subject) {
    return new Sentences(speech, speech.phrase("heading." + subject, Arguments.NONE));
  }

  private Group activity() {
    Policy.Activity activity = policy.activity();
    return about("activity")
        .add("activity.score", Map.of("halfLife", speech.everyExactly(activity.halfLife())))
        .add("activity.within", Map.of("activeWithin", speech.exactly(activity.activeWithin())))
        .toGroup();
  }

  private Group lifecycle() {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    Policy.Health health = lifecycle.health();
    Policy.Loyal loyal = health.loyal();
    Policy.Silence silence = lifecycle.silence();
    Sentences said =
        about("lifecycle")
            .add("lifecycle.new", Map.of("newFor", speech.exactly(health.newFor())))
            .add(
                "lifecycle.loyal",
                Map.of(
                    "orders", loyal.orders(),
                    "within", speech.exactly(loyal.within()),
                    "tenure", speech.exactly(loyal.tenure())));
    loyal
        .subscribedFor()
        .ifPresent(
            time ->
                said.add("lifecycle.subscribed", Map.of("subscribedFor", speech.exactly(time))));
    risk(said, silence.risk());
    said.add(
            "lifecycle.dormant",
            Map.of(
                "dormantAfter", speech.exactly(silence.dormantAfter()),
                "atRiskFor", speech.exactly(silence.atRiskFor())))
        .add(
            "lifecycle.churned",
            Map.of(
                "churnAfter", speech.exactly(silence.churnAfter()),
                "dormantFor", speech.exactly(silence.dormantFor())))
        .add("lifecycle.back", Map.of("reactivatedFor", speech.exactly(health.reactivatedFor())))
        .add("returnBy." + lifecycle.returnBy());
    return said.toGroup();
  }

  private void risk(Sentences said, Policy.Risk risk) {
    RiskMethod method = risk.method();
    Map<String, Object> arguments =
        switch (method) {
          case FIXED -> Map.of("fixed", speech.exactly(risk.fixed()));
          case PERSONAL ->
              Map.of(
                  "factor", speech.number(risk.personal().factor()),
                  "min", speech.exactly(risk.personal().min()),
                  "max", speech.exactly(risk.personal().max()));
          case MODEL ->
              Map.of(
                  "below", speech.percent(risk.model().alive()),
                  "min", speech.exactly(risk.model().min()),
                  "max", speech.exactly(risk.model().max()));
          case RETURN ->
              Map.of(
                  "within", speech.exactly(risk.returning().within()),
                  "below", speech.percent(risk.returning().below()),
                  "min", speech.exactly(risk.returning().min()),
                  "max", speech.exactly(risk.returning().max()));
        };
    said.add("risk." + method, arguments);
    if (method != RiskMethod.FIXED) {
      String fallback = method.needsModel() ? "MODEL" : "PERSONAL";
      said.add("risk.fallback." + fallback, Map.of("fixed", speech.exactly(risk.fixed())));
    }
  }

  private Group subscriptions() {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    Sentences said =
        about("subscriptions")
            .add(
                "subscriptions.grace",
                Map.of("grace", speech.exactly(policy.subscriptions().grace())))
            .add(
                "subscriptions.pause",
                Map.of("maxPause", speech.exactly(policy.subscriptions().maxPause())))
            .add("lifecycle.payment");
    lifecycle
        .usageRiskAfter()
        .ifPresent(
            time -> said.add("lifecycle.usage", Map.of("usageRiskAfter", speech.exactly(time))));
    return said.add(
            "end." + lifecycle.onSubscriptionEnd(),
            Map.of("fixed", speech.exactly(lifecycle.silence().risk().fixed())))
        .toGroup();
  }

  private Group scores() {
    Policy.Rfm rfm = policy.rfm();
    Sentences said = about("scores");
    if (rfm.cuts().isEmpty() && rfm.cutsEvery().isEmpty()) {
      return said.add("scores.NONE").toGroup();
    }
    said.add("scores.window", Map.of("window", speech.exactly(rfm.window())));
    if (rfm.cutsEvery().isPresent()) {
      said.add(
          "scores.POPULATION",
          Map.of("cutsEvery", speech.everyExactly(rfm.cutsEvery().getAsLong())));
    } else {
      said.add("scores.FIXED");
    }
    String segments =
        speech
            .enumeration()
            .format(
                rfm.segments().stream()
                    .map(rule -> speech.quoted("segment", rule.name()))
                    .distinct()
                    .toList());
    return said.add("scores.segments", Map.of("segments", segments)).toGroup();
  }

  private Group model() {
    Sentences said = about("model");
    if (policy.model().isEmpty()) {
      return said.add("model.NONE").toGroup();
    }
    Policy.Model model = policy.model().get();
    return said.add("model." + model.purchases().family())
        .add(
            "model.value",
            Map.of(
                "horizon", speech.exactly(model.horizon()),
                "discountRate", speech.percent(model.discountRate())))
        .toGroup();
  }
}
