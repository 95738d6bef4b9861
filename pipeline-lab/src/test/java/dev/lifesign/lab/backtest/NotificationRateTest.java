package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which notifications follow the rules of silence. */
class NotificationRateTest {

  private static final String SILENCE =
      "{ id: silence, ladder: [{ id: r, when: { status: { in: [AT_RISK] } } }] }";
  private static final String COMPLAINT =
      "{ id: complaint, on: { match: \"event.family == 'support'\" } }";
  private static final String UNPAID =
      "{ id: unpaid, ladder: [{ id: r, when: { status: { in: [AT_RISK], reasons: [PAYMENT_FAILED] } } }] }";
  private static final String NEW =
      "{ id: new, ladder: [{ id: r, when: { status: { in: [NEW] } } }] }";

  @Test
  void onlyCasesAboutSilenceFollowTheNumberOfCustomersAtRisk() {
    PolicyCounts counts = counts(SILENCE, COMPLAINT, UNPAID, NEW);
    for (int week = 0; week < 28; week += 7) {
      tell(counts, week, 0, 3);
      tell(counts, week, 1, 10);
      tell(counts, week, 2, 4);
      tell(counts, week, 3, 1);
    }
    assertThat(counts.notificationRate(14, 28)).isEqualTo(new NotificationRate(3, 15));
    assertThat(counts.notificationsPerWeek(14, 28)).isEqualTo(18);
  }

  @Test
  void whatHappensOutsideTheWeeksDoesNotCount() {
    PolicyCounts counts = counts(SILENCE, COMPLAINT);
    tell(counts, 0, 0, 5);
    tell(counts, 7, 0, 1);
    tell(counts, 14, 1, 5);
    assertThat(counts.notificationRate(7, 14)).isEqualTo(new NotificationRate(1, 0));
  }

  private static void tell(PolicyCounts counts, int week, int place, int times) {
    for (int i = 0; i < times; i++) {
      counts.notification(week, place);
    }
  }

  private static PolicyCounts counts(String... cases) {
    Policy policy =
        PolicyReader.read("version: 1\ncases: [" + String.join(", ", cases) + "]")
            .policy()
            .orElseThrow();
    return new PolicyCounts(Cuts.of(0, 90, 1, OptionalInt.empty(), policy.calendar()), policy);
  }
}
