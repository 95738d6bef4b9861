package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The lowest percentage at which silence is a risk, compared with the one found by trying them all.
 */
class ModelThresholdTest {

  private static final double WEEK = 7;

  @Test
  void binarySearchFindsWhatTryingAllPercentagesFinds() {
    Random random = new Random(5);
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      ModelThreshold risk = risk(random);
      int repeats = random.nextInt(4) == 0 ? 0 : random.nextInt(60);
      double last = repeats == 0 ? 0 : random.nextDouble() * 200;
      double silence = random.nextDouble() * random.nextInt(1_000);
      Purchases known = new Purchases(repeats, last, last + silence / WEEK);
      int tried =
          IntStream.rangeClosed(1, ModelThreshold.MOST_PERCENT)
              .filter(percent -> silence >= risk.silence(ModelThreshold.alive(percent), known))
              .findFirst()
              .orElse(ModelThreshold.MOST_PERCENT + 1);
      assertThat(risk.leastPercent(silence, known)).isEqualTo(tried);
      found.add(tried);
    }
    // Not only the ends: nearly every percentage was the answer for some customer.
    assertThat(found).hasSizeGreaterThan(ModelThreshold.MOST_PERCENT - 10);
  }

  private static ModelThreshold risk(Random random) {
    PurchaseModel model =
        new PurchaseModel(
            Family.values()[random.nextInt(2)],
            0.1 + random.nextDouble() * 3,
            0.5 + random.nextDouble() * 20,
            0.1 + random.nextDouble() * 2,
            0.2 + random.nextDouble() * 5);
    Policy.ModelRisk bounds =
        new Policy.ModelRisk(
            0.5, random.nextInt(30) * Instants.DAY, (30 + random.nextInt(700)) * Instants.DAY);
    return new ModelThreshold(model, bounds, 1 + random.nextInt(200), WEEK);
  }
}
