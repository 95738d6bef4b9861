package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.status.Status;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.PolicyText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** How one of several candidates is chosen. */
class ChoiceTest {

  private static final Objective BALANCED = new Objective.Balanced();
  private static final int CUSTOMERS = 2_000;

  /** Half of the customers come back: the even ones. */
  private final Observations customers = customers();

  @Test
  void theSimplestOfThoseThatAreAsGoodAsTheBestIsChosen() {
    Random random = new Random(3);
    // The model is right about 3 customers more than the fixed silence, which is no more than luck.
    boolean[] fixed = noisy(random, 600);
    boolean[] model = fixed.clone();
    fix(model, 3);
    Choice choice =
        choose(
            candidate(0, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 900)),
            candidate(1, Candidate.Origin.TUNED, RiskMethod.MODEL, model),
            candidate(2, Candidate.Origin.TUNED, RiskMethod.FIXED, noisy(random, 601)));
    assertThat(choice.weighed().get(0).candidate().index()).isEqualTo(1);
    assertThat(choice.recommended().candidate().index()).isEqualTo(2);
    assertThat(choice.toGuess()).isEqualTo(Choice.ToGuess.BETTER);
    assertThat(choice.isBetterThanGiven()).isTrue();
  }

  @Test
  void aCandidateThatIsBetterByMoreThanChanceIsChosenThoughItIsLessSimple() {
    Random random = new Random(4);
    Choice choice =
        choose(
            candidate(0, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 900)),
            candidate(1, Candidate.Origin.TUNED, RiskMethod.MODEL, noisy(random, 500)));
    assertThat(choice.recommended().candidate().index()).isEqualTo(1);
  }

  @Test
  void aGivenPolicyOutsideTheLimitsIsNotChosen() {
    Random random = new Random(5);
    Candidate tooSoon = candidate(0, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 100));
    Candidate slower =
        candidate(1, Candidate.Origin.TUNED, RiskMethod.PERSONAL, noisy(random, 400));
    List<GroupSums> all = List.of(GroupSums.of(customers, any -> true));
    int fixedDays = tooSoon.setting().fixedDays();
    Choice choice =
        Choice.of(List.of(tooSoon, slower), all, BALANCED, Limits.DEFAULT, fixedDays + 1);
    assertThat(choice.weighed()).filteredOn(Choice.Weighed::allowed).isEmpty();
    Choice free = Choice.of(List.of(tooSoon, slower), all, BALANCED, Limits.DEFAULT, fixedDays);
    assertThat(free.recommended().candidate().index()).isZero();
  }

  @Test
  void theFirstGivenPolicyWinsATieAgainstAnotherGivenOne() {
    Random random = new Random(8);
    boolean[] first = noisy(random, 612);
    boolean[] other = noisy(random, 600);
    Choice choice =
        choose(
            candidate(0, Candidate.Origin.GIVEN, RiskMethod.PERSONAL, first),
            candidate(1, Candidate.Origin.GIVEN, RiskMethod.FIXED, other));
    assertThat(choice.weighed().get(0).candidate().index()).isEqualTo(1);
    assertThat(choice.recommended().candidate().index()).isZero();
  }

  @Test
  void figuresThatAModelsOwnDataFlatterWinNothing() {
    Random random = new Random(9);
    Candidate good = candidate(1, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 100));
    Candidate flattered =
        new Candidate(
            1, good.origin(), good.name(), good.policy(), good.flagged(), 1, FittedUntil.Seen.YES);
    Candidate given = candidate(0, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 900));
    assertThat(choose(given, good).recommended().candidate().index()).isEqualTo(1);
    assertThat(choose(given, flattered).recommended().candidate().index()).isZero();
  }

  @Test
  void predictionsByTheTossOfACoinSayNoMoreThanAGuess() {
    Random random = new Random(6);
    Choice choice =
        choose(candidate(0, Candidate.Origin.GIVEN, RiskMethod.FIXED, noisy(random, 1_000)));
    assertThat(choice.toGuess()).isEqualTo(Choice.ToGuess.EQUAL);
    assertThat(choice.guess()).isEqualTo(0.5);
  }

  @Test
  void whereAllCustomersDidTheSameThereIsNothingToChooseBy() {
    Outcomes both = new Outcomes(5, 5, 0);
    assertThat(Verdict.of(both, Optional.empty(), 3, 1, 0.5).kind()).isEqualTo(Verdict.Kind.SAME);
    assertThat(Verdict.of(both, Optional.empty(), 0, 1, 0.5).kind()).isEqualTo(Verdict.Kind.EARLY);
  }

  /** The standard error of a share, and of the difference of two that were drawn independently. */
  @Test
  void theBootstrapAgreesWithTheFormula() {
    Random random = new Random(7);
    boolean[] one = noisy(random, 600);
    boolean[] other = noisy(random, 500);
    Objective accuracy = new Objective.Accuracy();
    Bootstrap bootstrap =
        Bootstrap.of(
            accuracy,
            List.of(GroupSums.of(customers, any -> true)),
            List.of(List.of(flagged(one)), List.of(flagged(other))));
    double differ = 0;
    double mean = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      int difference = (one[i] == isLost(i) ? 1 : 0) - (other[i] == isLost(i) ? 1 : 0);
      differ += difference * difference;
      mean += difference;
    }
    mean /= CUSTOMERS;
    double formula = Math.sqrt((differ / CUSTOMERS - mean * mean) / CUSTOMERS);
    assertThat(bootstrap.error(0, 1)).isCloseTo(formula, within(0.15 * formula));
    assertThat(bootstrap.error(1, 1)).isZero();
  }

  private Choice choose(Candidate... candidates) {
    return Choice.of(
        List.of(candidates),
        List.of(GroupSums.of(customers, any -> true)),
        BALANCED,
        Limits.DEFAULT,
        7);
  }

  private Candidate candidate(
      int index, Candidate.Origin origin, RiskMethod method, boolean[] flags) {
    return new Candidate(
        index,
        origin,
        "given",
        PolicyFile.of(
            PolicyText.of(Presets.text("retail"))
                .method(method == RiskMethod.MODEL ? RiskMethod.PERSONAL : method)
                .text(),
            "a policy"),
        List.of(flagged(flags)),
        1,
        FittedUntil.Seen.NO);
  }

  private GroupSums flagged(boolean[] flags) {
    IntPredicate included = i -> flags[i];
    return GroupSums.of(customers, included);
  }

  /** Right predictions, but for so many customers. */
  private static boolean[] noisy(Random random, int wrong) {
    List<Integer> order = new ArrayList<>();
    boolean[] flags = new boolean[CUSTOMERS];
    for (int i = 0; i < CUSTOMERS; i++) {
      flags[i] = isLost(i);
      order.add(i);
    }
    Collections.shuffle(order, random);
    order.subList(0, wrong).forEach(i -> flags[i] = !flags[i]);
    return flags;
  }

  private static void fix(boolean[] flags, int count) {
    int left = count;
    for (int i = 0; i < CUSTOMERS && left > 0; i++) {
      left -= flags[i] == isLost(i) ? 0 : 1;
      flags[i] = isLost(i);
    }
  }

  private static boolean isLost(int customer) {
    return customer % 2 == 1;
  }

  private static Observations customers() {
    Observations all = new Observations();
    for (int i = 0; i < CUSTOMERS; i++) {
      all.add(
          new Observation(
              Status.ACTIVE,
              10,
              0,
              Double.NaN,
              100,
              isLost(i) ? Double.NaN : 5,
              Optional.empty(),
              (int) Long.remainderUnsigned(Shards.place("c" + i), Observations.GROUPS)));
    }
    return all;
  }
}
