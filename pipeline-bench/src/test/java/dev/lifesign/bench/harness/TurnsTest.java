package dev.lifesign.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void eachTurnStandsBesideTheOneBeforeAndTheOneAfterIt() {
    Attempt rest = new Attempt(Map.of(), Optional.empty());
    Turns turns = new Turns(List.of(10.0, 30.0, 50.0), List.of(20.0, 10.0), rest);
    assertThat(turns.ratios()).containsExactly(1.0, 0.25);
  }
}
