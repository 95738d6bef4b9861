package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Origin;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.Owner;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.AlertState.Version;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.Answers.Answer;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is kept of cases and commands, as bytes. */
class CaseStateCodecTest {

  private static final long RAISED = Instants.parse("2024-03-01T10:15:30.123Z");
  private static final long CLOCK = RAISED + 71 * Instants.DAY + 12_345_678;

  @Property(tries = 5_000)
  void whateverIsKeptIsReadAgain(@ForAll long seed) {
    for (long clock : new long[] {CLOCK, Instants.NEVER, seed}) {
      CaseBook book = new RandomCases(seed).book(clock == Instants.NEVER ? 0 : clock);
      byte[] cases = CaseStateCodec.encode(book.cases(), clock);
      byte[] answers = CaseStateCodec.encode(book.answers());
      assertThat(CaseStateCodec.decode(ByteBuffer.wrap(cases), clock)).isEqualTo(book.cases());
      assertThat(CaseStateCodec.decodeAnswers(ByteBuffer.wrap(answers))).isEqualTo(book.answers());
    }
  }

  @Test
  void aCustomerWithoutCasesTakesNoBytes() {
    assertThat(CaseStateCodec.encode(List.of(), CLOCK)).isEmpty();
    assertThat(CaseStateCodec.encode(Answers.NONE)).isEmpty();
  }

  @Test
  void aCaseWhoseOnlyAlertHasEndedTakesAboutThirtyBytes() {
    CaseState raisedOnce = silence("at-risk", 1, new Version(2, 2), RAISED);
    assertThat(CaseStateCodec.encode(List.of(raisedOnce), CLOCK).length).isLessThanOrEqualTo(30);
  }

  @Test
  void aCaseThatWentThroughAllRungsTwiceTakesAtMostThirtyEightBytes() {
    CaseState escalated =
        silence("churned", 2, new Version(4, 4), RAISED + 45 * Instants.DAY + 1_234);
    assertThat(CaseStateCodec.encode(List.of(escalated), CLOCK).length).isLessThanOrEqualTo(38);
  }

  /** The silence case of the presets with an ended alert. */
  private static CaseState silence(String rung, int number, Version version, long notifiedAt) {
    RungState told = new RungState(Phase.IDLE, Instants.NEVER, false, notifiedAt);
    boolean last = rung.equals("churned");
    return new CaseState(
        "silence",
        last
            ? List.of(RungState.IDLE, RungState.IDLE, told)
            : List.of(told, RungState.IDLE, RungState.IDLE),
        List.of(),
        Optional.of(
            new AlertState(
                number,
                version,
                State.RESOLVED,
                Ending.CLEARED_BY_EVENT,
                Outcome.NONE,
                new Place(rung, Place.level(last ? 2 : 0), Severity.LOW),
                new Owner("retention", false),
                new Origin(RAISED, Instants.NEVER, "", false, false),
                new Moments(
                    last ? Instants.NEVER : RAISED + 4 * Instants.DAY,
                    !last,
                    notifiedAt + 120 * Instants.DAY,
                    Instants.NEVER,
                    CLOCK - 3_456_789),
                1)));
  }

  @Test
  void theCodesOfConstantsAreTheOnesReleased() {
    assertThat(names(State.values())).isEqualTo("OPEN ACKNOWLEDGED SNOOZED RESOLVED");
    assertThat(names(Ending.values()))
        .isEqualTo(
            "NONE CLEARED_BY_EVENT CLEARED_BY_TIME CLEARED_BY_CORRECTION CLEARED_BY_POLICY EXPIRED HANDLED MERGED ERASED");
    assertThat(names(Outcome.values())).isEqualTo("NONE SAVED LOST FALSE_ALARM OTHER");
    assertThat(names(Severity.values())).isEqualTo("LOW MEDIUM HIGH CRITICAL");
    assertThat(names(Phase.values())).isEqualTo("IDLE DWELLING FIRED FILTERED WAITING");
    assertThat(names(Refusal.values()))
        .isEqualTo(
            "NONE UNKNOWN_CUSTOMER UNKNOWN_ALERT NOT_OPEN NOT_REOPENABLE STALE VERSION_AHEAD BAD_UNTIL INCOMPLETE");
  }

  private static String names(Enum<?>[] constants) {
    return String.join(" ", Arrays.stream(constants).map(Enum::name).toList());
  }

  @Test
  void constantsFitIntoTheirBits() {
    assertThat(State.values().length).isLessThanOrEqualTo(4);
    assertThat(Ending.values().length).isLessThanOrEqualTo(16);
    assertThat(Outcome.values().length).isLessThanOrEqualTo(8);
    assertThat(Severity.values().length).isLessThanOrEqualTo(4);
    assertThat(Phase.values().length).isLessThanOrEqualTo(8);
  }

  @Test
  void theCodesOfCommonNamesAreTheOnesReleased() {
    assertThat(CommonNames.all())
        .startsWith(
            "silence",
            "at-risk",
            "dormant",
            "churned",
            "no-second-order",
            "waiting",
            "vip-slipping",
            "slipping",
            "complaint",
            "detractor",
            "payment-failed",
            "failed",
            "cancellation",
            "scheduled",
            "unused",
            "renewal",
            "ahead",
            "crm",
            "growth",
            "retention",
            "customer-success",
            "billing",
            "support",
            "support-lead",
            "key-accounts",
            "store-manager",
            "customer")
        .doesNotHaveDuplicates()
        .hasSizeLessThanOrEqualTo(CommonNames.MOST);
  }

  @Test
  void theNamesThatPresetsUseAreCommon() {
    Set<String> used = new HashSet<>();
    for (String preset : Presets.NAMES) {
      for (Case one : Presets.policy(preset).cases()) {
        used.add(one.id());
        used.add(one.owner());
        used.add(one.escalateTo());
        one.rungs().forEach(rung -> used.add(rung.id()));
      }
    }
    used.remove("");
    assertThat(used).hasSizeGreaterThan(10).isSubsetOf(CommonNames.all());
  }

  @Test
  void anAnswerTakesTenBytes() {
    Answers sixteen = Answers.NONE;
    for (int i = 0; i < 20; i++) {
      sixteen = sixteen.with(new Answer(-i, Refusal.STALE, i));
    }
    assertThat(CaseStateCodec.encode(sixteen)).hasSize(10 * Answers.LIMIT);
  }

  @Test
  void bytesThatWereCutOffAreNoCases() {
    byte[] whole =
        CaseStateCodec.encode(List.of(silence("at-risk", 1, new Version(2, 2), RAISED)), CLOCK);
    for (int length = 1; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> CaseStateCodec.decode(cut, CLOCK))
          .isInstanceOf(RuntimeException.class);
    }
  }
}
