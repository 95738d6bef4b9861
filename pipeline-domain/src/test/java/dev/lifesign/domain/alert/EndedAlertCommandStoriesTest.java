package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Happening.resolution;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.history.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RESOLVE, NOTE and REOPEN (semantics, Commands): also for the last alert of a case. */
class EndedAlertCommandStoriesTest {

  private static final Command.Step SAVED = new Command.Resolve(Outcome.SAVED);
  private static final Command.Step REOPEN = new Command.Reopen();
  private static final String SILENCE =
      """
      - id: a
        owner: retention
        due: 2
        timeToLive: P30D
        ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }]
      """;

  private static Story raised() {
    return raised(SILENCE);
  }

  private static Story raised(String cases) {
    return Story.of(cases).happens("2024-01-01", purchase(1)).until("2024-01-12");
  }

  private static List<String> since(Story story, String... more) {
    List<String> facts = story.facts(more);
    return facts.subList(1, facts.size());
  }

  @Test
  void resolveEndsAnOpenAlertHandledWithItsOutcome() {
    for (Outcome outcome :
        List.of(Outcome.SAVED, Outcome.LOST, Outcome.FALSE_ALARM, Outcome.OTHER)) {
      Story story = raised().asks("2024-01-12", new Command.Resolve(outcome));
      assertThat(since(story, "outcome", "by"))
          .containsExactly(
              "2024-01-12 HANDLED #1 low MEDIUM RESOLVED retention outcome=" + outcome + " by=ann");
      assertThat(story.answers()).containsExactly("ok 2");
    }
  }

  @Test
  void resolveWithoutAnOutcomeIsRefused() {
    Story story = raised().asks("2024-01-12", new Command.Resolve(Outcome.NONE));
    assertThat(story.answers()).containsExactly("INCOMPLETE 1");
  }

  @Test
  void resolveOfAnAlertThatHasEndedNotesTheOutcomeAndLeavesHowItEnded() {
    Story story =
        raised()
            .happens("2024-01-13", purchase(1))
            .asks("2024-01-14", SAVED)
            .asks("2024-01-14", REOPEN);
    assertThat(since(story, "outcome", "ended"))
        .containsExactly(
            "2024-01-13 CLEARED by EVENT #1 low MEDIUM RESOLVED retention outcome= ended=2024-01-13",
            "2024-01-14 NOTED #1 low MEDIUM RESOLVED retention outcome=SAVED ended=2024-01-13");
    assertThat(story.answers()).containsExactly("ok 3", "NOT_REOPENABLE 3");
  }

  @Test
  void resolveAndNoteAreRefusedWhereALaterAlertOfTheCaseTookItsPlace() {
    Story story =
        raised()
            .happens("2024-01-13", purchase(1))
            .until("2024-01-23")
            .asks("2024-01-23", 1, SAVED)
            .asks("2024-01-23", 1, new Command.Note("called"))
            .asks("2024-01-23", 1, REOPEN);
    assertThat(story.facts()).last().isEqualTo("2024-01-23 RAISED #2 low MEDIUM OPEN retention");
    assertThat(story.answers())
        .containsExactly("UNKNOWN_ALERT 0", "UNKNOWN_ALERT 0", "UNKNOWN_ALERT 0");
  }

  @Test
  void noteAnOpenAlert() {
    Story story = raised().asks("2024-01-12", new Command.Note("called"));
    assertThat(since(story, "note", "version", "changed"))
        .containsExactly(
            "2024-01-12 NOTED #1 low MEDIUM OPEN retention note=called version=2 changed=1");
  }

  @Test
  void noteTheLastAlertOfACaseOnceItHasEnded() {
    Story story =
        raised().happens("2024-01-13", purchase(1)).asks("2024-01-14", new Command.Note("called"));
    assertThat(since(story, "note"))
        .last()
        .isEqualTo("2024-01-14 NOTED #1 low MEDIUM RESOLVED retention note=called");
  }

  @Test
  void anEmptyNoteIsRefused() {
    Story story = raised().asks("2024-01-12", new Command.Note(""));
    assertThat(since(story)).isEmpty();
    assertThat(story.answers()).containsExactly("INCOMPLETE 1");
  }

  @Test
  void reopenAHandledAlertWithDueAndExpiryAnew() {
    Story story = raised().asks("2024-01-12", SAVED).asks("2024-01-15", REOPEN).until("2024-01-16");
    assertThat(since(story, "due", "expires", "ended"))
        .containsExactly(
            "2024-01-12 HANDLED #1 low MEDIUM RESOLVED retention due=2024-01-15 expires=2024-02-10 ended=2024-01-12",
            "2024-01-15 REOPENED #1 low MEDIUM OPEN retention due=2024-01-17 expires=2024-02-14 ended=");
    assertThat(story.answers()).containsExactly("ok 2", "ok 3");
  }

