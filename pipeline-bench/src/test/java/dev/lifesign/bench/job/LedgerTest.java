package dev.lifesign.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was told of each customer, as one checksum each. */
class LedgerTest {

  private static Ledger of(int... sequences) {
    Ledger ledger = new Ledger(2, 1_000);
    for (int sequence : sequences) {
      ledger.add(0, sequence, "NEW", "ACTIVE", "", false, 10L * sequence);
    }
    return ledger;
  }

  @Test
  void whatIsLostToldTwiceOrOutOfOrderShows() {
    assertThat(of(1, 2, 3).differences(of(1, 2, 3))).isZero();
    assertThat(of(1, 2, 3).differences(of(1, 3))).isEqualTo(1);
    assertThat(of(1, 2, 3).differences(of(1, 2, 2, 3))).isEqualTo(1);
    assertThat(of(1, 2, 3).differences(of(2, 1, 3))).isEqualTo(1);
  }

  @Test
  void everyFieldCounts() {
    Ledger ledger = of(1);
    for (Ledger other :
        new Ledger[] {
          one("", "ACTIVE", "", false, 10),
          one("NEW", "AT_RISK", "", false, 10),
          one("NEW", "ACTIVE", "SILENCE", false, 10),
          one("NEW", "ACTIVE", "", true, 10),
          one("NEW", "ACTIVE", "", false, 11)
        }) {
      assertThat(ledger.differences(other)).isEqualTo(1);
    }
  }

  private static Ledger one(String from, String to, String reason, boolean late, long at) {
    Ledger ledger = new Ledger(2, 1_000);
    ledger.add(0, 1, from, to, reason, late, at);
    return ledger;
  }

  @Test
  void whatBecameTrueAfterTheJobIsLeftOut() {
    Ledger ledger = of(1);
    ledger.add(0, 2, "ACTIVE", "AT_RISK", "SILENCE", false, 1_001);
    assertThat(ledger.differences(of(1))).isZero();
    assertThat(ledger.count()).isEqualTo(1);
  }
}
