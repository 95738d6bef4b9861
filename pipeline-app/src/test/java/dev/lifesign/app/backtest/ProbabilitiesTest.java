package dev.lifesign.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of probabilities does not depend on the order of customers. */
class ProbabilitiesTest {

  @Test
  void theOrderOfCustomersWithTheSameProbabilityChangesNothing() {
    Random random = new Random(3);
    List<Probabilities.Given> given = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double probability = (1 + random.nextInt(7)) / 8.0;
      given.add(new Probabilities.Given(probability, random.nextDouble() < probability));
    }
    Probabilities first = Probabilities.of(given);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(given, random);
      assertThat(Probabilities.of(given)).isEqualTo(first);
    }
  }

  @Test
  void customersWhoCannotBeToldApartAreSpreadOverTheTenthsAsTheyCameBack() {
    List<Probabilities.Given> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      given.add(new Probabilities.Given(0.25, i < 20));
    }
    Probabilities probabilities = Probabilities.of(given);
    assertThat(probabilities.deciles())
        .hasSize(10)
        .allSatisfy(tenth -> assertThat(tenth.actual()).isCloseTo(0.2, within(1e-12)));
    assertThat(probabilities.precision())
        .allSatisfy(lost -> assertThat(lost).isCloseTo(0.8, within(1e-12)));
    assertThat(probabilities.auroc()).isEqualTo(0.5);
    assertThat(probabilities.logLoss())
        .isCloseTo(-0.2 * Math.log(0.25) - 0.8 * Math.log(0.75), within(1e-12));
  }
}