  @Test
  void aReopenedAlertEndsWhenNoRungHoldsAnyMore() {
    Story story =
        raised()
            .asks("2024-01-12", SAVED)
            .asks("2024-01-15", REOPEN)
            .happens("2024-01-16", purchase(1));
    assertThat(since(story))
        .last()
        .isEqualTo("2024-01-16 CLEARED by EVENT #1 low MEDIUM RESOLVED retention");
  }

  @Test
  void aReopenedAlertEndsAfterARungHasBegunAndEndedIfNoneHeld() {
    Story story =
        raised()
            .asks("2024-01-12", SAVED)
            .happens("2024-01-13", purchase(1))
            .asks("2024-01-15", REOPEN)
            .happens("2024-01-16", purchase(1))
            .asks("2024-01-16", new Command.Acknowledge())
            .until("2024-01-27")
            .happens("2024-01-27", purchase(1));
    assertThat(since(story))
        .containsExactly(
            "2024-01-12 HANDLED #1 low MEDIUM RESOLVED retention",
            "2024-01-15 REOPENED #1 low MEDIUM OPEN retention",
            "2024-01-16 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention",
            "2024-01-27 CLEARED by EVENT #1 low MEDIUM RESOLVED retention");
  }

  @Test
  void aReopenedAlertEndsByHandOrByExpiry() {
    Story byHand =
        raised().asks("2024-01-12", SAVED).asks("2024-01-15", REOPEN).asks("2024-01-16", SAVED);
    assertThat(since(byHand))
        .last()
        .isEqualTo("2024-01-16 HANDLED #1 low MEDIUM RESOLVED retention");
    Story byExpiry =
        raised().asks("2024-01-12", SAVED).asks("2024-01-15", REOPEN).until("2024-02-14");
    assertThat(since(byExpiry))
        .last()
        .isEqualTo("2024-02-14 EXPIRED #1 low MEDIUM RESOLVED retention");
  }

  @Test
  void aReopenedAlertOfAnEventCaseEndsByEndsWhen() {
    Story story =
        Story.of(
                """
                - id: a
                  on: { match: "event.family == 'support' && event.action == 'OPENED'" }
                  endsWhen: "event.family == 'support' && event.ticketId == alert.subject"
                """)
            .happens("2024-01-01", complaint("t"))
            .asks("2024-01-12", SAVED)
            .asks("2024-01-15", REOPEN)
            .happens("2024-01-16", resolution("t"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-01 RAISED #1 MEDIUM OPEN notify",
            "2024-01-12 HANDLED #1 MEDIUM RESOLVED",
            "2024-01-15 REOPENED #1 MEDIUM OPEN",
            "2024-01-16 CLEARED by EVENT #1 MEDIUM RESOLVED");
  }

  @Test
  void reopenIsRefusedForAnOpenAlertAndForOneThatEndedByItself() {
    assertThat(raised().asks("2024-01-12", REOPEN).answers()).containsExactly("NOT_REOPENABLE 1");
    assertThat(raised().until("2024-03-01").asks("2024-03-01", REOPEN).answers())
        .containsExactly("NOT_REOPENABLE 3");
  }

  @Test
  void reopenIsRefusedWhereThePolicyHasNoSuchCaseAnyMore() {
    Story story =
        Story.of(SILENCE)
            .then("2024-01-14", SILENCE.replace("id: a", "id: b"))
            .happens("2024-01-01", purchase(1))
            .until("2024-01-12")
            .asks("2024-01-12", SAVED)
            .until("2024-01-15")
            .asks("2024-01-15", REOPEN);
    assertThat(story.answers()).containsExactly("ok 2", "NOT_REOPENABLE 2");
  }

  @Test
  void whatWaitsForTheCooldownIsOverOnceTheAlertIsReopened() {
    Story story =
        raised(SILENCE + "  cooldown: P20D\n")
            .asks("2024-01-12", SAVED)
            .happens("2024-01-13", purchase(1))
            .until("2024-01-24")
            .asks("2024-01-24", REOPEN)
            .until("2024-02-02");
    assertThat(since(story))
        .containsExactly(
            "2024-01-12 HANDLED #1 low MEDIUM RESOLVED retention",
            "2024-01-24 REOPENED #1 low MEDIUM OPEN retention",
            "2024-01-26 OVERDUE #1 low MEDIUM OPEN retention notify");
  }
}
