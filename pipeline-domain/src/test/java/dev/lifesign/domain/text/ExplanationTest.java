package dev.lifesign.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read about an alert. Isolates are left out where they only tire the reader. */
class ExplanationTest {

  private static final Facts SILENT = silent(AlertChange.RAISED);

  @Test
  void silenceIsExplainedByTheCustomersOwnRhythm() {
    assertThat(english(SILENT))
        .isEqualTo(
            "Usually buys every 19 days; silent for 54 days (since 3 March). At risk after 48"
                + " days. At stake: US$120. A purchase or a subscription ends this alert. Dormant"
                + " on 2 May unless something changes.");
    assertThat(persian(SILENT))
        .isEqualTo(
            "معمولاً هر ۱۹ روز یک بار خرید می‌کند، اما ۵۴ روز است (از ۳ مارس) که خبری از او نیست."
                + " پس از ۴۸ روز «در خطر» شمرده می‌شود. ارزش در خطر: $۱۲۰. این هشدار با خرید یا"
                + " اشتراک تازه پایان می‌یابد. اگر خبری نشود، از ۲ مه «خاموش» شمرده می‌شود.");
    assertThat(arabic(SILENT))
        .isEqualTo(
            "يشتري عادةً كل ١٩ يومًا، لكنه صامت منذ ٥٤ يومًا (منذ ٣ مارس). يُعدّ «مهدَّدًا» بعد ٤٨"
                + " يومًا. القيمة المعرضة للخسارة: ١٢٠ US$. ينتهي هذا التنبيه بعملية شراء أو"
                + " باشتراك جديد. إن لم يستجد شيء يُعدّ «خامدًا» في ٢ مايو.");
  }

  @Test
  void anAlertThatGotWorseSaysSo() {
    Facts worse = silent(AlertChange.ESCALATED);
    assertThat(english(worse)).startsWith("It got worse. Usually buys every 19 days;");
    assertThat(persian(worse)).startsWith("وضع بدتر شد. معمولاً");
    assertThat(arabic(worse)).startsWith("ازداد الوضع سوءًا. يشتري عادةً");
  }

  @Test
  void aFailedPaymentNamesTheSubscriptionAndItsEnd() {
    Facts failed =
        Facts.of(AlertChange.RAISED)
            .word("status", "AT_RISK")
            .word("reason", "PAYMENT_FAILED")
            .word("cause", "STATUS")
            .word("subscription", "s-9")
            .moment("entitledUntil", "2025-01-05T00:00:00Z")
            .word("endsBy", "PAYMENT")
            .word("nextStatus", "AT_RISK")
            .word("nextReason", "SUBSCRIPTION_ENDED")
            .moment("nextAt", "2025-01-05T00:00:00Z");
    assertThat(english(failed))
        .isEqualTo(
            "A payment for subscription s-9 failed; it ends on 5 January 2025 unless one succeeds."
                + " A successful payment ends this alert. The subscription ends on 5 January 2025"
                + " unless something changes.");
    assertThat(persian(failed))
        .startsWith(
            "پرداخت اشتراک s-9 ناموفق بود؛ اگر پرداخت نشود، در ۵ ژانویهٔ ۲۰۲۵ پایان می‌یابد.");
    assertThat(arabic(failed))
        .startsWith("لم تنجح دفعة الاشتراك s-9؛ وينتهي في ٥ يناير ٢٠٢٥ ما لم تنجح دفعة.");
  }

  @Test
  void anUnusedSubscriptionSaysSinceWhen() {
    Facts unused =
        Facts.of(AlertChange.RAISED)
            .word("status", "AT_RISK")
            .word("reason", "UNUSED")
            .word("cause", "STATUS")
            .moment("lastUse", "2024-01-05T00:00:00Z")
            .moment("unusedSince", "2024-03-27T00:00:00Z")
            .days("unusedFor", 30)
            .days("threshold", 21)
            .word("endsBy", "USE");
    assertThat(english(unused))
        .isEqualTo(
            "Subscribed, but unused for 30 days (since 27 March). At risk after 21 days. Use ends"
                + " this alert.");
    assertThat(persian(unused))
        .startsWith("مشترک است، اما ۳۰ روز است (از ۲۷ مارس) که از آن استفاده نکرده است.");
    assertThat(arabic(unused))
        .startsWith("مشترك، لكنه لم يستخدم اشتراكه منذ ٣٠ يومًا (منذ ٢٧ مارس).");
  }

  @Test
  void anEventCaseSaysWhatHappened() {
    Facts complaint =
        Facts.of(AlertChange.RAISED)
            .ofEventCase()
            .word("cause", "EVENT")
            .word("event", "support.OPENED")
            .moment("occurredAt", "2024-04-26T09:00:00Z")
            .word("subject", "T-17")
            .word("category", "COMPLAINT")
            .count("matches", 3)
            .days("within", 30)
            .word("endsBy", "EVENT");
    assertThat(english(complaint))
        .isEqualTo(
            "The customer opened ticket T-17 (complaint) on 26 April. That makes 3 such events in"
                + " less than 30 days. The event that the case names ends this alert.");
    assertThat(persian(complaint))
        .startsWith(
            "مشتری در ۲۶ آوریل تیکت T-17 (شکایت) را باز کرد. با این، ۳ رویداد مشابه در کمتر از ۳۰ روز");
    assertThat(arabic(complaint))
        .startsWith(
            "فتح العميل التذكرة T-17 (شكوى) في ٢٦ أبريل. وبذلك تبلغ الأحداث المماثلة ٣ في أقل من ٣٠ يومًا.");
  }

