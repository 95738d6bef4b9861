package dev.lifesign.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.condition.Conditions.Standing;
import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Condition.Silent.Kind;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table of conditions. */
class ConditionsTest {

  private static final long DAY = Instants.DAY;
  private static final OptionalLong UNSTATED = OptionalLong.empty();

  /** The score when a sum of 10, at a scale of 20, has halved. */
  private static final double HALF_WAY = -100 * Math.expm1(-0.25);

  private static final Policy POLICY =
      policy(
          """
          activity:
            weights: { purchase.PURCHASE: 10, contact.CLICKED: 1, subscription.RENEWED: 1 }
            halfLife: P10D
            scale: 20
          """
              + model("BG_NBD"));

  @Test
  void aStatusConditionHoldsWhileTheStatusIsOneOfThese() {
    Condition any = new Condition.InStatus(Set.of(Status.AT_RISK, Status.DORMANT), Set.of());
    assertThat(holds(any, Status.AT_RISK, Reason.SILENCE)).isTrue();
    assertThat(holds(any, Status.DORMANT, Reason.SILENCE)).isTrue();
    assertThat(holds(any, Status.ACTIVE, Reason.NONE)).isFalse();
  }

  @Test
  void aStatusConditionWithReasonsHoldsWhileTheReasonIsOneOfThoseToo() {
    Condition unpaid = new Condition.InStatus(Set.of(Status.AT_RISK), Set.of(Reason.UNUSED));
    assertThat(holds(unpaid, Status.AT_RISK, Reason.UNUSED)).isTrue();
    assertThat(holds(unpaid, Status.AT_RISK, Reason.SILENCE)).isFalse();
  }

  @Test
  void aSegmentConditionHoldsWhileTheSegmentIsOneOfThese() {
    Condition top = new Condition.InSegment(Set.of("Champions", "Loyalists"));
    assertThat(judge(top, scene("Champions")).holds()).isTrue();
    assertThat(judge(top, scene("Slipping")).holds()).isFalse();
    assertThat(judge(top, scene("")).holds()).isFalse();
  }

  @Test
  void statusAndSegmentHaveNoInstantsOfTheirOwn() {
    assertThat(
            Conditions.next(
                new Condition.InStatus(Set.of(Status.ACTIVE), Set.of()),
                scene(""),
                Standing.of(true, false)))
        .isEqualTo(Instants.FOREVER);
    assertThat(Conditions.next(new Condition.InSegment(Set.of("x")), scene("x"), Standing.NONE))
        .isEqualTo(Instants.FOREVER);
  }

  @Test
  void aliveBelowBeginsWhenTheStatusTableWouldSayModelAtThatProbability() {
    for (double below : new double[] {0.3, 0.5, 0.8, 0.9}) {
      Policy policy =
          policy(
              """
              lifecycle:
                risk: { method: model, fixed: P45D, model: { pAlive: %s, min: P3D, max: P900D } }
                dormantAfter: P1000D
                churnAfter: P2000D
              """
                      .formatted(below)
                  + model("BG_NBD"));
      Watch watch =
          new Watch(policy, new Condition.AliveBelow(below))
              .apply(Events.purchase(day(0)), day(0))
              .apply(Events.purchase(day(1)), day(1))
              .apply(Events.purchase(day(3)), day(3));
      long riskAt = riskAt(policy);
      assertThat(riskAt).isBetween(day(6), day(900));
      assertThat(watch.advance(day(1_000)).changes())
          .containsExactly("begins " + Instants.format(riskAt));
    }
  }

  @Test
  void aliveBelowEndsWithAPurchase() {
    Watch watch =
        new Watch(POLICY, new Condition.AliveBelow(0.5))
            .apply(Events.purchase(day(0)), day(0))
            .apply(Events.purchase(day(4)), day(4))
            .apply(Events.purchase(day(400)), day(400));
    assertThat(watch.changes()).hasSize(2);
    assertThat(watch.changes().get(1)).isEqualTo("ends " + Instants.format(day(400)));
  }

