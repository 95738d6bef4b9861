package dev.lifesign.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.Finding;
import dev.lifesign.domain.alert.Finding.Count;
import dev.lifesign.domain.alert.Finding.Measure;
import dev.lifesign.domain.alert.Finding.Moment;
import dev.lifesign.domain.alert.Finding.Share;
import dev.lifesign.domain.alert.Finding.Span;
import dev.lifesign.domain.alert.Finding.Word;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.policy.Condition.Silent;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the evidence has or lacks, an explanation is whole. */
class ExplanationPropertiesTest {

  private static final List<String> MOMENTS =
      List.of(
          "silentSince",
          "occurredAt",
          "nextAt",
          "dueAt",
          "expiresAt",
          "snoozedUntil",
          "entitledUntil",
          "unusedSince",
          "paidThrough",
          "firstCommercial",
          "lastTransaction",
          "lastActivity",
          "subscriptionEnd");
  private static final List<String> SPANS =
      List.of(
          "usualGap",
          "silentFor",
          "threshold",
          "medianWait",
          "unusedFor",
          "within",
          "openFor",
          "returnWithin");
  private static final List<String> WORDS =
      List.of("subject", "plan", "subscription", "network", "tier", "cancelReason");
  private static final List<String> CAUSES =
      List.of(
          "STATUS", "SEGMENT", "P_ALIVE", "ACTIVITY", "SILENCE", "RENEWAL", "ANNIVERSARY", "EVENT");
  private static final List<String> ENDINGS =
      List.of(
          "PURCHASE",
          "TRANSACTION",
          "COMMERCIAL",
          "ACTIVITY",
          "USE",
          "PAYMENT",
          "RESUMPTION",
          "STATUS",
          "SEGMENT",
          "SCORE",
          "RENEWAL",
          "DATE",
          "EVENT",
          "HAND");
  private static final List<Ending> CLEARINGS =
      List.of(
          Ending.CLEARED_BY_EVENT,
          Ending.CLEARED_BY_TIME,
          Ending.CLEARED_BY_CORRECTION,
          Ending.CLEARED_BY_POLICY);

  @Property(tries = 3_000)
  void noExplanationHasAnUnfilledArgumentOrAnOpenIsolate(@ForAll long seed) {
    Facts facts = facts(new Random(seed));
    for (Language language : Language.values()) {
      String text = Explanation.of(facts.fact(), language);
      assertThat(text)
          .isNotBlank()
          .doesNotContain("{")
          .doesNotContain("}")
          .doesNotContain("null")
          .doesNotContain("  ")
          .endsWith(".");
      assertThat(Isolates.depth(text)).as(text).isZero();
    }
  }

  private static Facts facts(Random random) {
    AlertChange change = pick(random, List.of(AlertChange.values()));
    Facts facts = Facts.of(change).under(random.nextBoolean() ? Facts.SHOP : Facts.TEHRAN);
    facts.owner(random.nextBoolean() ? "" : "crm").by(random.nextBoolean() ? "" : "سارا");
    facts.stake(random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(1, 60));
    if (change == AlertChange.HANDLED || (change == AlertChange.NOTED && random.nextBoolean())) {
      facts.outcome(pick(random, List.of(Outcome.values())));
    }
    if (change == AlertChange.CLEARED) {
      facts.ended(pick(random, CLEARINGS));
    }
    if (random.nextBoolean()) {
      facts.ofEventCase();
    }
    facts
        .word("cause", pick(random, CAUSES))
        .word("status", pick(random, List.of(Status.values())).name())
        .word("silentOf", pick(random, List.of(Silent.Kind.values())).name())
        .word("endsBy", pick(random, ENDINGS));
    Reason reason = pick(random, List.of(Reason.values()));
    facts.word("reason", reason.label());
    if (random.nextBoolean()) {
      facts
          .word("nextStatus", pick(random, List.of(Status.values())).name())
          .word("nextReason", pick(random, List.of(Reason.values())).label());
    }
    if (random.nextBoolean()) {
      Family family = pick(random, List.of(Family.values()));
      facts.word("event", family.label() + "." + pick(random, List.of(family.actions())).name());
    }
    values(random).forEach(finding -> facts.with(finding.name(), finding.value()));
    return facts;
  }

  private static Stream<Finding> values(Random random) {
    return Stream.of(
            MOMENTS.stream().map(name -> new Finding(name, new Moment(moment(random)))),
            SPANS.stream().map(name -> new Finding(name, new Span(span(random)))),
            WORDS.stream().map(name -> new Finding(name, new Word("واژه-" + random.nextInt(9)))),
            Stream.of("segment", "segmentBefore")
                .map(
                    name -> new Finding(name, new Word(random.nextBoolean() ? "Slipping" : "VIP"))),
            Stream.of("matches", "times", "rating", "score", "scaleMax", "points", "daysAhead")
                .map(name -> new Finding(name, new Count(random.nextInt(120)))),
            Stream.of("activityScore", "activityBelow", "activityUntil")
                .map(name -> new Finding(name, new Measure(random.nextDouble() * 100))),
            Stream.of("pAlive", "pAliveBelow", "returnChance")
                .map(name -> new Finding(name, new Share(random.nextDouble()))),
            Stream.of(
                new Finding("category", new Word("BILLING")),
                new Finding("channel", new Word("EMAIL"))))
        .flatMap(findings -> findings)
        .filter(finding -> random.nextInt(4) > 0);
  }

  private static long moment(Random random) {
    return Facts.NOW + random.nextInt(-900, 900) * Instants.DAY + random.nextInt();
  }

  private static long span(Random random) {
    return random.nextLong(800 * Instants.DAY) >>> random.nextInt(30);
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
