package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.document.Fault;
import dev.lifesign.domain.model.PurchaseModel;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a policy file reports every fault at once, by path. */
class PolicyReaderTest {

  @Test
  void aFileWithOnlyAVersionGetsTheDefaults() {
    Policy policy = PolicyReader.read("version: 3").policy().orElseThrow();
    assertThat(policy.version()).isEqualTo(3);
    assertThat(policy.lateness()).isEqualTo(5_000);
    assertThat(policy.lifecycle().silence().risk().fixed())
        .isEqualTo(Duration.ofDays(45).toMillis());
    assertThat(policy.lifecycle().silence().churnAfter())
        .isEqualTo(Duration.ofDays(180).toMillis());
    assertThat(policy.rfm().windowDays()).isEqualTo(365);
    assertThat(policy.cases()).isEmpty();
  }

  @Test
  void theCalendarAndTheLanguageAreReadAndChecked() {
    Policy policy =
        PolicyReader.read(
                """
                version: 1
                language: fa
                calendar: { zone: Asia/Tehran, weekStart: SATURDAY, weekend: [FRIDAY], months: persian }
                """)
            .policy()
            .orElseThrow();
    assertThat(policy.locale().language()).isEqualTo(PolicyLocale.Language.FA);
    assertThat(policy.calendar())
        .isEqualTo(
            new PolicyCalendar(
                ZoneId.of("Asia/Tehran"),
                DayOfWeek.SATURDAY,
                Set.of(DayOfWeek.FRIDAY),
                PolicyCalendar.Months.PERSIAN));
    assertThat(PolicyReader.read("version: 1").policy().orElseThrow().locale())
        .isEqualTo(PolicyLocale.DEFAULT);
    assertThat(
            PolicyReader.read(
                    """
                    version: 1
                    language: de
                    calendar: { zone: Tehran, weekStart: Saturday, weekend: [FRIDAY, HOLIDAY], months: solar }
                    """)
                .faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "language",
            "calendar.zone",
            "calendar.weekStart",
            "calendar.weekend",
            "calendar.months");
    assertThat(
            PolicyReader.read(
                    "{ version: 1, calendar: { weekend: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY,"
                        + " FRIDAY, SATURDAY, SUNDAY] } }")
                .faults())
        .extracting(Object::toString)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("calendar.weekend", "is the whole week");
  }

  @Test
  void aVersionThatIsTooLargeIsNotCapped() {
    assertThat(PolicyReader.read("version: 3000000000").faults())
        .extracting(Object::toString)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("expected at most 2147483647, but it is 3000000000");
  }

  @Test
  void jsonIsYamlToo() {
    assertThat(
            PolicyReader.read("{\"version\": 2, \"lateness\": \"P1D\"}")
                .policy()
                .orElseThrow()
                .lateness())
        .isEqualTo(Duration.ofDays(1).toMillis());
  }

  @Test
  void allFaultsAreReportedAtOnceByPath() {
    PolicyReading reading =
        PolicyReader.read(
            """
            version: 0
            latenes: PT5S
            currency: { base: dollars, rates: { EUR: -1 } }
            activity:
              weights: { purchase.BOUGHT: 10 }
              halfLife: P1M
            lifecycle:
              loyal: { within: PT36H }
              risk: { method: guess, personal: { min: P9D, max: P8D } }
              dormantAfter: P90D
              churnAfter: P30D
            rfm:
              cuts: { recencyDays: [7, 30, 20, 180], orders: [1, 2, 4, 8], money: [1, 2, 3, 4] }
            cases:
              - { id: a, ladder: [{ id: r, when: { status: { in: [OLD] } } }] }
              - { id: a, on: { match: "true", count: 0 } }
            alerts: []
            """);
    assertThat(reading.policy()).isEmpty();
    assertThat(reading.faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "version",
            "latenes",
            "currency.base",
            "currency.rates.EUR",
            "activity.weights.purchase.BOUGHT",
            "activity.halfLife",
            "lifecycle.loyal.within",
            "lifecycle.risk.method",
            "lifecycle.risk.personal.max",
            "lifecycle.churnAfter",
            "rfm.cuts.recencyDays",
            "cases[0].ladder[0].when.status.in",
            "cases[1].id",
            "cases[1].on.count",
            "alerts");
  }

