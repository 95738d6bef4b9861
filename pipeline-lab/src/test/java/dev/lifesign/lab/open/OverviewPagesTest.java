package dev.lifesign.lab.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.status.Status;
import dev.lifesign.lab.words.Words;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview as a page and as text, in each language. */
class OverviewPagesTest {

  private static final long UNTIL = Instant.parse("2024-03-19T20:30:00Z").toEpochMilli();

  private static final String MODEL =
      ", model: { family: BG_NBD, unit: P7D, r: 0.2, alpha: 4, a: 0.8, b: 2.4, spend: { p: 6, q: 4, v: 15 }, discountRate: 0.1, horizon: P180D }";
  private static final LineCounts ALL_USED = new LineCounts(400, 400, 0, 0, 0, 0, List.of());

  @ParameterizedTest
  @CsvSource({
    "en, ltr, Your customers on, 1 order; nothing for 41 days. Becomes Dormant on",
    "fa, rtl, مشتریان شما, ۱ سفارش؛ ۴۱ روز است که خریدی نکرده است. در",
    "ar, rtl, عملاؤك, طلب واحد؛ لا شيء منذ ",
  })
  void thePageIsWrittenInTheLanguageOfThePolicy(
      String language, String direction, String title, String call) {
    String page = OverviewHtml.of(overview(policy(language, "UTC", "gregorian"), 1), ALL_USED);
    assertThat(page)
        .contains("<html lang='" + language + "' dir='" + direction + "'>")
        .contains(title)
        .contains(call);
  }

  @Test
  void datesAreThoseOfThePolicysZoneAndCalendar() {
    assertThat(text("en", "UTC", "gregorian")).contains("Your customers on March 19, 2024");
    // In Tehran it is already the 20th, the first day of the year 1403.
    assertThat(text("en", "Asia/Tehran", "gregorian")).contains("March 20, 2024");
    assertThat(text("fa", "Asia/Tehran", "persian")).contains("۱ فروردین ۱۴۰۳");
  }

  @Test
  void whatAFileContainsIsNeverMarkup() {
    Overview overview = overview(policy("en", "UTC", "gregorian"), 1);
    assertThat(OverviewHtml.of(overview, lines("row 7: <b>&'")))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("row 7: &lt;b&gt;&amp;&#39;")
        .doesNotContain("<script>");
  }

  @Test
  void aPageIsSelfContained() {
    assertThat(OverviewHtml.of(overview(policy("en", "UTC", "gregorian"), 1), ALL_USED))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=");
  }

  @Test
  void rulesThatSayNoMoreThanAGuessAreCalledSo() {
    assertThat(tested(false))
        .contains("these rules say little about who comes back")
        .contains("Tossing a coin is right about half of both");
    assertThat(tested(true))
        .contains("would have been right about 83% of the 200 customers who did not order again")
        .contains("about 71% of the 100 who did")
        .doesNotContain("Tossing a coin");
  }

  private static String tested(boolean useful) {
    Overview all = overview(policy("en", "UTC", "gregorian"), 1);
    Overview overview =
        new Overview(
            all.source(),
            all.policy(),
            all.totals(),
            all.statuses(),
            all.calls(),
            all.segments(),
            all.weeks(),
            Optional.of(new Overview.Tested(UNTIL, 60, 200, 0.83, 100, 0.71, useful)));
    return OverviewHtml.of(overview, ALL_USED);
  }

  @ParameterizedTest
  @CsvSource({
    "en, 'Read: 1,000 rows. Used: 900 events, 3 of them late. Duplicates: 5. Left out: 60. Refused: 35.'",
    "fa, 'خوانده‌شده: ۱٬۰۰۰ ردیف. به‌کاررفته: ۹۰۰ رویداد، ۳ رویداد با تأخیر. تکراری: ۵.'",
    "ar, 'استُعمل: 900 حدث، منها 3 متأخرة. مكرر: 5. استُبعد: 60. رُفض: 35.'"
  })
  void theLinesAreCountedInTheLanguageOfThePolicy(String language, String counts) {
    LineCounts lines = new LineCounts(1_000, 900, 3, 5, 60, 35, List.of("Refused, dates: 35"));
    Overview overview = overview(policy(language, "UTC", "gregorian"), 1);
    assertThat(OverviewHtml.of(overview, lines))
        .contains(counts)
        .contains("<ul lang='en' dir='ltr'>\n<li>Refused, dates: 35</li>");
    assertThat(OverviewText.of(overview, lines)).contains(counts);
  }

