package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lifesign.domain.status.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The judgement of probabilities does not depend on the order of customers. */
class ProbabilitiesTest {

  private static final Objective ACCURACY = new Objective.Accuracy();

  @Test
  void theOrderOfCustomersWithTheSameProbabilityChangesNothing() {
    Random random = new Random(3);
    List<Observation> given = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double probability = (1 + random.nextInt(7)) / 8.0;
      given.add(given(probability, random.nextDouble() < probability));
    }
    Probabilities first = Probabilities.of(ranked(given));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(given, random);
      assertThat(Probabilities.of(ranked(given))).isEqualTo(first);
    }
  }

  @Test
  void customersWithTheSameProbabilityAreSpreadEvenlyOverTheDeciles() {
    List<Observation> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      given.add(given(0.25, i < 20));
    }
    Probabilities probabilities = Probabilities.of(ranked(given));
    assertThat(probabilities.deciles())
        .hasSize(10)
        .allSatisfy(decile -> assertThat(decile.actual()).isCloseTo(0.2, within(1e-12)));
    assertThat(probabilities.precision())
        .allSatisfy(lost -> assertThat(lost).isCloseTo(0.8, within(1e-12)));
    assertThat(probabilities.auroc()).isEqualTo(0.5);
    assertThat(probabilities.logLoss())
        .isCloseTo(-0.2 * Math.log(0.25) - 0.8 * Math.log(0.75), within(1e-12));
  }

  /** The share of pairs, as Mann and Whitney define it, and the best of all thresholds. */
  @Test
  void aurocAndHindsightAgreeWithComparingAllPairsAndSilences() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      List<Observation> given = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        given.add(given(random.nextInt(12), random.nextInt(3) > 0));
      }
      assertThat(Probabilities.of(ranked(given)).auroc()).isEqualTo(auroc(given), within(1e-12));
      Observations all = observations(given);
      if (ACCURACY.isDefined(all.outcomes())) {
        Hindsight best = Hindsight.of(all, ACCURACY, all.outcomes());
        double most = ACCURACY.of(best.flagged(), all.outcomes());
        assertThat(most).isEqualTo(accuracy(given, best.days()), within(1e-12));
        for (int days = 1; days <= 13; days++) {
          double other = accuracy(given, days);
          assertThat(most).isGreaterThanOrEqualTo(other - 1e-12);
          assertThat(days > best.days() && other > most - 1e-12).isFalse();
        }
      }
    }
  }

  private static double auroc(List<Observation> given) {
    double won = 0;
    int pairs = 0;
    for (Observation one : given) {
      for (Observation other : given) {
        if (!Double.isNaN(one.daysToReturn()) && Double.isNaN(other.daysToReturn())) {
          won += one.modelled() > other.modelled() ? 1 : 0;
          won += one.modelled() == other.modelled() ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return won / pairs;
  }

  private static double accuracy(List<Observation> given, int days) {
    return given.stream()
            .filter(each -> each.modelled() >= days == Double.isNaN(each.daysToReturn()))
            .count()
        / (double) given.size();
  }

  private static Ranking ranked(List<Observation> given) {
    Observations observations = observations(given);
    return observations.ranked(observations::modelled);
  }

  private static Observations observations(List<Observation> given) {
    Observations observations = new Observations();
    given.forEach(observations::add);
    return observations;
  }

  private static Observation given(double probability, boolean back) {
    return new Observation(
        Status.ACTIVE, probability, 0, probability, 0, back ? 1 : Double.NaN, Optional.empty(), 0);
  }
}
