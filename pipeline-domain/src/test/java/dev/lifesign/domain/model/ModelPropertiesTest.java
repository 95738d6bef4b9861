package dev.lifesign.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Properties that hold for every customer under every model. */
class ModelPropertiesTest {

  private static final double LONGEST = 1e5;

  @Provide
  Arbitrary<PurchaseModel> models() {
    Arbitrary<Double> parameter = Arbitraries.doubles().between(0.01, 100).ofScale(4);
    return Combinators.combine(
            Arbitraries.of(PurchaseModel.Family.values()),
            parameter,
            parameter,
            parameter,
            parameter)
        .as(PurchaseModel::new);
  }

  @Property
  void nothingOverflows(
      @ForAll("models") PurchaseModel model,
      @ForAll @LongRange(max = 1_000_000) long repeats,
      @ForAll @DoubleRange(max = LONGEST) double age,
      @ForAll @DoubleRange(max = 1) double part,
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double ahead) {
    Purchases known = new Purchases(repeats, repeats == 0 ? 0 : part * age, age);
    assertThat(model.logLikelihood(known)).isFinite();
    assertThat(model.alive(known)).isBetween(0.0, 1.0);
    assertThat(model.purchaseWithin(ahead, known)).isBetween(0.0, 1.0);
    assertThat(model.expected(ahead, known)).isFinite().isNotNegative();
    assertThat(model.medianWait(repeats, known.last())).isPositive();
  }

  @Property
  void silenceNeverRaisesTheProbabilityOfBeingAlive(
      @ForAll("models") PurchaseModel model,
      @ForAll @LongRange(max = 2_000) long repeats,
      @ForAll @DoubleRange(max = 500) double last,
      @ForAll @DoubleRange(max = 500) double silence,
      @ForAll @DoubleRange(max = 500) double more) {
    Purchases now = new Purchases(repeats, repeats == 0 ? 0 : last, last + silence);
    Purchases later = now.at(now.age() + more);
    assertThat(model.alive(later)).isLessThanOrEqualTo(model.alive(now));
    assertThat(model.purchaseWithin(12, later))
        .isLessThanOrEqualTo(model.purchaseWithin(12, now) * (1 + 1e-12));
  }

  @Property
  void expectedPurchasesGrowWithTheTimeAhead(
      @ForAll("models") PurchaseModel model,
      @ForAll @LongRange(max = 200) long repeats,
      @ForAll @DoubleRange(max = 100) double last,
      @ForAll @DoubleRange(min = 0.5, max = 100) double ahead) {
    Purchases known = new Purchases(repeats, repeats == 0 ? 0 : last, last + 1);
    double soon = model.expected(ahead, known);
    assertThat(model.expected(2 * ahead, known)).isGreaterThanOrEqualTo(soon * (1 - 1e-9));
    // Nobody is expected to buy more often than at an active customer's mean rate.
    assertThat(soon)
        .isLessThanOrEqualTo(
            (model.r() + repeats) / (model.alpha() + known.age()) * ahead * (1 + 1e-9) + 1e-9);
  }

  @Property
  void theClosedFormAgreesWithBisection(
      @ForAll("models") PurchaseModel model,
      @ForAll @LongRange(min = 1, max = 300) long repeats,
      @ForAll @DoubleRange(min = 0.1, max = 200) double last,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) double probability) {
    double closed = model.aliveUntil(probability, repeats, last);
    if (closed <= last) {
      assertThat(model.alive(new Purchases(repeats, last, last)))
          .isLessThanOrEqualTo(probability + 1e-9);
      return;
    }
    if (closed > 1e6) {
      return;
    }
    double low = last;
    double high = 2 * closed + 1;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (model.alive(new Purchases(repeats, last, middle)) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double millisOfAWeek = 1 / 604_800_000.0;
    assertThat(closed).isCloseTo(high, within(Math.max(millisOfAWeek / 2, closed * 1e-13)));
  }

  @Property(tries = 200)
  void probabilitiesOfCountsAddUp(
      @ForAll("models") PurchaseModel model, @ForAll @DoubleRange(min = 0.1, max = 5) double time) {
    double sum = 0;
    double mean = 0;
    double last = 1;
    int n = 0;
    for (; n < 1_000 && (last > 1e-15 || n < 20); n++) {
      last = model.probabilityOf(n, time);
      sum += last;
      mean += n * last;
    }
    assertThat(sum).isLessThan(1 + 1e-9);
    if (n < 1_000) {
      assertThat(mean).isCloseTo(model.expected(time), within(1e-6 + 1e-6 * mean));
    }
  }

  @Property
  void theGradientMatchesTheLikelihood(
      @ForAll("models") PurchaseModel model,
      @ForAll @LongRange(max = 50) long repeats,
      @ForAll @DoubleRange(max = 100) double last,
      @ForAll @DoubleRange(max = 100) double silence) {
    Purchases known = new Purchases(repeats, repeats == 0 ? 0 : last, last + silence);
    double[] gradient = PurchaseSample.of(List.of(known)).evaluate(model);
    assertThat(gradient[0]).isCloseTo(model.logLikelihood(known), within(1e-7));
    double[] p = {model.r(), model.alpha(), model.a(), model.b()};
    for (int i = 0; i < p.length; i++) {
      double step = 1e-5 * p[i];
      double up = moved(model.family(), p, i, step).logLikelihood(known);
      double down = moved(model.family(), p, i, -step).logLikelihood(known);
      double slope = (up - down) / (2 * step);
      assertThat(gradient[i + 1] * p[i])
          .isCloseTo(slope * p[i], within(1e-3 + 1e-4 * Math.abs(slope * p[i])));
    }
  }

  private static PurchaseModel moved(PurchaseModel.Family family, double[] p, int i, double by) {
    double[] q = p.clone();
    q[i] += by;
    return new PurchaseModel(family, q[0], q[1], q[2], q[3]);
  }
}