  @Test
  void onlyAFileWithoutDuplicatesIsSaidToBeUsedCompletely() {
    Overview overview = overview(policy("en", "UTC", "gregorian"), 1);
    String all = "Nothing: every row was read and used.";
    assertThat(OverviewText.of(overview, ALL_USED)).contains(all);
    assertThat(OverviewText.of(overview, new LineCounts(2, 1, 0, 1, 0, 0, List.of())))
        .doesNotContain(all);
  }

  @ParameterizedTest
  @CsvSource({"en, Champions", "fa, بهترین‌ها", "ar, الأبطال"})
  void theDefaultSegmentsHaveNamesInEachLanguage(String language, String name) {
    Words words = Words.of(policy(language, "UTC", "gregorian"), Overview.class);
    assertThat(words.segment("Champions")).isEqualTo(name);
    assertThat(words.segment("Our best {1}")).isEqualTo("Our best {1}");
    for (Policy.SegmentRule rule : policy(language, "UTC", "gregorian").rfm().segments()) {
      assertThat(words.segment(rule.name())).matches(language.equals("en") ? "[A-Z].*" : "[^a-z]+");
    }
  }

  @Test
  void thePageSaysWhichRuleDecidesAndForHowManyDaysMoneyCounts() {
    String fixed = method("risk: { method: fixed, fixed: P40D }", "P90D", "");
    assertThat(fixed)
        .contains("at risk when they have been silent for 40 days.")
        .contains("is what they have spent in the last 90 days.")
        .contains("Spent in the last 90 days");
    assertThat(method("risk: { method: personal }", "P365D", MODEL))
        .contains("silent for longer than is usual for them.")
        .contains("in the last 365 days, or what they are expected to spend in the next 180 days");
    assertThat(method("risk: { method: model, model: { pAlive: 0.4 } }", "P365D", MODEL))
        .contains("a probability of 40% or less");
  }

  private static String method(String risk, String window, String model) {
    Policy policy =
        PolicyReader.read(
                "{ version: 1, lifecycle: { %s }, rfm: { window: %s }%s }"
                    .formatted(risk, window, model))
            .policy()
            .orElseThrow();
    return OverviewHtml.of(overview(policy, 1), ALL_USED);
  }

  private static LineCounts lines(String detail) {
    return new LineCounts(400, 399, 0, 0, 0, 1, List.of(detail));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar"})
  void everyLanguageHasTheSameWords(String language) throws IOException {
    assertThat(keys(language)).isEqualTo(keys("en"));
  }

  private static Object keys(String language) throws IOException {
    Properties words = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            Overview.class.getResourceAsStream("words_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    return words.keySet();
  }

  private static String text(String language, String zone, String months) {
    return OverviewText.of(overview(policy(language, zone, months), 3), ALL_USED);
  }

  private static Policy policy(String language, String zone, String months) {
    return PolicyReader.read(
            "{ version: 1, language: %s, calendar: { zone: %s, months: %s } }"
                .formatted(language, zone, months))
        .policy()
        .orElseThrow();
  }

  private static Overview overview(Policy policy, long orders) {
    return new Overview(
        "orders.csv",
        policy,
        new Overview.Totals(120, 80, 400, 1_234_500, UNTIL - 90_000_000_000L, UNTIL),
        List.of(
            new Overview.StatusGroup(Status.ACTIVE, 80, 900_000),
            new Overview.StatusGroup(Status.AT_RISK, 40, 120_000)),
        List.of(
            new Overview.Call(
                "<script>alert(1)</script>",
                orders,
                orders < 3 ? OptionalInt.empty() : OptionalInt.of(21),
                41,
                98_000,
                OptionalDouble.of(0.61),
                Optional.of(new Overview.Next(Status.DORMANT, UNTIL + 900_000_000L)))),
        List.of(new Overview.SegmentGroup("Champions", 12, 500_000)),
        List.of(new Overview.Week(UNTIL - 604_800_000L, 70, 50), new Overview.Week(UNTIL, 80, 40)),
        Optional.of(new Overview.Tested(UNTIL - 7_776_000_000L, 90, 110, 0.83, 30, 0.71, true)));
  }
}