  @Test
  void aliveBelowIsNotBeforeTheMinimumOfSilence() {
    Watch watch =
        new Watch(POLICY, new Condition.AliveBelow(0.999))
            .apply(Events.purchase(day(0)), day(0))
            .apply(Events.purchase(day(4)), day(4))
            .apply(Events.click(day(6)), day(6));
    // The default minimum is a week.
    assertThat(watch.advance(day(30)).changes())
        .containsExactly("begins " + Instants.format(day(13)));
  }

  @Test
  void aliveBelowIsHeldToItsMinimumAnewWhenASubscriptionEnds() {
    Watch watch =
        new Watch(POLICY, new Condition.AliveBelow(0.999))
            .apply(Events.purchase(day(0)), day(0))
            .apply(
                Events.subscription("s", Action.STARTED, day(1), OptionalLong.of(day(13))), day(1))
            .apply(Events.purchase(day(4)), day(4));
    // The grace period is a week: silence begins on day 20.
    assertThat(watch.advance(day(60)).changes())
        .containsExactly(
            "begins " + Instants.format(day(11)),
            "ends " + Instants.format(day(20)),
            "begins " + Instants.format(day(27)));
  }

  @Test
  void aliveBelowDoesNotHoldWhereTheModelGivesNoInstant() {
    Condition when = new Condition.AliveBelow(0.5);
    assertThat(
            new Watch(POLICY, when)
                .apply(Events.purchase(day(0)), day(0))
                .advance(day(900))
                .changes())
        .as("BG/NBD with one purchase day")
        .isEmpty();
    assertThat(
            new Watch(POLICY, when).apply(Events.click(day(0)), day(0)).advance(day(900)).changes())
        .as("no purchase")
        .isEmpty();
    assertThat(
            new Watch(policy(model("MBG_NBD")), when)
                .apply(Events.purchase(day(0)), day(0))
                .advance(day(900))
                .changes())
        .as("MBG/NBD with one purchase day")
        .hasSize(1);
    assertThat(
            new Watch(policy(""), when)
                .apply(Events.purchase(day(0)), day(0))
                .apply(Events.purchase(day(1)), day(1))
                .advance(day(900))
                .changes())
        .as("no model")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void silenceBeginsSoLongAfterTheLastOne(Kind of) {
    Watch watch =
        new Watch(POLICY, new Condition.Silent(of, 10 * DAY))
            .apply(
                Events.subscription("s", Action.STARTED, day(0), OptionalLong.of(day(900))), day(0))
            .apply(Events.purchase(day(1)), day(1))
            .apply(
                Events.subscription("s", Action.RENEWED, day(2), OptionalLong.of(day(900))), day(2))
            .apply(Events.click(day(3)), day(3))
            .apply(
                Events.subscription("s", Action.DOWNGRADED, day(4), OptionalLong.of(day(900))),
                day(4));
    int last =
        switch (of) {
          case PURCHASE -> 1;
          case TRANSACTION -> 2;
          case USE -> 3;
          case ACTIVITY -> 4;
        };
    assertThat(watch.advance(day(60)).changes())
        .containsExactly("begins " + Instants.format(day(last + 10)));
  }

  @Test
  void silenceEndsWithTheNextOneAndIsNoneIfItComesInTime() {
    Watch watch =
        new Watch(POLICY, new Condition.Silent(Kind.PURCHASE, 10 * DAY))
            .apply(Events.purchase(day(0)), day(0))
            .apply(Events.purchase(day(10)), day(10))
            .apply(Events.purchase(day(21)), day(21));
    assertThat(watch.changes())
        .containsExactly("begins " + Instants.format(day(20)), "ends " + Instants.format(day(21)));
  }

  @Test
  void whatNeverHappenedIsNotMissing() {
    Watch watch =
        new Watch(POLICY, new Condition.Silent(Kind.PURCHASE, 0))
            .apply(Events.click(day(0)), day(0))
            .advance(day(900));
    assertThat(watch.changes()).isEmpty();
  }

  @Test
  void renewalHoldsFromSoLongBeforePaidThroughUntilThen() {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(5 * DAY))
            .apply(
                Events.subscription("s", Action.STARTED, day(0), OptionalLong.of(day(30))), day(0));
    assertThat(watch.advance(day(60)).changes())
        .containsExactly("begins " + Instants.format(day(25)), "ends " + Instants.format(day(30)));
  }

