package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The cases of the presets: few, owned, and none of them about what another is about. */
class PresetCasesTest {

  static final List<String> PRESETS = Presets.NAMES;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retail | silence, no-second-order, vip-slipping, complaint, detractor",
        "subscription | silence, payment-failed, cancellation, complaint, detractor",
        "saas | silence, payment-failed, cancellation, unused, renewal, detractor",
        "marketplace | silence, no-second-order, vip-slipping, complaint",
      })
  void aPresetHasAHandfulOfCases(String name, String ids) {
    PolicyReading reading = PolicyReader.read(Presets.text(name));
    assertThat(reading.faults()).isEmpty();
    assertThat(reading.policy().orElseThrow().cases())
        .extracting(Case::id)
        .containsExactly(ids.split(", "));
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void silenceIsOneAlertThatGetsWorse(String name) {
    Case silence = Presets.policy(name).caseOf("silence").orElseThrow();
    assertThat(silence.rungs().stream().map(rung -> ((Condition.InStatus) rung.when()).in()))
        .startsWith(Set.of(Status.AT_RISK), Set.of(Status.DORMANT), Set.of(Status.CHURNED));
  }

  @Test
  void anAccountThatEndsMattersAsMuchAsItIsWorth() {
    List<Rung> rungs = Presets.policy("saas").caseOf("silence").orElseThrow().rungs();
    assertThat(rungs)
        .extracting(Rung::id)
        .containsExactly("at-risk", "dormant", "churned", "ended");
    assertThat(rungs.get(2).when())
        .isEqualTo(new Condition.InStatus(Set.of(Status.CHURNED), Set.of(Reason.SILENCE)));
    assertThat(rungs.get(3).when())
        .isEqualTo(
            new Condition.InStatus(Set.of(Status.CHURNED), Set.of(Reason.SUBSCRIPTION_ENDED)));
    assertThat(rungs.get(3).severity()).isEqualTo(rungs.get(0).severity());
    assertThat(rungs.get(3).filter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"subscription", "saas"})
  void aSecondCancellationOrFailedPaymentIsNotLeftUntold(String name) {
    Policy policy = Presets.policy(name);
    Set<Reason> urgent = Set.of(Reason.PAYMENT_FAILED, Reason.CANCEL_SCHEDULED);
    assertThat(policy.cases())
        .filteredOn(one -> one.rungs().stream().anyMatch(rung -> isOnlyAbout(urgent, rung)))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.cooldown()).isLessThan(policy.subscriptions().grace()));
  }

  private static boolean isOnlyAbout(Set<Reason> reasons, Rung rung) {
    return rung.when() instanceof Condition.InStatus when
        && !when.reasons().isEmpty()
        && reasons.containsAll(when.reasons());
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void nobodyIsRemindedOfAnAutomaticMessage(String name) {
    assertThat(Presets.policy(name).cases())
        .filteredOn(one -> List.of("silence", "no-second-order").contains(one.id()))
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.rungs()).allMatch(rung -> rung.due().isEmpty());
              assertThat(one.holdout()).isEqualTo(0.1);
            });
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void whoIsWorthTooLittleWhenDormantIsNotTakenUpWhenLost(String name) {
    List<Rung> rungs = Presets.policy(name).caseOf("silence").orElseThrow().rungs();
    assertThat(rungs.get(2).filter()).isPresent().isEqualTo(rungs.get(1).filter());
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void noStatusAndReasonAreInTwoCases(String name) {
    List<String> pairs = new ArrayList<>();
    for (Case one : Presets.policy(name).cases()) {
      for (Rung rung : one.rungs()) {
        if (rung.when() instanceof Condition.InStatus when) {
          Set<Reason> reasons =
              when.reasons().isEmpty() ? EnumSet.allOf(Reason.class) : when.reasons();
          when.in().forEach(in -> reasons.forEach(reason -> pairs.add(in + " " + reason)));
        }
      }
    }
    assertThat(pairs).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void everyReasonToBeAtRiskIsInACase(String name) {
    Policy policy = Presets.policy(name);
    Set<Reason> covered = new HashSet<>();
    for (Case one : policy.cases()) {
      for (Rung rung : one.rungs()) {
        if (rung.when() instanceof Condition.InStatus when && when.in().contains(Status.AT_RISK)) {
          covered.addAll(when.reasons().isEmpty() ? EnumSet.allOf(Reason.class) : when.reasons());
        }
      }
    }
    Set<Reason> possible = EnumSet.complementOf(EnumSet.of(Reason.NONE));
    if (policy.lifecycle().usageRiskAfter().isEmpty()) {
      possible.remove(Reason.UNUSED);
    }
    assertThat(covered).containsAll(possible);
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void everyCaseHasAnOwnerAndSaysWhatToDo(String name) {
    assertThat(Presets.policy(name).cases())
        .allSatisfy(
            one -> {
              assertThat(one.owner()).isNotEmpty();
              assertThat(one.action().play()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({"retail", "marketplace"})
  void theCaseOfASecondOrderIsOverWhenSilencePutsTheCustomerAtRisk(String name) {
    Policy policy = Presets.policy(name);
    Case second = policy.caseOf("no-second-order").orElseThrow();
    Condition.Silent silent = (Condition.Silent) second.rungs().get(0).when();
    assertThat(silent.lasting() + second.timeToLive())
        .isEqualTo(policy.lifecycle().silence().risk().fixed());
  }
}
