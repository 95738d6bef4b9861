package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.click;
import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Happening.resolution;
import static dev.lifesign.domain.history.Happening.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Event triggers (semantics, Alerts): match, count, within, and what ends such an alert. */
class TriggerStoriesTest {

  private static final String COMPLAINT =
      """
      - id: a
        on: { match: "event.family == 'support' && event.action == 'OPENED'" }
        endsWhen: "event.family == 'support' && event.action == 'RESOLVED' && event.ticketId == alert.subject"
        severity: HIGH
      """;

  private static Story on(String trigger) {
    return Story.of(
        "- { id: a, on: { match: \"event.family == 'support'\", %s } }".formatted(trigger));
  }

  @Test
  void aMatchingEventRaises() {
    Story story =
        Story.of(COMPLAINT).happens("2024-01-01", click()).happens("2024-01-02", complaint("t1"));
    assertThat(story.facts("subject"))
        .containsExactly("2024-01-02 RAISED #1 HIGH OPEN notify subject=t1");
  }

  @Test
  void aMatchSeesTheCustomerAfterTheEvent() {
    Story story =
        Story.of(
                "- { id: a, on: { match: \"event.family == 'purchase' && customer.orders == 2\" } }")
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-02", purchase(1))
            .happens("2024-01-03", purchase(1));
    assertThat(story.facts()).containsExactly("2024-01-02 RAISED #1 MEDIUM OPEN notify");
  }

  @Test
  void aMatchSeesMonthlyRecurringRevenue() {
    Story story =
        Story.of("- { id: a, on: { match: \"event.family == 'support' && customer.mrr == 999\" } }")
            .happens("2024-01-01", subscription(Action.STARTED, "s", "2024-02-01"))
            .happens("2024-01-02", complaint("t1"))
            .happens("2024-02-03", complaint("t2"));
    assertThat(story.facts("count"))
        .containsExactly("2024-01-02 RAISED #1 MEDIUM OPEN notify count=1");
  }

  @Test
  void countAsksForThatManyEvents() {
    Story story =
        on("count: 3")
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-06-01", complaint("t2"))
            .happens("2024-12-01", complaint("t3"));
    assertThat(story.facts("subject"))
        .containsExactly("2024-12-01 RAISED #1 MEDIUM OPEN notify subject=t3");
  }

  @Test
  void withinAsksThatTheyLieWithinLessThanThat() {
    Story atTheBound =
        on("count: 2, within: P7D")
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-08", complaint("t2"));
    assertThat(atTheBound.facts()).isEmpty();
    assertThat(atTheBound.happens("2024-01-14T23:59", complaint("t3")).facts())
        .containsExactly("2024-01-14T23:59 RAISED #1 MEDIUM OPEN notify");
  }

