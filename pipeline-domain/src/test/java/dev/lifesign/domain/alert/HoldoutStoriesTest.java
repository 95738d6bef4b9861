package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Customers who are held out (semantics, Alerts). */
class HoldoutStoriesTest {

  private static Story held(String id, String share) {
    return Story.of(
            "- { id: %s, holdout: %s, on: { match: \"event.family == 'support'\" } }"
                .formatted(id, share))
        .happens("2024-01-02", complaint("t1"))
        .happens("2024-01-03", complaint("t2"));
  }

  @Test
  void theAlertsOfWhoIsHeldOutAreMutedAndRecordedAllTheSame() {
    assertThat(held("a", "1").facts("muted"))
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify muted=true",
            "2024-01-03 REPEATED #1 MEDIUM OPEN muted=true");
  }

  @Test
  void nobodyIsHeldOutByDefault() {
    assertThat(held("a", "0").facts("muted"))
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify muted=false",
            "2024-01-03 REPEATED #1 MEDIUM OPEN muted=false");
  }

  @Test
  void theShareIsComparedWithAHashOfCustomerAndCase() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("c\0a".getBytes(StandardCharsets.UTF_8));
    double fraction = new BigInteger(1, Arrays.copyOf(hash, 8)).doubleValue() / Math.pow(2, 64);
    assertThat(held("a", "" + (fraction - 0.001)).facts("muted").get(0)).endsWith("muted=false");
    assertThat(held("a", "" + (fraction + 0.001)).facts("muted").get(0)).endsWith("muted=true");
  }
}