  @Test
  void aMissingVersionIsReportedBesideOtherFaults() {
    assertThat(PolicyReader.read("latenes: PT5S").faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder("version", "latenes");
  }

  @Test
  void aModelIsReadCompletelyOrRefused() {
    Policy policy =
        PolicyReader.read(
                """
                version: 1
                lifecycle: { risk: { method: model, model: { pAlive: 0.4, min: P5D, max: P90D } } }
                model: { family: MBG_NBD, unit: P1D, r: 0.5, alpha: 6, a: 0.9, b: 1.6, discountRate: 0,
                  spend: { p: 6.25, q: 3.74, v: 15.44 } }
                """)
            .policy()
            .orElseThrow();
    assertThat(policy.lifecycle().silence().risk().method()).isEqualTo(RiskMethod.MODEL);
    assertThat(policy.lifecycle().silence().risk().model())
        .isEqualTo(
            new Policy.ModelRisk(
                0.4, Duration.ofDays(5).toMillis(), Duration.ofDays(90).toMillis()));
    assertThat(policy.lifecycle().silence().risk().returning())
        .isEqualTo(
            new Policy.ReturnRisk(
                Duration.ofDays(90).toMillis(),
                0.5,
                Duration.ofDays(7).toMillis(),
                Duration.ofDays(180).toMillis()));
    Policy.Model model = policy.model().orElseThrow();
    assertThat(model.purchases())
        .isEqualTo(new PurchaseModel(PurchaseModel.Family.MBG_NBD, 0.5, 6, 0.9, 1.6));
    assertThat(model.unit()).isEqualTo(Duration.ofDays(1).toMillis());
    assertThat(model.discountRate()).isZero();
    assertThat(PolicyReader.read("version: 1").policy().orElseThrow().model()).isEmpty();
    assertThat(PolicyReader.read("version: 1\nlifecycle: { risk: { method: model } }").faults())
        .extracting(Fault::path)
        .containsExactly("model");
    assertThat(PolicyReader.read("version: 1\nmodel: { r: 1, alpha: -2, a: 1 }").faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "model.alpha", "model.b", "model.spend.p", "model.spend.q", "model.spend.v");
  }

  @Test
  void theProbabilityOfAPurchaseSoonIsARiskMethodThatNeedsAModel() {
    String model =
        "model: { r: 0.5, alpha: 6, a: 0.9, b: 1.6, spend: { p: 6.25, q: 3.74, v: 15.44 } }";
    Policy policy =
        PolicyReader.read(
                """
                version: 1
                lifecycle: { risk: { method: return, return: { within: P60D, below: 0.3, min: P5D, max: P90D } } }
                """
                    + model)
            .policy()
            .orElseThrow();
    assertThat(policy.lifecycle().silence().risk().method()).isEqualTo(RiskMethod.RETURN);
    assertThat(policy.lifecycle().silence().risk().returning())
        .isEqualTo(
            new Policy.ReturnRisk(
                Duration.ofDays(60).toMillis(),
                0.3,
                Duration.ofDays(5).toMillis(),
                Duration.ofDays(90).toMillis()));
    assertThat(PolicyReader.read("version: 1\nlifecycle: { risk: { method: return } }").faults())
        .hasToString(
            "[model: is required by lifecycle.risk.method: return, but it is missing; let lifesign fit write it, or choose fixed or personal]");
    assertThat(
            PolicyReader.read(
                    """
                    version: 1
                    lifecycle: { risk: { return: { within: PT0S, below: 1, min: P9D, max: P8D, until: P1D } } }
                    """)
                .faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "lifecycle.risk.return.within",
            "lifecycle.risk.return.below",
            "lifecycle.risk.return.max",
            "lifecycle.risk.return.until");
  }

  @Test
  void contradictoryValuesAreReportedWithTheReason() {
    PolicyReading reading =
        PolicyReader.read("version: 1\nlifecycle: { dormantAfter: P90D, churnAfter: P30D }");
    assertThat(reading.faults())
        .hasToString(
            "[lifecycle.churnAfter: P30D is shorter than lifecycle.dormantAfter (P90D); a customer must be dormant before it is churned]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "- 1", "version: [1", "version: 1\nversion: 2", "version: x", "{}", "a: b: c"})
  void aTextThatIsNotAPolicyIsAFaultNotACrash(String text) {
    assertThat(PolicyReader.read(text).faults()).isNotEmpty();
  }

  @Test
  void populationCutPointsAreTakenEveryHourUnlessThePolicySaysOtherwise() {
    assertThat(cutsEvery("{ cuts: population }")).hasValue(3_600_000);
    assertThat(cutsEvery("{ cuts: population, cutsEvery: PT15M }")).hasValue(900_000);
    assertThat(Presets.policy("retail").rfm().cutsEvery()).isEmpty();
    assertThat(cutsEvery("{ cuts: none }")).isEmpty();
    assertThat(PolicyReader.read("version: 1\nrfm: { cutsEvery: PT1S }").faults())
        .extracting(Fault::path)
        .containsExactly("rfm.cutsEvery");
  }

  private static OptionalLong cutsEvery(String rfm) {
    return PolicyReader.read("version: 1\nrfm: " + rfm).policy().orElseThrow().rfm().cutsEvery();
  }

  @ParameterizedTest
  @CsvSource({"100, 108", "1, 1", "0, 0", "25, 27", "50, 54", "1000000, 1080000"})
  void moneyIsConvertedHalfEven(long amount, long expected) {
    Currencies currencies = new Currencies("USD", Map.of("EUR", new BigDecimal("1.08")));
    assertThat(currencies.toBase(amount, "EUR")).hasValue(expected);
  }

  @Test
  void halvesAreRoundedToTheEvenNeighbour() {
    Currencies currencies = new Currencies("USD", Map.of("EUR", new BigDecimal("0.5")));
    assertThat(currencies.toBase(1, "EUR")).hasValue(0);
    assertThat(currencies.toBase(3, "EUR")).hasValue(2);
    assertThat(currencies.toBase(5, "XAU")).isEmpty();
    assertThat(new Currencies("USD", Map.of("EUR", BigDecimal.TEN)).toBase(Long.MAX_VALUE, "EUR"))
        .hasValue(Long.MAX_VALUE);
  }

  @Test
  void policiesAreFoundByInstantAndVersion() {
    Policy one = PolicyReader.read("version: 1").policy().orElseThrow();
    Policy two = PolicyReader.read("version: 2").policy().orElseThrow();
    Policies policies = Policies.of(one).with(new PolicyInForce(100, two));
    assertThat(policies.at(99)).isEqualTo(one);
    assertThat(policies.at(100)).isEqualTo(two);
    assertThat(policies.after(1).orElseThrow().policy()).isEqualTo(two);
    assertThat(policies.after(2)).isEmpty();
    assertThat(policies.newestOnly().at(0)).isEqualTo(two);
    assertThat(List.of(policies.ofVersion(1), policies.ofVersion(2))).containsExactly(one, two);
  }
}
