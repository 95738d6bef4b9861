package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.PopulationCuts;
import dev.lifesign.domain.scoring.Quintiles;
import dev.lifesign.domain.scoring.Scoring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Scores by the population's cut points in force. */
class PopulationScoresTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long NOON = Instant.parse("2024-03-01T12:00:00Z").toEpochMilli();
  private static final Policy POLICY = policy(1, "{ cuts: population, window: P30D }");

  private CutHistory cuts = CutHistory.NONE;
  private Optional<Customer> customer = Optional.empty();

  @Test
  void aScoreAppearsWithinADayOfTheFirstCutPoints() {
    buy("e1", 500, NOON);
    assertThat(scores()).isEqualTo("0 0 0");
    putInForce(NOON + DAY / 2, flat(NOON - DAY), flat(1), flat(100));
    advance(NOON + DAY);
    assertThat(scores()).isEqualTo("0 0 0");
    advance(NOON + DAY + 1);
    assertThat(scores()).isEqualTo("5 1 5");
  }

  @Test
  void theScoreIsOnePlusTheCutPointsBelowTheValue() {
    putInForce(NOON - DAY, around(NOON), quintiles(1, 2, 3, 4), quintiles(100, 200, 300, 400));
    buy("e1", 200, NOON);
    // The first two cut points of recency are before noon, the third is after it.
    assertThat(scores()).isEqualTo("3 1 2");
    buy("e2", 200, NOON + 1);
    assertThat(scores()).isEqualTo("3 2 4");
    buy("e3", 0, NOON + 2);
    assertThat(scores()).isEqualTo("3 3 4");
  }

  @Test
  void aJudgementBeforeNewCutPointsAreInForceUsesTheOldOnes() {
    putInForce(NOON - DAY, flat(NOON - DAY), flat(1), flat(100));
    buy("e1", 500, NOON);
    assertThat(scores()).isEqualTo("5 1 5");
    putInForce(NOON + 2 * DAY + 1, around(NOON + DAY), flat(1), flat(1_000));
    // The daily deadline at two days is before the new cut points, the one at three days after
    // them,
    // however late both are taken.
    advance(NOON + 2 * DAY + 1);
    assertThat(scores()).isEqualTo("5 1 5");
    advance(NOON + 3 * DAY + 1);
    assertThat(scores()).isEqualTo("1 1 1");
  }

  @Test
  void othersChangeACustomersScoreOnlyWhenItIsClearOfTheCutPoint() {
    putInForce(NOON - DAY, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(300));
    buy("e1", 301, NOON);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(5);
    // Others bought: the cut points pass the customer, but not by two hundredths of the population.
    putInForce(NOON + 1, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(302));
    advance(NOON + DAY + 1);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(5);
    putInForce(NOON + DAY + 1, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(306));
    advance(NOON + 2 * DAY + 1);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(1);
    // And back by as little: the score stays. An order of its own is scored by the current cut
    // points.
    putInForce(NOON + 2 * DAY + 1, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(300));
    advance(NOON + 3 * DAY + 1);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(1);
    buy("e2", 0, NOON + 3 * DAY + 2);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(1);
    buy("e3", 1, NOON + 3 * DAY + 3);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(5);
  }

  @Test
  void recencyFallsAsSoonAsACutPointPassesIt() {
    putInForce(NOON - DAY, near(NOON - 1), flat(0), flat(0));
    buy("e1", 301, NOON);
    assertThat(customer.orElseThrow().segment().recency()).isEqualTo(5);
    // Others bought: the cut points pass the customer, though by less than two hundredths of the
    // population. A customer's recency only falls, so its score cannot flicker.
    putInForce(NOON + 1, near(NOON + 1), flat(0), flat(0));
    advance(NOON + DAY + 1);
    assertThat(customer.orElseThrow().segment().recency()).isEqualTo(1);
  }

  @Test
  void theScoreEndsAtTheMidnightWhenTheLastTransactionLeavesTheWindow() {
    putInForce(NOON - DAY, around(NOON), flat(0), flat(0));
    buy("e1", 500, NOON);
    long out = NOON - DAY / 2 + 30 * DAY;
    advance(out);
    assertThat(customer.orElseThrow().segment().isScored()).isTrue();
    advance(out + 1);
    assertThat(customer.orElseThrow().segment().isScored()).isFalse();
    assertThat(customer.orElseThrow().segment().since()).isEqualTo(out);
  }

  @Test
  void aNewPolicyScoresAgain() {
    Policy other =
        policy(
            2,
            "{ cuts: { recencyDays: [1, 2, 3, 4], orders: [1, 2, 3, 4], money: [1, 2, 3, 4] } }");
    putInForce(NOON - DAY, around(NOON), quintiles(1, 2, 3, 4), near(300));
    buy("e1", 300, NOON);
    assertThat(scores()).isEqualTo("3 1 1");
    Timeline timeline =
        new Timeline(Policies.of(POLICY).with(new PolicyInForce(NOON + 5 * DAY, other)), cuts);
    customer =
        Optional.of(
            timeline.advance(customer.orElseThrow(), NOON + 6 * DAY, NOON + 6 * DAY).customer());
    assertThat(scores()).isEqualTo("1 1 5");
  }

  @Test
  void aNewPolicyKeepsNoScoreOfThePreviousOne() {
    putInForce(NOON - DAY, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(300));
    buy("e1", 301, NOON);
    putInForce(NOON + 1, flat(NOON - DAY), quintiles(1, 2, 3, 4), near(302));
    advance(NOON + 5 * DAY);
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(5);
    Policy other = policy(2, "{ cuts: population, window: P30D }");
    Timeline timeline =
        new Timeline(Policies.of(POLICY).with(new PolicyInForce(NOON + 5 * DAY, other)), cuts);
    customer =
        Optional.of(
            timeline
                .advance(customer.orElseThrow(), NOON + 5 * DAY + 1, NOON + 5 * DAY + 1)
                .customer());
    assertThat(customer.orElseThrow().segment().monetary()).isEqualTo(1);
  }

  @Property(tries = 300)
  void scoringACustomerAgainGivesTheSameScores(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 399) Integer> steps) {
    cuts = CutHistory.NONE;
    customer = Optional.empty();
    long at = NOON;
    buy("first", 300, at);
    for (int step : steps) {
      at += 1 + step % 7 * (DAY / 4);
      switch (step % 4) {
        case 0 -> buy("e" + at, step, at);
        case 1 ->
            putInForce(at, around(at - step % 5 * DAY), quintiles(1, 2, 3, 4), near(10L * step));
        case 2 -> advance(at);
        default -> view("e" + at, at);
      }
      if (step % 4 != 1) {
        Customer now = customer.orElseThrow();
        SegmentState again =
            new Scoring(cuts)
                .score(now, now, POLICY, now.clock())
                .map(rfm -> now.segment().scored(rfm.recency(), rfm.frequency(), rfm.monetary()))
                .orElse(now.segment().scored(0, 0, 0));
        assertThat(now.segment()).isEqualTo(again);
      }
    }
  }

  private static Policy policy(int version, String rfm) {
    return PolicyReader.read("version: " + version + "\nlateness: PT0S\nrfm: " + rfm)
        .policy()
        .orElseThrow();
  }

  /** Puts cut points in force from an instant. */
  private void putInForce(long from, Quintiles recency, Quintiles orders, Quintiles money) {
    cuts =
        cuts.with(
            new CutHistory.InForce(from, new PopulationCuts(from, 100, recency, orders, money)));
  }

  private static Quintiles flat(long value) {
    List<Long> all = List.of(value, value, value, value);
    return new Quintiles(all, all, all);
  }

  private static Quintiles quintiles(long one, long two, long three, long four) {
    List<Long> all = List.of(one, two, three, four);
    return new Quintiles(all, all, all);
  }

  private static Quintiles around(long instant) {
    return quintiles(instant - DAY, instant - 1, instant + DAY, instant + 2 * DAY);
  }

  /**
   * All four cut points at a value, with two hundredths of the population within 5 on either side.
   */
  private static Quintiles near(long value) {
    return new Quintiles(flat(value - 5).at(), flat(value).at(), flat(value + 5).at());
  }

  private void buy(String id, long amount, long at) {
    Purchase purchase =
        new Purchase(id, "c", at, Purchase.Action.PURCHASE, "o", amount, "USD", List.of(), "WEB");
    customer = Optional.of(timeline().apply(customer, purchase, at).customer());
  }

  private void view(String id, long at) {
    Contact view = new Contact(id, "c", at, Contact.Action.VIEWED, Contact.Channel.EMAIL);
    customer = Optional.of(timeline().apply(customer, view, at).customer());
  }

  private void advance(long until) {
    customer = Optional.of(timeline().advance(customer.orElseThrow(), until, until).customer());
  }

  private Timeline timeline() {
    return new Timeline(Policies.of(POLICY), cuts);
  }

  private String scores() {
    SegmentState segment = customer.orElseThrow().segment();
    return segment.recency() + " " + segment.frequency() + " " + segment.monetary();
  }
}
