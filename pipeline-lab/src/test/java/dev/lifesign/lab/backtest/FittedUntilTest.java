package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.backtest.FittedUntil.Seen;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.PolicyText;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a policy says about the purchases that its models were fitted to. */
class FittedUntilTest {

  private static final String MODEL =
      "model: { family: BG_NBD, unit: P7D, r: 0.9, alpha: 4.4, a: 0.8, b: 2.4, spend: { p: 6, q: 4, v: 15 } }\n";

  @Test
  void aHoldoutThatBeginsOnTheLastDayOfTheFitOrBeforeItWasSeen() {
    FittedUntil fitted = of(MODEL + "# Fitted to purchases up to 2011-03-01.\n");
    assertThat(fitted.seen(day("2011-02-28"))).isEqualTo(Seen.YES);
    assertThat(fitted.seen(day("2011-03-01"))).isEqualTo(Seen.YES);
    assertThat(fitted.seen(day("2011-03-02"))).isEqualTo(Seen.NO);
  }

  @Test
  void modelsWithoutAWordAboutTheirDataMayHaveSeenAnything() {
    assertThat(of(MODEL).seen(day("2011-03-01"))).isEqualTo(Seen.UNKNOWN);
    assertThat(of(MODEL + "# Fitted to purchases up to 2011-13-01.\n").seen(day("2011-03-01")))
        .isEqualTo(Seen.UNKNOWN);
  }

  @Test
  void aPolicyWithoutModelsHasSeenNothing() {
    assertThat(of("# Fitted to purchases up to 2011-03-01.\n").seen(day("2011-03-01")))
        .isEqualTo(Seen.NO);
  }

  @Test
  void theLatestOfSeveralDaysCounts() {
    FittedUntil fitted =
        of(
            "# Fitted to purchases up to 2011-03-01.\n"
                + MODEL
                + "# Fitted to purchases up to 2010-12-31.\n");
    assertThat(fitted.seen(day("2011-03-01"))).isEqualTo(Seen.YES);
  }

  @Test
  void theCommentOfATunedPolicySaysWhatItsOwnModelsWereFittedTo() {
    PolicyFile given = policy(MODEL + "# Fitted to purchases up to 2011-03-01.\n");
    assertThat(FittedUntil.of(tuned(given, RiskMethod.MODEL), given, day("2011-05-01")).comment())
        .isEqualTo("# Fitted to purchases up to 2011-05-01.\n");
    assertThat(FittedUntil.of(tuned(given, RiskMethod.FIXED), given, day("2011-05-01")).comment())
        .isEqualTo("# Fitted to purchases up to 2011-03-01.\n");
  }

  @Test
  void whatACommentSaysIsReadAgain() {
    FittedUntil fitted = FittedUntil.day(day("2011-05-01"));
    assertThat(of(fitted.comment() + MODEL)).isEqualTo(fitted);
  }

  private static Candidate tuned(PolicyFile given, RiskMethod method) {
    return new Candidate(
        1,
        Candidate.Origin.TUNED,
        "",
        PolicyFile.of(PolicyText.of(given.text()).method(method).text(), "a test"),
        List.of(),
        Double.NaN,
        FittedUntil.Seen.NO);
  }

  private static FittedUntil of(String lines) {
    return FittedUntil.of(policy(lines));
  }

  private static PolicyFile policy(String lines) {
    return PolicyFile.of("version: 1\n" + lines, "a test");
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
