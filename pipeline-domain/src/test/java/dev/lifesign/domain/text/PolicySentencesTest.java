package dev.lifesign.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.text.PolicySentences.Group;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A policy in sentences. */
class PolicySentencesTest {

  @Test
  void aLadderIsSaidRungByRung() {
    assertThat(sentences(PolicyFacts.POLICY, Language.EN, "Case silence"))
        .containsExactly(
            "“at-risk” raises an alert when the status is at risk, once that has held for 15"
                + " minutes; the severity follows the value at stake: medium from US$20, high from"
                + " US$100, critical from US$500.50.",
            "“gone” escalates it, or raises one, when the status is dormant or lost because of"
                + " silence, once that has held for 15 minutes, only where customer.valueAtStake >="
                + " 2000; the severity is high; there is no time limit to act.",
            "The alert ends by itself once none of these conditions holds.",
            "What to do: win-back, e-mail.",
            "Owner: retention.",
            "Someone should act within 2 working days.",
            "After that, sara takes over.",
            "For 30 days after it was handled or expired, only a worse one is raised, and nobody is"
                + " notified twice about the same.",
            "Left alone, it expires after 120 days.",
            "For 10% of customers, alerts are recorded but not delivered, to measure what they"
                + " achieve.");
  }

  @Test
  void anEventCaseShowsItsExpressionsAsWritten() {
    assertThat(sentences(PolicyFacts.POLICY, Language.EN, "Case complaint"))
        .contains(
            "3 events within 30 days raise an alert where event.category == 'COMPLAINT'.",
            "An event ends it where event.ticketId == alert.subject.",
            "Owner: the customer's own contact, or complaint if there is none.",
            "After it has ended, it can be raised again at once.");
    assertThat(PolicySentences.of(PolicyFacts.POLICY, Language.AR).toString())
        .contains("\u2068event.ticketId == alert.subject\u2069");
  }

  @Test
  void whereOnlyARungHasATimeLimitTheCaseDoesNotSayThatThereIsNone() {
    Policy policy =
        Facts.policy(
            """
            cases:
              - id: a
                escalateTo: sara
                ladder:
                  - { id: low, when: { status: { in: [AT_RISK] } } }
                  - { id: high, when: { status: { in: [CHURNED] } }, due: 2 }
            """);
    assertThat(sentences(policy, Language.EN, "Case a"))
        .contains(
            "“high” escalates it, or raises one, when the status is lost; the severity is medium;"
                + " someone should act within 2 working days.",
            "Where a time limit passes, sara takes over.")
        .doesNotContain("There is no time limit to act.", "After that, sara takes over.");
    assertThat(sentences(policy, Language.FA, "مورد a"))
        .contains("هر جا مهلتی بگذرد، به sara سپرده می‌شود.");
    assertThat(sentences(policy, Language.AR, "القضية a"))
        .contains("وحيثما انقضت مهلة، يُسند إلى sara.");
  }

  @Test
  void theSameIsSaidInPersianAndArabic() {
    assertThat(sentences(PolicyFacts.POLICY, Language.FA, "مورد silence"))
        .contains(
            "at-risk: هشدار می‌دهد، وقتی وضعیت «در خطر» باشد، پس از آنکه این وضع ۱۵ دقیقه پابرجا بماند؛ شدت به ارزش در خطر بستگی دارد: از $۲۰ متوسط، از $۱۰۰ زیاد و از $۵۰۰٫۵۰ بحرانی.",
            "gone: هشدار را شدیدتر می‌کند یا هشدار می‌دهد، وقتی وضعیت «خاموش» یا «از دست رفته» باشد، به علت سکوت، پس از آنکه این وضع ۱۵ دقیقه پابرجا بماند، تنها اگر customer.valueAtStake >= 2000؛ شدت آن زیاد است؛ مهلتی برای اقدام ندارد.",
            "اقدام: win-back، ایمیل.",
            "باید ظرف ۲ روز کاری اقدام شود.",
            "اگر کسی اقدام نکند، پس از ۱۲۰ روز منقضی می‌شود.");
    assertThat(sentences(PolicyFacts.POLICY, Language.AR, "القضية silence"))
        .contains(
            "at-risk: تُطلق تنبيهًا إذا كانت الحالة «مهدَّد»، بعد أن يدوم ذلك لمدة ١٥ دقيقة؛ والخطورة بحسب القيمة المعرضة للخسارة: متوسطة من ٢٠ US$، وعالية من ١٠٠ US$، وحرجة من ٥٠٠٫٥٠ US$.",
            "gone: تُصعّد التنبيه أو تُطلقه إذا كانت الحالة «خامد» أو «مفقود» بسبب الصمت، بعد أن يدوم ذلك لمدة ١٥ دقيقة، بشرط أن customer.valueAtStake >= 2000؛ ودرجة الخطورة عالية؛ ولا مهلة للتصرف.",
            "المطلوب: win-back، البريد الإلكتروني.",
            "ينبغي التصرف خلال يومَي عمل.",
            "إن لم يتصرف أحد، تنقضي صلاحيته بعد ١٢٠ يومًا.");
  }