  @Test
  void aReturnClearsWithWhatTheCustomerDid() {
    Facts back =
        Facts.of(AlertChange.CLEARED)
            .ended(Ending.CLEARED_BY_EVENT)
            .word("event", "purchase.PURCHASE")
            .moment("occurredAt", "2024-04-26T09:00:00Z")
            .word("subject", "o-7")
            .word("status", "REACTIVATED");
    assertThat(english(back))
        .isEqualTo("Over: the customer placed order o-7 on 26 April. The customer is now back.");
    assertThat(persian(back))
        .isEqualTo(
            "پایان یافت: مشتری در ۲۶ آوریل سفارش o-7 را ثبت کرد. وضعیت مشتری اکنون «بازگشته» است.");
    assertThat(arabic(back))
        .isEqualTo("انتهى: قدّم العميل الطلب o-7 في ٢٦ أبريل. حالة العميل الآن «عاد».");
  }

  @Test
  void anAlertThatTimeClearsIsClosedNotSolved() {
    Facts closed =
        Facts.of(AlertChange.CLEARED).ended(Ending.CLEARED_BY_TIME).word("status", "DORMANT");
    assertThat(english(closed))
        .isEqualTo("Closed: the cause no longer applies. The customer is now dormant.");
    assertThat(persian(closed)).startsWith("بسته شد: علت آن دیگر برقرار نیست.");
    assertThat(arabic(closed)).startsWith("أُغلق: لم يعد السبب قائمًا.");
    Facts dropped = Facts.of(AlertChange.CLEARED).ended(Ending.CLEARED_BY_POLICY);
    assertThat(english(dropped)).startsWith("Closed: the policy has changed.");
  }

  @Test
  void anAlertThatNoEventEndsSaysWhoMustAndWhenItExpires() {
    Facts returned =
        Facts.of(AlertChange.RAISED)
            .ofEventCase()
            .word("cause", "EVENT")
            .word("event", "purchase.REFUND")
            .moment("occurredAt", "2024-04-26T09:00:00Z")
            .word("endsBy", "HAND")
            .moment("expiresAt", "2024-06-25T10:00:00Z");
    assertThat(english(returned))
        .isEqualTo(
            "A purchase was refunded on 26 April. Someone has to resolve this alert; otherwise it"
                + " expires on 25 June.");
    assertThat(persian(returned))
        .endsWith("کسی باید این هشدار را ببندد؛ وگرنه در ۲۵ ژوئن منقضی می‌شود.");
    assertThat(arabic(returned))
        .endsWith("ينبغي أن يغلق أحد هذا التنبيه، وإلا انقضت صلاحيته في ٢٥ يونيو.");
  }

  @Test
  void aContactOnAnUnknownChannelIsSaidWithoutIt() {
    Facts visited =
        Facts.of(AlertChange.CLEARED)
            .ended(Ending.CLEARED_BY_EVENT)
            .word("event", "contact.VISITED")
            .moment("occurredAt", "2024-04-26T09:00:00Z")
            .word("status", "ACTIVE");
    assertThat(english(visited))
        .isEqualTo("Over: the customer came by on 26 April. The customer is now active.");
    assertThat(persian(visited)).startsWith("پایان یافت: مشتری در ۲۶ آوریل سر زد.");
    assertThat(arabic(visited)).startsWith("انتهى: زارنا العميل في ٢٦ أبريل.");
  }

  @Test
  void aWithdrawnAlertSaysWhatTheLateEventShowed() {
    Facts withdrawn =
        Facts.of(AlertChange.CLEARED)
            .ofEventCase()
            .ended(Ending.CLEARED_BY_CORRECTION)
            .word("event", "purchase.PURCHASE")
            .moment("occurredAt", "2024-04-20T09:00:00Z");
    assertThat(english(withdrawn))
        .isEqualTo(
            "Withdrawn: a late event showed that there was no cause (the customer bought something"
                + " on 20 April).");
    assertThat(persian(withdrawn))
        .isEqualTo(
            "پس گرفته شد: رویدادی که دیر رسید نشان داد که علتی در کار نبوده است (مشتری در ۲۰ آوریل"
                + " خرید کرد).");
    assertThat(arabic(withdrawn))
        .isEqualTo("سُحب: أظهر حدث متأخر أنه لم يكن هناك سبب (اشترى العميل في ٢٠ أبريل).");
  }

