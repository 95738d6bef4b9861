package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.lab.backtest.Verdict.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why each candidate was taken or not. */
class ReasonTest {

  private static final List<Choice.Weighed> WEIGHED =
      List.of(
          weighed(0, 0.80, 0.03, false),
          weighed(1, 0.75, 0, true),
          weighed(2, 0.74, 0.02, true),
          weighed(3, 0.735, 0.02, true),
          weighed(4, 0.70, 0.02, true));

  @Test
  void everyCandidateIsMeasuredByTheOneTakenAndByTheBest() {
    Choice choice = new Choice(WEIGHED, 2, 0.5, Choice.ToGuess.BETTER, Choice.ToGuess.BETTER);
    assertThat(WEIGHED.stream().map(each -> Reason.of(choice, each, Kind.CHANGE, 1_000)))
        .containsExactly(
            Reason.TOO_SOON, Reason.CHANCE, Reason.TAKEN, Reason.LESS_SIMPLE, Reason.WORSE);
  }

  @Test
  void theOneTakenMayHaveDoneWorseAtTheLastCutoff() {
    Choice choice = new Choice(WEIGHED, 2, 0.5, Choice.ToGuess.BETTER, Choice.ToGuess.BETTER);
    assertThat(Reason.of(choice, WEIGHED.get(2), Kind.WORSE, 7)).isEqualTo(Reason.TAKEN_WORSE);
  }

  @Test
  void theBestChoiceMaySayNoMoreThanAGuess() {
    Choice choice = new Choice(WEIGHED, 2, 0.74, Choice.ToGuess.EQUAL, Choice.ToGuess.EQUAL);
    assertThat(Reason.of(choice, WEIGHED.get(2), Kind.SILENT, 7)).isEqualTo(Reason.USELESS);
  }

  @Test
  void oneMayRaiseTooManyAlerts() {
    Choice choice = new Choice(WEIGHED, 2, 0.5, Choice.ToGuess.BETTER, Choice.ToGuess.BETTER);
    assertThat(Reason.of(choice, WEIGHED.get(0), Kind.CHANGE, 7)).isEqualTo(Reason.TOO_MANY);
  }

  @Test
  void oneIsKeptThoughNoneKeepsToTheLimits() {
    Choice choice =
        new Choice(WEIGHED.subList(0, 1), 0, 0.5, Choice.ToGuess.BETTER, Choice.ToGuess.BETTER);
    assertThat(Reason.of(choice, WEIGHED.get(0), Kind.KEEP, 7)).isEqualTo(Reason.LEFT);
  }

  private static Choice.Weighed weighed(int index, double value, double error, boolean allowed) {
    return new Choice.Weighed(
        new Candidate(
            index,
            Candidate.Origin.PRESET,
            "p" + index,
            MadeUpShop.policy("en", ""),
            List.of(),
            Double.NaN,
            FittedUntil.Seen.NO),
        value,
        error,
        error,
        allowed);
  }
}
