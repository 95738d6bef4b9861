package dev.lifesign.lab.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
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

  @ParameterizedTest
  @CsvSource({
    "en, ltr, Your customers on, 1 order; nothing for 41 days. Becomes Dormant on",
    "fa, rtl, مشتریان شما, ۱ سفارش؛ ۴۱ روز است که خریدی نکرده است. در",
    "ar, rtl, عملاؤك, طلب واحد؛ لا شيء منذ ",
  })
  void thePageIsWrittenInTheLanguageOfThePolicy(
      String language, String direction, String title, String call) {
    String page = OverviewHtml.of(overview(policy(language, "UTC", "gregorian"), 1), List.of());
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
    assertThat(OverviewHtml.of(overview, List.of("row 7: <b>&'")))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("row 7: &lt;b&gt;&amp;&#39;")
        .doesNotContain("<script>");
  }

  @Test
  void aPageIsSelfContained() {
    assertThat(OverviewHtml.of(overview(policy("en", "UTC", "gregorian"), 1), List.of()))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=");
  }

  @Test
  void aRuleThatSaysNoMoreThanAGuessIsCalledSo() {
    Overview.Tested useless = new Overview.Tested(UNTIL, 60, 300, 0.8, 0.8);
    assertThat(useless.isUseful()).isFalse();
    assertThat(new Overview.Tested(UNTIL, 60, 300, 0.81, 0.8).isUseful()).isTrue();
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
    return OverviewText.of(overview(policy(language, zone, months), 3), List.of());
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
        Optional.of(new Overview.Tested(UNTIL - 7_776_000_000L, 90, 110, 0.83, 0.71)));
  }
}
