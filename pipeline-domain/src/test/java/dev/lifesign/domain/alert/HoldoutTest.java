package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A share of the customers is held out of a case, always the same. */
class HoldoutTest {

  private static final int CUSTOMERS = 100_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void theShareLiesWithinBinomialBounds(double share) {
    for (String id : new String[] {"silence", "complaint", "نارضایتی"}) {
      int heldOut = 0;
      for (int i = 0; i < CUSTOMERS; i++) {
        heldOut += Holdout.includes("customer-" + i, id, share) ? 1 : 0;
      }
      double deviation = Math.sqrt(CUSTOMERS * share * (1 - share));
      assertThat(heldOut / deviation)
          .isBetween(CUSTOMERS * share / deviation - 4, CUSTOMERS * share / deviation + 4);
    }
  }

  @Test
  void aShareOfNoneHoldsOutNobodyAndAShareOfAllEverybody() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(Holdout.includes("c" + i, "silence", 0)).isFalse();
      assertThat(Holdout.includes("c" + i, "silence", 1)).isTrue();
    }
  }

  @Test
  void whoIsHeldOutOfASmallShareIsHeldOutOfAGreaterOne() {
    for (int i = 0; i < 10_000; i++) {
      if (Holdout.includes("c" + i, "silence", 0.1)) {
        assertThat(Holdout.includes("c" + i, "silence", 0.2)).isTrue();
      }
    }
  }

  @Test
  void casesHoldOutCustomersIndependently() {
    int both = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      boolean one = Holdout.includes("c" + i, "silence", 0.1);
      both += one && Holdout.includes("c" + i, "complaint", 0.1) ? 1 : 0;
    }
    assertThat(both).isBetween(875, 1_125);
  }

  @Test
  void theFractionIsThatOfTheFirstEightBytesUnsigned() throws NoSuchAlgorithmException {
    int highest = 0;
    for (int i = 0; i < 2_000; i++) {
      String id = "مشتری-" + i;
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((id + "\u0000silence").getBytes(StandardCharsets.UTF_8));
      BigInteger fraction = new BigInteger(1, Arrays.copyOf(digest, 8));
      // 0.3 · 2^64 lies between two whole numbers: 5534023222112865484.8
      boolean below = fraction.compareTo(new BigInteger("5534023222112865484")) <= 0;
      assertThat(Holdout.includes(id, "silence", 0.3)).isEqualTo(below);
      highest += digest[0] < 0 ? 1 : 0;
    }
    assertThat(highest).as("fractions of a half and above").isBetween(900, 1_100);
  }
}