  @Test
  void aRenewalSaysThatAShortTermIsHalved() {
    assertThat(
            sentences(
                PolicyFacts.with(List.of(PolicyFacts.everyCondition())),
                Language.EN,
                "Case everything"))
        .contains(
            "“r8” escalates it, or raises one, when a subscription renews within 14 days, or, if its"
                + " last term is shorter than that, within half of that term, once that has held"
                + " for 15 minutes; the severity is high; someone should act within 11 working"
                + " days.");
  }

  @Test
  void theRiskMethodIsSaidWithItsBoundsAndWhatHoldsWhereItSaysNothing() {
    assertThat(sentences(byRhythm(), Language.EN, "Statuses"))
        .contains(
            "They are at risk after 2.5 times their own mean gap between purchase days: not before 14"
                + " days of silence, and after 180 days at the latest.",
            "With fewer than three purchase days, they are at risk after 60 days of silence.",
            "Only a purchase or a subscription brings such a customer back.");
  }

  @Test
  void aPolicyWithoutCasesSaysThatNoAlertsAreRaised() {
    assertThat(sentences(Facts.SHOP, Language.EN, "Cases"))
        .containsExactly("There are no cases, so no alerts are raised.");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyConditionAndEveryRiskMethodIsSaidInFull(Language language) {
    Policy conditions = PolicyFacts.with(Facts.TEHRAN, List.of(PolicyFacts.everyCondition()));
    assertWhole(conditions, language);
    assertWhole(byRhythm(), language);
    for (String method : List.of("model", "return")) {
      assertWhole(
          Facts.policy(
              """
              lifecycle:
                risk: { method: %s, fixed: P60D }
                loyal: { subscribedFor: P365D }
                usageRiskAfter: PT36H
                returnBy: activity
                onSubscriptionEnd: CHURNED
              rfm: { cuts: { recencyDays: [1, 2, 3, 4], orders: [1, 2, 3, 4], money: [1, 2, 3, 4] } }
              model: { r: 0.2, alpha: 4, a: 0.8, b: 2.4, spend: { p: 6, q: 4, v: 15 } }
              """
                  .formatted(method)),
          language);
    }
  }

  private static Policy byRhythm() {
    return Facts.policy(
        "lifecycle: { risk: { method: personal, fixed: P60D, personal: { min: P14D } } }");
  }

  private static void assertWhole(Policy policy, Language language) {
    for (Group group : PolicySentences.of(policy, language)) {
      assertThat(group.sentences()).as(group.heading()).isNotEmpty();
      for (String sentence : group.sentences()) {
        assertThat(sentence).isNotBlank().doesNotContain("{").doesNotContain("null");
        assertThat(Isolates.depth(sentence)).as(sentence).isZero();
      }
    }
  }

  private static List<String> sentences(Policy policy, Language language, String heading) {
    return PolicySentences.of(policy, language).stream()
        .filter(group -> Isolates.without(group.heading()).equals(heading))
        .flatMap(group -> group.sentences().stream())
        .map(Isolates::without)
        .toList();
  }
}
