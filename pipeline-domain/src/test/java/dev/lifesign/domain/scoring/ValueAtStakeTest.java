package dev.lifesign.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is lost if a customer leaves. */
class ValueAtStakeTest {

  @Test
  void withoutAPredictionItIsTheNetMoneyOfTheWindowAndNotBelowZero() {
    assertThat(ValueAtStake.of(Optional.empty(), 1_234)).isEqualTo(1_234);
    assertThat(ValueAtStake.of(Optional.empty(), -50)).isZero();
  }

  @Test
  void itIsThePredictedValueOfACustomerWhoStaysWhereThatIsLarger() {
    assertThat(ValueAtStake.of(predicted(0.25, 1_000.25), 3_999)).isEqualTo(4_001);
    assertThat(ValueAtStake.of(predicted(0.25, 1_000.25), 4_002)).isEqualTo(4_002);
  }

  @Test
  void halvesAreRoundedToTheEvenMinorUnit() {
    assertThat(ValueAtStake.of(predicted(1, 2.5), 0)).isEqualTo(2);
    assertThat(ValueAtStake.of(predicted(1, 3.5), 0)).isEqualTo(4);
  }

  @Test
  void whoHasCertainlyLeftIsWorthTheNetMoneyOfTheWindow() {
    assertThat(ValueAtStake.of(predicted(0, 0), 700)).isEqualTo(700);
  }

  private static Optional<Prediction> predicted(double alive, double value) {
    return Optional.of(new Prediction(alive, 0, 0, 0, 0, value, 0));
  }
}
