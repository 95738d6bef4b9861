package dev.lifesign.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lifesign.domain.model.PurchaseModel.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fit recovers the parameters that simulated the customers, within its standard errors. */
class FitTest {

  private static final int CUSTOMERS = 20_000;

  @ParameterizedTest
  @EnumSource(Family.class)
  void theParametersThatSimulatedTheCustomersAreRecovered(Family family) {
    PurchaseModel truth = new PurchaseModel(family, 0.6, 5, 0.9, 2.5);
    PurchaseFit fit = PurchaseFit.of(family, PurchaseSample.of(simulated(truth, 52, CUSTOMERS)));
    assertThat(fit.found()).isTrue();
    List<Double> errors = fit.errors();
    assertThat(Math.abs(fit.model().r() - truth.r())).isLessThan(4 * errors.get(0));
    assertThat(Math.abs(fit.model().alpha() - truth.alpha())).isLessThan(4 * errors.get(1));
    assertThat(Math.abs(fit.model().a() - truth.a())).isLessThan(4 * errors.get(2));
    assertThat(Math.abs(fit.model().b() - truth.b())).isLessThan(4 * errors.get(3));
    assertThat(errors.get(0)).isBetween(0.001, 0.1);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void customersWhoNeverLeaveGiveNoMaximum(Family family) {
    Random random = new Random(3);
    List<Purchases> customers = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double rate = 0.2 + random.nextDouble();
      double time = -Math.log(random.nextDouble()) / rate;
      long repeats = 0;
      double last = 0;
      while (time < 52) {
        repeats++;
        last = time;
        time -= Math.log(random.nextDouble()) / rate;
      }
      customers.add(new Purchases(repeats, last, 52));
    }
    assertThat(PurchaseFit.of(family, PurchaseSample.of(customers)).found()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void searchingAPartFirstGivesTheSameFitWithFewerEvaluations(Family family) {
    PurchaseModel truth = new PurchaseModel(family, 3, 5, 0.9, 2.5);
    PurchaseSample sample = PurchaseSample.of(simulated(truth, 52, 2 * CUSTOMERS));
    double[] start = {1, sample.meanAge() / 4, 1, 2};
    AtomicInteger fromTheStart = new AtomicInteger();
    Likelihood.Estimate all = likelihood(family, sample, fromTheStart).maximize(start);
    AtomicInteger fromThePart = new AtomicInteger();
    Likelihood.Estimate estimate =
        likelihood(family, sample, fromThePart)
            .maximize(start, likelihood(family, sample.part().orElseThrow(), new AtomicInteger()));
    PurchaseFit fit = PurchaseFit.of(family, sample);
    List<Double> found =
        List.of(fit.model().r(), fit.model().alpha(), fit.model().a(), fit.model().b());

    assertThat(fit.found()).isTrue();
    assertThat(found).isEqualTo(estimate.parameters());
    for (int i = 0; i < start.length; i++) {
      assertThat(found.get(i)).isCloseTo(all.parameters().get(i), withinPercentage(1e-4));
      assertThat(fit.errors().get(i)).isCloseTo(all.errors().get(i), withinPercentage(1e-3));
    }
    assertThat(fit.logLikelihood()).isCloseTo(all.logLikelihood(), withinPercentage(1e-10));
    assertThat(fromThePart.get()).isLessThan(fromTheStart.get() * 4 / 5);
  }

  private static Likelihood likelihood(
      Family family, PurchaseSample sample, AtomicInteger evaluations) {
    return new Likelihood(
        p -> {
          evaluations.incrementAndGet();
          return sample.evaluate(new PurchaseModel(family, p[0], p[1], p[2], p[3]));
        },
        sample.customers());
  }

  private static List<Purchases> simulated(PurchaseModel model, double age, int count) {
    Random random = new Random(7);
    GammaDistribution rates = new GammaDistribution(model.r(), 1 / model.alpha());
    BetaDistribution leaving = new BetaDistribution(model.a(), model.b());
    List<Purchases> customers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double rate = rates.inverseCumulativeProbability(random.nextDouble());
      double p = leaving.inverseCumulativeProbability(random.nextDouble());
      double time = 0;
      double last = 0;
      long repeats = 0;
      boolean active = model.family() == Family.BG_NBD || random.nextDouble() >= p;
      while (active) {
        time -= Math.log(random.nextDouble()) / rate;
        if (time > age) {
          break;
        }
        repeats++;
        last = time;
        active = random.nextDouble() >= p;
      }
      customers.add(new Purchases(repeats, last, age));
    }
    return customers;
  }
}