  @Test
  void afterATriggerCountingBeginsAnew() {
    Story story =
        on("count: 2, within: P7D")
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-02", complaint("t2"))
            .happens("2024-01-03", complaint("t3"))
            .happens("2024-01-04", complaint("t4"));
    assertThat(story.facts("count"))
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify count=1",
            "2024-01-04 REPEATED #1 MEDIUM OPEN count=2");
  }

  @Test
  void aLateEventCountsAtTheInstantAtWhichItOccurred() {
    Story story =
        on("count: 2, within: P2D")
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-05", click())
            .arrives("2024-01-05", "2024-01-02", complaint("t2"));
    assertThat(story.facts("late"))
        .containsExactly("2024-01-05 RAISED #1 MEDIUM OPEN notify late=true");
  }

  @Test
  void aLateEventIsCountedWithThoseThatOccurredBeforeItOnly() {
    Story story =
        on("count: 2, within: P9D")
            .happens("2024-01-05", complaint("t1"))
            .arrives("2024-01-05T01:00", "2024-01-02", complaint("t2"));
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void anEventOfMoreThanSevenDaysBeforeTheClockCountsAndDoesNotTrigger() {
    Story story =
        on("count: 2, within: P9D")
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-10", click())
            .arrives("2024-01-10", "2024-01-02T23:59", complaint("t2"));
    assertThat(story.facts()).isEmpty();
    assertThat(story.happens("2024-01-11", complaint("t3")).facts())
        .containsExactly("2024-01-11 RAISED #1 MEDIUM OPEN notify");
  }

  @Test
  void anEventOfExactlySevenDaysBeforeTheClockTriggers() {
    Story story =
        on("count: 1")
            .happens("2024-01-10", click())
            .arrives("2024-01-10", "2024-01-03", complaint("t1"));
    assertThat(story.facts()).containsExactly("2024-01-10 RAISED #1 MEDIUM OPEN notify");
  }

  @Test
  void aTriggerWithAnAlertOpenRepeatsIt() {
    Story story =
        Story.of(COMPLAINT)
            .happens("2024-01-02", complaint("t1"))
            .happens("2024-01-03", complaint("t2"))
            .happens("2024-01-04", complaint("t3"));
    assertThat(story.facts("count", "subject"))
        .containsExactly(
            "2024-01-02 RAISED #1 HIGH OPEN notify count=1 subject=t1",
            "2024-01-03 REPEATED #1 HIGH OPEN count=2 subject=t1",
            "2024-01-04 REPEATED #1 HIGH OPEN count=3 subject=t1");
  }

  @Test
  void endsWhenClearsByTheEventThatIsAboutTheSubject() {
    Story story =
        Story.of(COMPLAINT)
            .happens("2024-01-02", complaint("t1"))
            .happens("2024-01-03", resolution("t2"))
            .happens("2024-01-04", resolution("t1"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-02 RAISED #1 HIGH OPEN notify",
            "2024-01-04 CLEARED by EVENT #1 HIGH RESOLVED");
  }

  @Test
  void endsWhenIsLookedAtWithEventsThatOccurredAfterTheRaisingOneOnly() {
    Story story =
        Story.of(COMPLAINT)
            .happens("2024-01-05", complaint("t1"))
            .arrives("2024-01-06", "2024-01-05", resolution("t1"))
            .arrives("2024-01-07", "2024-01-04", resolution("t1"));
    assertThat(story.facts()).containsExactly("2024-01-05 RAISED #1 HIGH OPEN notify");
    assertThat(story.arrives("2024-01-08", "2024-01-05T00:01", resolution("t1")).facts("late"))
        .last()
        .isEqualTo("2024-01-08 CLEARED by EVENT #1 HIGH RESOLVED late=true");
  }

  @Test
  void theSubjectIsTheTicketTheSubscriptionOrTheOrder() {
    String any = "- { id: a, on: { match: \"event.family in ['purchase', 'subscription']\" } }";
    assertThat(Story.of(any).happens("2024-01-01", purchase(1)).facts("subject"))
        .containsExactly("2024-01-01 RAISED #1 MEDIUM OPEN notify subject=order-e1");
    assertThat(
            Story.of(any)
                .happens("2024-01-01", subscription(Action.STARTED, "s7"))
                .facts("subject"))
        .containsExactly("2024-01-01 RAISED #1 MEDIUM OPEN notify subject=s7");
  }

  @Test
  void aTriggerWithinTheCooldownRaisesNothingAndDoesNotWait() {
    Story story =
        Story.of(COMPLAINT + "  cooldown: P10D\n")
            .happens("2024-01-02", complaint("t1"))
            .asks("2024-01-03", new Command.Resolve(Outcome.SAVED))
            .happens("2024-01-12T23:59", complaint("t2"))
            .until("2024-01-20")
            .happens("2024-01-20", complaint("t3"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-02 RAISED #1 HIGH OPEN notify",
            "2024-01-03 HANDLED #1 HIGH RESOLVED",
            "2024-01-20 RAISED #2 HIGH OPEN notify");
  }

  @Test
  void aTriggerWithinTheCooldownLetsCountingBeginAnewAllTheSame() {
    Story story =
        Story.of(
                """
                - id: a
                  cooldown: P10D
                  on: { match: "event.family == 'support'", count: 2 }
                """)
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-02", complaint("t2"))
            .asks("2024-01-03", new Command.Resolve(Outcome.SAVED))
            .happens("2024-01-04", complaint("t3"))
            .happens("2024-01-05", complaint("t4"))
            .happens("2024-01-20", complaint("t5"))
            .happens("2024-01-21", complaint("t6"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify",
            "2024-01-03 HANDLED #1 MEDIUM RESOLVED",
            "2024-01-21 RAISED #2 MEDIUM OPEN notify");
  }

  @Test
  void anEventCaseHasNoCooldownUnlessItIsGivenOne() {
    Story story =
        Story.of(COMPLAINT)
            .happens("2024-01-02", complaint("t1"))
            .asks("2024-01-03", new Command.Resolve(Outcome.SAVED))
            .happens("2024-01-03", complaint("t2"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-02 RAISED #1 HIGH OPEN notify",
            "2024-01-03 HANDLED #1 HIGH RESOLVED",
            "2024-01-03 RAISED #2 HIGH OPEN notify");
  }
}
