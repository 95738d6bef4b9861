package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.mapping.ShortForm;
import dev.lifesign.lab.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recommended for shops of every kind, made up and real. */
class RecommendationTest {

  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();
  private static final Objective PROFIT = new Objective.Profit(200, 0.3, 0.1);
  private static final Objective BALANCED = new Objective.Balanced();
  private static final Objective ACCURACY = new Objective.Accuracy();

  @TempDir Path dir;

  /** The golden texts are beside this test; what a shop's report must say stands in each. */
  @ParameterizedTest
  @EnumSource(Shop.class)
  void theReportSaysTheRightThingAboutEveryShop(Shop shop) throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(shop.write(dir)),
            Presets.text("retail"),
            BacktestPlan.of(OptionalLong.empty(), 90));
    String text = String.join("\n", english(report).verdict()) + "\n";
    assertThat(text).isEqualTo(golden(shop.name().toLowerCase(Locale.ROOT)));
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = RecommendationTest.class.getResourceAsStream(name + ".txt")) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aShortHistoryIsTooEarly() throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(Shop.RANDOM.write(dir)),
            Presets.text("retail"),
            BacktestPlan.of(OptionalLong.of((Shop.FIRST + 300L) * 86_400_000L), 90));
    assertThat(report.verdict().kind()).isEqualTo(Verdict.Kind.EARLY);
    assertThat(report.choice()).isEmpty();
    assertThat(report.recommended()).isEqualTo(Presets.text("retail"));
  }

  @Test
  void noMoreAlertsAreRecommendedThanAreAskedFor() throws IOException {
    EventFile file = new JsonLinesFile(Shop.RANDOM.write(dir));
    BacktestReport any = backtest(file, given("P30D"), plan(BALANCED, Limits.DEFAULT));
    double most = any.chosenResult().last().notificationsPerWeek() / 2;
    BacktestReport few =
        backtest(file, given("P30D"), plan(BALANCED, new Limits(7, OptionalDouble.of(most))));
    assertThat(few.choice().orElseThrow().recommended().candidate().notificationsPerWeek())
        .isLessThanOrEqualTo(most);
    assertThat(few.chosenResult().last().notificationsPerWeek())
        .isLessThan(any.chosenResult().last().notificationsPerWeek());
  }

  @Test
  void aRuleThatDecidesAsTheGivenOneIsEstimatedToNotifyAsOften() throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(Shop.RANDOM.write(dir)),
            given("P30D"),
            plan(BALANCED, new Limits(7, OptionalDouble.of(1_000))));
    List<Candidate> candidates =
        report.choice().orElseThrow().weighed().stream().map(Choice.Weighed::candidate).toList();
    assertThat(notifications(candidates, Candidate.Origin.PRESET, "saas"))
        .isCloseTo(notifications(candidates, Candidate.Origin.GIVEN, "policy.yaml"), within(1e-9));
  }

  private static double notifications(
      List<Candidate> candidates, Candidate.Origin origin, String name) {
    return candidates.stream()
        .filter(each -> each.origin() == origin && each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .notificationsPerWeek();
  }

  @Test
  void whereNoRuleKeepsToTheLimitsNothingIsRecommended() throws IOException {
    EventFile file = new JsonLinesFile(Shop.RANDOM.write(dir));
    String silenceOnly = given("P30D").replaceFirst("(?s)  # Most who order once.*", "");
    BacktestReport few =
        backtest(file, silenceOnly, plan(BALANCED, new Limits(7, OptionalDouble.of(0.001))));
    // Only to call nobody lost tells so few things.
    assertThat(few.verdict().kind()).isEqualTo(Verdict.Kind.SILENT);
    assertThat(few.recommended()).isEqualTo(silenceOnly);
    BacktestReport others =
        backtest(file, given("P30D"), plan(BALANCED, new Limits(7, OptionalDouble.of(0.001))));
    // What cases tell that are not about silence is more than that already.
    assertThat(others.verdict().kind()).isEqualTo(Verdict.Kind.LIMITED);
    BacktestReport none =
        backtest(file, given("P30D"), plan(BALANCED, new Limits(7, OptionalDouble.of(-1))));
    assertThat(none.verdict().kind()).isEqualTo(Verdict.Kind.LIMITED);
    assertThat(none.recommended()).isEqualTo(given("P30D"));
  }

  @Test
  void limitsThatLeaveNothingAreNotTakenForASilenceThatSaysNothing() throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(Shop.RANDOM.write(dir)),
            given("P30D"),
            plan(BALANCED, new Limits(400, OptionalDouble.empty())));
    assertThat(report.verdict().kind()).isEqualTo(Verdict.Kind.SILENT);
    assertThat(english(report).headline())
        .contains("Silence does tell who comes back")
        .doesNotContain("tells little");
  }

  @Test
  void presetsAreComparedUnderALimitOfAlertsToo() throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(Shop.RANDOM.write(dir)),
            given("P30D"),
            plan(BALANCED, new Limits(7, OptionalDouble.of(1_000))));
    assertThat(report.choice().orElseThrow().weighed())
        .allMatch(Choice.Weighed::allowed)
        .filteredOn(each -> each.candidate().origin() == Candidate.Origin.PRESET)
        .hasSizeGreaterThan(2)
        .allMatch(each -> each.candidate().notificationsPerWeek() > 0);
  }

  private static BacktestPlan plan(Objective objective, Limits limits) {
    return new BacktestPlan(OptionalLong.empty(), 90, 1, objective, limits, true);
  }

  private static String given(String fixed) {
    return Presets.text("retail")
        .replace("method: personal", "method: fixed")
        .replace("fixed: P60D", "fixed: " + fixed);
  }

  @Test
  void aPolicyThatPutsCustomersAtRiskTooSoonIsNotKept() throws IOException {
    BacktestReport report =
        backtest(
            new JsonLinesFile(Shop.RANDOM.write(dir)),
            given("P2D"),
            plan(ACCURACY, Limits.DEFAULT));
    assertThat(earliest(report)).isGreaterThanOrEqualTo(7);
    assertThat(String.join(" ", english(report).verdict()))
        .contains("Your policy can put customers at risk after only 2 days of silence");
  }

  static Stream<Arguments> realShops() {
    List<Arguments> all = new ArrayList<>();
    for (Objective objective : List.of(BALANCED, ACCURACY, PROFIT)) {
      all.add(Arguments.of("cdnow", objective, 90, "1998-07-01"));
      all.add(Arguments.of("cdnow", objective, 60, "1998-02-01"));
      all.add(Arguments.of("online-retail", objective, 30, "2011-07-01"));
      all.add(Arguments.of("online-retail", objective, 20, "2011-05-15"));
    }
    all.add(Arguments.of("cdnow", BALANCED, 180, "1998-07-01"));
    all.add(Arguments.of("online-retail", BALANCED, 60, "2011-07-01"));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("realShops")
  void theRecommendationIsNotBelowTheGivenPolicyOrTheGuessByMoreThanChance(
      String shop, Objective objective, int holdout, String until) {
    EventFile file = real(shop);
    BacktestReport report =
        backtest(
            file,
            Presets.text("retail"),
            new BacktestPlan(
                OptionalLong.of(
                    LocalDate.parse(until).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()),
                holdout,
                1,
                objective,
                Limits.DEFAULT,
                true));
    PolicyResult recommended = report.recommendedResult();
    PolicyResult.Comparison last = recommended.last().comparison();
    PolicyResult.Comparison given = report.results().get(0).last().comparison();
    assertThat(last.policy().value())
        .isGreaterThanOrEqualTo(given.policy().value() - recommended.errors().errorToGiven());
    // Where every rule is worse than a guess, the report says so and recommends none.
    if (report.verdict().kind() == Verdict.Kind.CHANGE) {
      assertThat(last.policy().value())
          .isGreaterThanOrEqualTo(last.guess().value() - recommended.errors().errorToGuess());
      assertThat(earliest(report)).isGreaterThanOrEqualTo(report.scope().earliest());
    }
  }

  /** The shortest silence that puts anybody at risk under the recommended policy. */
  private static int earliest(BacktestReport report) {
    return RiskSetting.earliest(PolicyReader.read(report.recommended()).policy().orElseThrow());
  }

  private static EventFile real(String shop) {
    if (shop.equals("cdnow")) {
      return table(
          "cdnow/CDNOW_sample.txt",
          "customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space,currency=USD");
    }
    return table(
        "online-retail/invoices-to-2011-06.csv",
        "customer=CustomerID,time=InvoiceDate,amount=amount,order=InvoiceNo,type=type,"
            + "currency=USD,format=yyyy-MM-dd HH:mm:ss");
  }

  private static EventFile table(String path, String keys) {
    Path file = DATA.resolve(path);
    assumeTrue(Files.exists(file), "skipped: the test data are not there");
    return new MappedEventFile(file, path, ShortForm.read(keys, ZoneOffset.UTC), "USD", "");
  }

  private static BacktestReport backtest(EventFile file, String policy, BacktestPlan plan) {
    return new Backtesting(file, Map.of("policy.yaml", PolicyFile.of(policy, "policy.yaml")), plan)
        .run(total -> {}, step -> {}, line -> {});
  }

  private static Sentences english(BacktestReport report) {
    return new Sentences(report, Words.of(report.policy(), Language.EN, BacktestReport.class));
  }
}
