package dev.lifesign.bench.entrant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How fast something grew, slice by slice. */
class SlicesTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void everySliceHasWhatGrewInIt() {
    Slices slices = new Slices();
    for (long i = 0; i <= 10; i++) {
      slices.add(i * SECOND, i * i);
    }
    assertThat(slices.rates(5)).containsExactly(2.0, 6.0, 10.0, 14.0, 18.0);
  }

  @Test
  void betweenTwoLooksItGrowsEvenly() {
    Slices slices = new Slices();
    slices.add(0, 0);
    slices.add(3 * SECOND, 30);
    slices.add(8 * SECOND, 130);
    assertThat(slices.rates(2)).containsExactly(12.5, 20.0);
  }

  @Test
  void oneLookTellsNothing() {
    Slices slices = new Slices();
    slices.add(0, 10);
    assertThat(slices.rates(5)).isEmpty();
  }
}