  @Test
  void whatAPersonDidIsSaidWithTheName() {
    Facts handled = Facts.of(AlertChange.HANDLED).by("Sara").outcome(Outcome.SAVED);
    assertThat(english(handled)).isEqualTo("Sara resolved it: the customer was saved.");
    assertThat(persian(handled)).isEqualTo("Sara آن را بست: مشتری حفظ شد.");
    assertThat(arabic(handled)).isEqualTo("أغلقه Sara: بقي العميل.");
  }

  @Test
  void aSnoozeSaysUntilWhatHourOfThePolicysZone() {
    Facts snoozed =
        Facts.of(AlertChange.SNOOZED)
            .by("سارا")
            .under(Facts.TEHRAN)
            .moment("snoozedUntil", "2024-05-02T20:30:00Z");
    assertThat(persian(snoozed))
        .isEqualTo("سارا آن را تا ۱۴ اردیبهشت، ساعت ۰:۰۰، به تعویق انداخت.");
    assertThat(Explanation.of(snoozed.fact(), Language.EN))
        .isEqualTo("\u2068سارا\u2069 snoozed it until 14 Ordibehesht, 00:00.");
  }

  @Test
  void persianMonthsAreThoseOfThePolicysCalendarAndYearsToo() {
    assertThat(persian(silent(AlertChange.RAISED).under(Facts.TEHRAN)))
        .contains("(از ۱۳ اسفند ۱۴۰۲)")
        .contains("از ۱۳ اردیبهشت «خاموش»");
  }

  @ParameterizedTest
  @CsvSource({
    "0, منذ ٠ دقيقة",
    "1, منذ يوم واحد",
    "2, منذ يومين",
    "3, منذ ٣ أيام",
    "11, منذ ١١ يومًا",
    "100, منذ ١٠٠ يوم",
    "103, منذ ١٠٣ أيام"
  })
  void arabicCountsDaysInSixForms(long days, String expected) {
    assertThat(arabic(silentFor((double) days))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0007, 1 minute",
    "0.5, 12 hours",
    "0.99, 1 day",
    "1, 1 day",
    "1.5, 36 hours",
    "1.99, 2 days",
    "47.5, 48 days",
    "400.2, 400 days"
  })
  void durationsAreSaidInTheUnitThatPeopleUse(double days, String expected) {
    assertThat(english(silentFor(days))).contains("silent for " + expected + " (since");
  }

  @Test
  void whatIsBeyondALimitIsNeverSaidToBeLess() {
    // Both are rounded the same way, so 47.5 days of silence are not "47 days; at risk after 48".
    Facts justNow = silent(AlertChange.RAISED, 47.5, 47.5);
    assertThat(english(justNow)).contains("silent for 48 days").contains("At risk after 48 days");
    Facts score =
        Facts.of(AlertChange.RAISED)
            .word("cause", "ACTIVITY")
            .measure("activityScore", 4.999)
            .measure("activityBelow", 5);
    assertThat(english(score)).isEqualTo("The activity score has fallen to 4.9; the limit is 5.");
  }

  @Test
  void idsNamesFiguresAndDatesAreIsolatedWhereTheTextRunsFromRightToLeft() {
    assertThat(Explanation.of(SILENT.fact(), Language.FA))
        .contains("\u2068۵۴ روز\u2069")
        .contains("(از \u2068۳ مارس\u2069)")
        .contains("\u2068\u200E$۱۲۰\u2069");
    assertThat(Explanation.of(SILENT.fact(), Language.EN)).doesNotContain("\u2068");
  }

  @Test
  void aNameCannotBringDirectionsOrLinesOfItsOwn() {
    Facts sly = Facts.of(AlertChange.ACKNOWLEDGED).by("a\u2067b\u202E\n{c}''");
    assertThat(Explanation.of(sly.fact(), Language.FA))
        .isEqualTo("\u2068ab {c}''\u2069 در حال پیگیری است.");
  }

  @Test
  void theLanguageIsThePolicys() {
    Policy persian = Facts.policy("language: fa");
    AlertFact fact = Facts.of(AlertChange.WOKEN).under(persian).fact();
    assertThat(Explanation.of(fact)).isEqualTo("زمان تعویق به سر رسید.");
  }

  private static Facts silentFor(double days) {
    return silent(AlertChange.RAISED, days, 48);
  }

  private static Facts silent(AlertChange change) {
    return silent(change, 54, 47.5);
  }

  private static Facts silent(AlertChange change, double days, double threshold) {
    return Facts.of(change)
        .stake(12_000)
        .word("status", "AT_RISK")
        .word("reason", "SILENCE")
        .word("cause", "STATUS")
        .days("usualGap", 19)
        .moment("silentSince", "2024-03-03T10:00:00Z")
        .days("silentFor", days)
        .days("threshold", threshold)
        .word("endsBy", "COMMERCIAL")
        .word("nextStatus", "DORMANT")
        .moment("nextAt", "2024-05-02T10:00:00Z");
  }

  private static String english(Facts facts) {
    return Isolates.without(Explanation.of(facts.fact(), Language.EN));
  }

  private static String persian(Facts facts) {
    return Isolates.without(Explanation.of(facts.fact(), Language.FA));
  }

  private static String arabic(Facts facts) {
    return Isolates.without(Explanation.of(facts.fact(), Language.AR));
  }
}