  @Test
  void renewalEndsEarlyWithTheRenewal() {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(5 * DAY))
            .apply(
                Events.subscription("s", Action.STARTED, day(0), OptionalLong.of(day(30))), day(0))
            .apply(
                Events.subscription("s", Action.RENEWED, day(28), OptionalLong.of(day(60))),
                day(28));
    assertThat(watch.changes())
        .containsExactly("begins " + Instants.format(day(25)), "ends " + Instants.format(day(28)));
  }

  @ParameterizedTest
  @CsvSource({"30, 30", "31, 15", "400, 15"})
  void renewalLongerAheadThanThePeriodCountsAsHalfOfIt(int ahead, int counts) {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(ahead * DAY))
            .apply(Events.purchase(day(-1)), day(-1))
            .apply(
                Events.subscription("s", Action.STARTED, day(0), OptionalLong.of(day(30))), day(0));
    assertThat(watch.advance(day(60)).changes())
        .containsExactly(
            "begins " + Instants.format(day(30 - counts)), "ends " + Instants.format(day(30)));
  }

  @Test
  void renewalHoldsWhileAnySubscriptionIsNearItsOwn() {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(5 * DAY))
            .apply(
                Events.subscription("a", Action.STARTED, day(0), OptionalLong.of(day(30))), day(0))
            .apply(
                Events.subscription("b", Action.STARTED, day(1), OptionalLong.of(day(33))), day(1))
            .apply(
                Events.subscription("c", Action.STARTED, day(2), OptionalLong.of(day(50))), day(2));
    assertThat(watch.advance(day(60)).changes())
        .containsExactly(
            "begins " + Instants.format(day(25)),
            "ends " + Instants.format(day(33)),
            "begins " + Instants.format(day(45)),
            "ends " + Instants.format(day(50)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSED", "PAYMENT_FAILED", "CANCEL_SCHEDULED", "CANCELLED", "EXPIRED"})
  void renewalIsNotAheadOfASubscriptionThatIsNotActive(Action action) {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(5 * DAY))
            .apply(
                Events.subscription("s", Action.STARTED, day(0), OptionalLong.of(day(30))), day(0))
            .apply(Events.subscription("s", action, day(10), UNSTATED), day(10));
    assertThat(watch.advance(day(200)).changes()).isEmpty();
  }

  @Test
  void renewalIsNotAheadOfASubscriptionWithoutPaidThrough() {
    Watch watch =
        new Watch(POLICY, new Condition.RenewalAhead(5 * DAY))
            .apply(Events.subscription("s", Action.STARTED, day(0), UNSTATED), day(0));
    assertThat(watch.advance(day(200)).changes()).isEmpty();
  }

  @Test
  void activityBeginsAtTheFirstWholeMinuteAtWhichTheScoreIsBelow() {
    long at = day(0) + 12_345;
    Watch watch =
        new Watch(POLICY, activity(HALF_WAY, OptionalDouble.empty()))
            .apply(Events.purchase(at), at);
    assertThat(watch.standing()).isEqualTo(Standing.of(false, true));
    assertThat(watch.advance(day(200)).changes())
        .containsExactly("begins " + Instants.format(day(10) + 60_000));
  }

  @Test
  void activityDoesNotBeginBeforeAJudgementFoundItAtOrAboveTheBound() {
    Watch watch =
        new Watch(POLICY, activity(20, OptionalDouble.empty())).apply(Events.click(day(0)), day(0));
    assertThat(watch.standing()).isEqualTo(Standing.NONE);
    assertThat(watch.advance(day(100)).changes()).isEmpty();
    watch.apply(Events.purchase(day(100)), day(100)).advance(day(200));
    assertThat(watch.changes()).hasSize(1);
  }

  @Test
  void activityEndsWhenAJudgementFindsItAtOrAboveUntil() {
    Watch plain = new Watch(POLICY, activity(4, OptionalDouble.empty()));
    Watch held = new Watch(POLICY, activity(4, OptionalDouble.of(45)));
    for (Watch watch : new Watch[] {plain, held}) {
      watch
          .apply(Events.purchase(day(0)), day(0))
          .apply(Events.purchase(day(50)), day(50))
          .apply(Events.purchase(day(51)), day(51));
    }
    assertThat(plain.changes()).hasSize(2);
    assertThat(plain.changes().get(1)).isEqualTo("ends " + Instants.format(day(50)));
    assertThat(held.changes()).hasSize(2);
    assertThat(held.changes().get(1)).isEqualTo("ends " + Instants.format(day(51)));
    assertThat(held.standing()).isEqualTo(Standing.of(false, true));
  }

  @Test
  void activityThatRisesWithinTheMinuteOfItsFallHasNotFallen() {
    long at = day(0) + 12_345;
    long fall = at + 10 * DAY;
    Condition when = activity(HALF_WAY, OptionalDouble.empty());
    assertThat(
            new Watch(POLICY, when)
                .apply(Events.purchase(at), at)
                .apply(Events.purchase(fall + 1_000), fall + 1_000)
                .changes())
        .isEmpty();
    Watch stays =
        new Watch(policy(POLICY, "P10D", "0.0000001"), when)
            .apply(Events.purchase(at), at)
            .apply(Events.click(fall + 1_000), fall + 1_000);
    assertThat(stays.changes()).as("still below, but the minute is not over").isEmpty();
    assertThat(stays.advance(day(11)).changes())
        .containsExactly("begins " + Instants.format(day(10) + 60_000));
  }

  @Test
  void activityIsNeverBelowZeroAndNeverReachesAHundred() {
    Watch zero =
        new Watch(POLICY, activity(0, OptionalDouble.empty()))
            .apply(Events.click(day(0)), day(0))
            .advance(day(100_000));
    assertThat(zero.changes()).isEmpty();
    Policy steep = policy("activity: { weights: { purchase.PURCHASE: 1000 }, scale: 1 }");
    Watch hundred =
        new Watch(steep, activity(100, OptionalDouble.empty()))
            .apply(Events.purchase(day(0)), day(0))
            .advance(day(10_000));
    assertThat(hundred.changes()).isEmpty();
    assertThat(hundred.standing()).isEqualTo(Standing.NONE);
  }

  @Test
  void anActivityScoreThatHasDecayedToNothingIsBelow() {
    Customer gone = withScore(new ActivityScore(0, day(0) + 1));
    Scene scene = scene(gone, POLICY, day(0) + 1);
    Condition when = activity(20, OptionalDouble.empty());
    assertThat(Conditions.judge(when, scene, Standing.of(false, true)).holds()).isTrue();
    assertThat(Conditions.judge(when, scene, Standing.NONE)).isEqualTo(Standing.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT1H", "P10D", "P30D", "P365D", "P100000D"})
  void activityHoldsAtTheMinuteNamedWhateverTheHalfLifeAndTheBound(String halfLife) {
    Policy policy = policy(POLICY, halfLife, "1");
    for (double below : new double[] {1e-9, 0.01, 1, HALF_WAY, 39, 39.34693}) {
      Watch watch =
          new Watch(policy, activity(below, OptionalDouble.empty()))
              .apply(Events.purchase(day(0) + 777), day(0) + 777)
              .advance(day(5_000_000));
      assertThat(watch.standing()).isEqualTo(Standing.of(true, true));
      assertThat(watch.changes()).hasSize(1);
    }
  }

  @Test
  void aSumKeptAsOfALaterInstantNamesTheSameMinute() {
    Condition when = activity(20, OptionalDouble.empty());
    long halfLife = POLICY.activity().halfLife();
    Standing armed = Standing.of(false, true);
    for (int i = 0; i < 500; i++) {
      ActivityScore early = new ActivityScore(10 + i / 7.0, day(0) + i * 977L);
      long later = early.asOf() + i * 31_557L;
      Scene kept = scene(withScore(early), POLICY, later);
      Scene moved = scene(withScore(early.decayedTo(later, halfLife)), POLICY, later);
      assertThat(Conditions.next(when, moved, armed)).isEqualTo(Conditions.next(when, kept, armed));
    }
  }

  @Test
  void underANewHalfLifeTheSumFallsFromTheInstantOfItsAdoptionOn() {
    Condition when = activity(HALF_WAY, OptionalDouble.empty());
    Policy slower = policy(POLICY, "P20D", "1");
    long adoptedAt = day(5) + 12_345;
    ActivityScore score =
        new ActivityScore(10, day(0) + 12_345).decayedTo(adoptedAt, POLICY.activity().halfLife());
    Standing armed = Standing.of(false, true);
    // Half of the fall was over; the other half takes ten days instead of five.
    long named = Conditions.next(when, scene(withScore(score), slower, adoptedAt), armed);
    assertThat(Instants.format(named)).isEqualTo(Instants.format(day(15) + 60_000));
    assertThat(Conditions.judge(when, scene(withScore(score), slower, named), armed).holds())
        .isTrue();
    assertThat(Conditions.judge(when, scene(withScore(score), slower, named - 1), armed).holds())
        .isFalse();
  }

  @Test
  void aPolicyUnderWhichTheScoreIsBelowMakesItTrueWhenItIsAdopted() {
    long adoptedAt = day(5) + 12_345;
    Customer customer = withScore(new ActivityScore(10, adoptedAt));
    Policy coarser =
        policy("activity: { weights: { purchase.PURCHASE: 10 }, halfLife: P10D, scale: 100 }");
    Condition when = activity(20, OptionalDouble.empty());
    assertThat(
            Conditions.judge(when, scene(customer, coarser, adoptedAt), Standing.of(false, true)))
        .isEqualTo(Standing.of(true, true));
  }

  @Test
  void standingsAreNotMadeAnew() {
    for (boolean holds : new boolean[] {false, true}) {
      for (boolean armed : new boolean[] {false, true}) {
        assertThat(Standing.of(holds, armed))
            .isSameAs(Standing.of(holds, armed))
            .isEqualTo(new Standing(holds, armed));
      }
    }
  }

  private static long riskAt(Policy policy) {
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> customer = Optional.empty();
    for (int day : new int[] {0, 1, 3}) {
      customer =
          Optional.of(timeline.apply(customer, Events.purchase(day(day)), day(day)).customer());
    }
    return Situation.of(customer.orElseThrow(), policy, day(3)).silence().riskAt();
  }

  private static Condition activity(double below, OptionalDouble until) {
    return new Condition.ActivityBelow(below, until);
  }

  private static boolean holds(Condition when, Status status, Reason reason) {
    Scene scene = scene("");
    return judge(
            when,
            new Scene(
                scene.customer(),
                scene.policy(),
                scene.situation(),
                new Assessment(status, reason),
                ""))
        .holds();
  }

  private static Standing judge(Condition when, Scene scene) {
    return Conditions.judge(when, scene, Standing.NONE);
  }

  private static Scene scene(String segment) {
    Scene scene = scene(Customer.unknown("c", 1), POLICY, day(0));
    return new Scene(scene.customer(), scene.policy(), scene.situation(), scene.now(), segment);
  }

  private static Scene scene(Customer customer, Policy policy, long at) {
    return new Scene(
        customer,
        policy,
        Situation.of(customer, policy, at),
        new Assessment(Status.ACTIVE, Reason.NONE),
        "");
  }

  private static Customer withScore(ActivityScore score) {
    return Customer.unknown("c", 1).underPolicy(1, score);
  }

  private static Policy policy(Policy base, String halfLife, String click) {
    return policy(
        """
        activity:
          weights: { purchase.PURCHASE: 10, contact.CLICKED: %s }
          halfLife: %s
          scale: %s
        """
            .formatted(click, halfLife, base.activity().scale()));
  }

  private static String model(String family) {
    return "model: { family: "
        + family
        + ", unit: P7D, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426,"
        + " spend: { p: 6.25, q: 3.74, v: 15.44 } }\n";
  }

  private static Policy policy(String rest) {
    return PolicyReader.read("version: 1\nlateness: PT0S\n" + rest).policy().orElseThrow();
  }

  private static long day(long day) {
    return Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + day * DAY;
  }
}
