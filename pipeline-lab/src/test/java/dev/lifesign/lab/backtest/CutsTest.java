package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Where a history is cut. */
class CutsTest {

  private static final PolicyCalendar CALENDAR = Presets.policy("retail").calendar();

  @Test
  void noHoldoutThatIsTunedOnReachesBeyondTheLastCutoff() {
    for (int ready = 0; ready <= 1_000; ready += 7) {
      Cuts cuts = cuts(90, 2, OptionalInt.of(ready));
      assertThat(cuts.last().day()).isEqualTo(910);
      assertThat(cuts.last().tuning()).isFalse();
      for (int cut : cuts.tuning()) {
        assertThat(cuts.list().get(cut).day()).isBetween(ready, 820);
      }
    }
  }

  @Test
  void theyAreAHoldoutApartAndCloserWhereTheHistoryIsShort() {
    assertThat(tuned(OptionalInt.of(100))).containsExactly(550, 640, 730, 820);
    assertThat(tuned(OptionalInt.of(640))).containsExactly(640, 730, 820);
    assertThat(tuned(OptionalInt.of(720))).containsExactly(720, 770, 820);
    assertThat(tuned(OptionalInt.of(812))).containsExactly(813, 820);
  }

  @Test
  void oneCutoffAloneNeverDecides() {
    assertThat(tuned(OptionalInt.of(814))).isEmpty();
    assertThat(tuned(OptionalInt.of(820))).isEmpty();
    assertThat(tuned(OptionalInt.empty())).isEmpty();
  }

  @Test
  void theProbabilitiesOfAJudgedCutoffComeFromOneWhoseHoldoutHadEnded() {
    Cuts cuts = cuts(90, 3, OptionalInt.of(720));
    assertThat(cuts.judged()).hasSize(3);
    for (int cut : cuts.judged()) {
      assertThat(cuts.list().get(cuts.before(cut)).day() + 90)
          .isLessThanOrEqualTo(cuts.list().get(cut).day());
    }
    assertThat(cuts.judgedOnly().last()).isEqualTo(cuts.last());
    assertThat(cuts.judgedOnly().judged()).hasSize(3);
  }

  private static int[] tuned(OptionalInt ready) {
    Cuts cuts = cuts(90, 1, ready);
    return Arrays.stream(cuts.tuning()).map(cut -> cuts.list().get(cut).day()).toArray();
  }

  private static Cuts cuts(int holdout, int folds, OptionalInt ready) {
    return Cuts.of(1_000 * Instants.DAY, holdout, folds, ready, CALENDAR);
  }

  @Test
  void aHoldoutOfWhichTuningSawAnyDayIsSeen() {
    Cuts cuts = cuts(90, 3, OptionalInt.of(720));
    assertThat(cuts.list())
        .filteredOn(Cut::judged)
        .extracting(Cut::day, Cut::seen)
        .containsExactly(tuple(730, true), tuple(820, true), tuple(910, false));
    assertThat(cuts.judgedOnly().list())
        .filteredOn(Cut::judged)
        .extracting(Cut::seen)
        .containsExactly(true, true, false);
  }
}
