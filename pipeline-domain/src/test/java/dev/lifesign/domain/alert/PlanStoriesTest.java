package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.history.Happening;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** The plan of a subscription as CEL sees it (semantics, KPIs, Dimensions). */
class PlanStoriesTest {

  @Test
  void aCancellationThatNamesAnotherPlanDoesNotChangeThePlan() {
    Story story =
        Story.of(
                """
                - id: a
                  on: { match: "event.family == 'support' && customer.subscriptions.exists(s, s.plan == 'basic')" }
                """)
            .happens("2024-01-01", subscription(Action.STARTED, "s", "2024-02-01"))
            .happens("2024-01-02", named("pro", subscription(Action.CANCEL_SCHEDULED, "s")))
            .happens("2024-01-03", complaint("t"));
    assertThat(story.facts()).containsExactly("2024-01-03 RAISED #1 MEDIUM OPEN notify");
  }

  private static Happening named(String plan, Happening happening) {
    return (id, at) -> {
      SubscriptionChange change = (SubscriptionChange) happening.as(id, at);
      return new SubscriptionChange(
          id,
          change.customerId(),
          at,
          change.action(),
          change.subscriptionId(),
          change.kind(),
          plan,
          change.billing(),
          change.paidThrough(),
          change.cancelReason());
    };
  }
}
