package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.Finding.Count;
import dev.lifesign.domain.alert.Finding.Moment;
import dev.lifesign.domain.alert.Finding.Span;
import dev.lifesign.domain.alert.Finding.Word;
import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.CustomerActivity;
import dev.lifesign.domain.customer.CustomerVerdict;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.customer.Subscriptions;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusTable;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.policy.SeverityRule;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The evidence of alert facts. */
class FindingsTest {

  private static final long START = Instants.parse("2024-01-01T00:00:00Z");
  private static final SeverityRule HIGH = new SeverityRule.Fixed(Severity.HIGH);
  private static final Policy POLICY =
      PolicyReader.read(
              """
              version: 1
              lifecycle:
                risk: { method: personal, fixed: P30D, personal: { factor: 2.5, min: P7D, max: P90D } }
                dormantAfter: P90D
                churnAfter: P180D
                usageRiskAfter: P21D
              """)
          .policy()
          .orElseThrow();

  @Test
  void aSilentCustomerIsSeenAgainstItsOwnRhythm() {
    // Bought on days 0, 10 and 38: a gap of 19 days, so at risk after 47.5 days.
    Map<String, Finding.Value> found =
        raised(status(Status.AT_RISK), bought(0, 10, 38), 38 + 54, next());
    assertThat(found)
        .containsEntry("usualGap", new Span(19 * Instants.DAY))
        .containsEntry("silentSince", new Moment(day(38)))
        .containsEntry("silentFor", new Span(54 * Instants.DAY))
        .containsEntry("threshold", new Span(47 * Instants.DAY + 12 * Instants.HOUR))
        .containsEntry("status", new Word("AT_RISK"))
        .containsEntry("reason", new Word("SILENCE"))
        .containsEntry("orders", new Count(3))
        .containsEntry("endsBy", new Word("ACTIVITY"))
        .containsEntry("nextStatus", new Word("DORMANT"))
        .containsEntry("nextAt", new Moment(day(128)));
  }

  @Test
  void theThresholdIsThatOfTheStatusAndOnlyAPurchaseBringsADormantCustomerBack() {
    Map<String, Finding.Value> found =
        raised(status(Status.DORMANT), bought(0, 10, 38), 38 + 91, Optional.empty());
    assertThat(found)
        .containsEntry("status", new Word("DORMANT"))
        .containsEntry("threshold", new Span(90 * Instants.DAY))
        .containsEntry("endsBy", new Word("COMMERCIAL"))
        .doesNotContainKey("nextStatus");
  }

  @Test
  void twoPurchaseDaysAreNoHabit() {
    assertThat(raised(status(Status.AT_RISK), bought(0, 10), 60, Optional.empty()))
        .doesNotContainKey("usualGap");
  }

  @Test
  void aSilenceOfOneKindHasItsOwnThreshold() {
    Condition noPurchase = new Condition.Silent(Condition.Silent.Kind.PURCHASE, 40 * Instants.DAY);
    assertThat(raised(noPurchase, bought(0, 10, 38), 80, Optional.empty()))
        .containsEntry("cause", new Word("SILENCE"))
        .containsEntry("silentOf", new Word("PURCHASE"))
        .containsEntry("silentFor", new Span(42 * Instants.DAY))
        .containsEntry("threshold", new Span(40 * Instants.DAY))
        .containsEntry("endsBy", new Word("PURCHASE"));
  }

  @Test
  void aFallenScoreIsShownBesideItsBounds() {
    Condition low = new Condition.ActivityBelow(5, OptionalDouble.of(8));
    assertThat(raised(low, bought(0), 200, Optional.empty()))
        .containsKeys("activityScore", "lastActivity")
        .containsEntry("activityBelow", new Finding.Measure(5))
        .containsEntry("activityUntil", new Finding.Measure(8));
  }

  @Test
  void aFailedPaymentNamesTheSubscriptionThatEndsFirst() {
    CustomerActivity failed =
        subscribed(
            change("b", SubscriptionChange.Action.STARTED, 0, 30),
            change("a", SubscriptionChange.Action.STARTED, 0, 60),
            change("b", SubscriptionChange.Action.PAYMENT_FAILED, 30, 30));
    assertThat(raised(status(Status.AT_RISK), failed, 31, Optional.empty()))
        .containsEntry("reason", new Word("PAYMENT_FAILED"))
        .containsEntry("subscription", new Word("b"))
        .containsEntry("entitledUntil", new Moment(day(37)))
        .containsEntry("endsBy", new Word("PAYMENT"));
  }

  @Test
  void aRenewalNamesTheSubscriptionThatRenewsFirst() {
    CustomerActivity subscribed =
        subscribed(
            change("year", SubscriptionChange.Action.STARTED, 0, 365),
            change("month", SubscriptionChange.Action.STARTED, 0, 30));
    assertThat(
            raised(new Condition.RenewalAhead(14 * Instants.DAY), subscribed, 20, Optional.empty()))
        .containsEntry("subscription", new Word("month"))
        .containsEntry("plan", new Word("gold"))
        .containsEntry("paidThrough", new Moment(day(30)));
  }

  @Test
  void aRenewalNamesTheSubscriptionWhoseTimeAheadBeganFirst() {
    // The month's counts from half of it, on day 260; the year's began on day 255.
    CustomerActivity subscribed =
        subscribed(
            change("year", SubscriptionChange.Action.STARTED, 0, 365),
            change("month", SubscriptionChange.Action.STARTED, 245, 275));
    Condition ahead = new Condition.RenewalAhead(110 * Instants.DAY);
    assertThat(raised(ahead, subscribed, 261, Optional.empty()))
        .containsEntry("subscription", new Word("year"));
  }

  @Test
  void timeWithoutUseCountsFromTheBeginOfTheSubscription() {
    CustomerActivity subscribed =
        subscribed(change("s", SubscriptionChange.Action.STARTED, 10, 90));
    assertThat(raised(status(Status.AT_RISK), subscribed, 40, Optional.empty()))
        .containsEntry("reason", new Word("UNUSED"))
        .containsEntry("lastUse", new Moment(day(0)))
        .containsEntry("unusedSince", new Moment(day(10)))
        .containsEntry("unusedFor", new Span(30 * Instants.DAY))
        .containsEntry("threshold", new Span(21 * Instants.DAY))
        .containsEntry("endsBy", new Word("USE"));
  }

  @Test
  void aRenewalNamesItsSubscriptionThoughThatWasUpgradedForTheRestOfItsTerm() {
    CustomerActivity upgraded =
        subscribed(
            change("year", SubscriptionChange.Action.STARTED, 0, 365),
            change("year", SubscriptionChange.Action.UPGRADED, 254, 359));
    assertThat(
            raised(new Condition.RenewalAhead(110 * Instants.DAY), upgraded, 254, Optional.empty()))
        .containsEntry("subscription", new Word("year"));
  }

  @Test
  void anEventCaseHasTheEventsNameSubjectAndCount() {
    Expression match =
        Expressions.compile("true", Expressions.Scope.MATCH).expression().orElseThrow();
    Case complaint =
        definition(new EventTrigger(match, 3, 30 * Instants.DAY, HIGH, Optional.empty()));
    Event opened =
        new Support(
            "e", "c", day(1), Support.Action.OPENED, "T-17", Support.Category.COMPLAINT, "web");
    Map<String, Finding.Value> found =
        byName(
            Findings.of(
                scene(bought(0), 1),
                Optional.of(complaint),
                alert("", Ending.NONE),
                AlertChange.RAISED,
                true,
                Optional.of(opened),
                Optional.empty(),
                0));
    assertThat(found)
        .containsEntry("cause", new Word("EVENT"))
        .containsEntry("event", new Word("support.OPENED"))
        .containsEntry("subject", new Word("T-17"))
        .containsEntry("category", new Word("COMPLAINT"))
        .containsEntry("matches", new Count(3))
        .containsEntry("within", new Span(30 * Instants.DAY))
        .containsEntry("endsBy", new Word("HAND"))
        .containsEntry("expiresAt", new Moment(day(60)))
        .doesNotContainKey("valueAtStake");
  }

  @Test
  void whatIsAtStakeIsAnAmount() {
    assertThat(raised(status(Status.AT_RISK), bought(0, 10, 38), 38 + 54, next()))
        .containsEntry("valueAtStake", new Finding.Amount(12_000));
  }

  @Test
  void anOverdueAlertNamesItsOwnerOnlyIfThatIsAnother() {
    assertThat(overdue(new AlertState.Version(4, 4))).containsEntry("owner", new Word("crm"));
    assertThat(overdue(new AlertState.Version(4, 2)))
        .doesNotContainKey("owner")
        .containsEntry("dueAt", new Moment(day(2)));
  }

  @Test
  void anUnknownChannelIsNotSaid() {
    assertThat(visited(Contact.Channel.STORE)).containsEntry("channel", new Word("STORE"));
    assertThat(visited(Contact.Channel.UNKNOWN)).containsKey("event").doesNotContainKey("channel");
  }

  @Test
  void whatWasErasedLeavesNoEvidence() {
    assertThat(
            Findings.of(
                scene(bought(0), 1),
                Optional.empty(),
                alert("r", Ending.ERASED),
                AlertChange.ERASED,
                true,
                Optional.empty(),
                Optional.empty(),
                12_000))
        .isEmpty();
  }

  @Test
  void anAlertOfADroppedCaseStillSaysTheStatus() {
    assertThat(
            byName(
                Findings.of(
                    scene(bought(0), 1),
                    Optional.empty(),
                    alert("r", Ending.CLEARED_BY_POLICY),
                    AlertChange.CLEARED,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    12_000)))
        .containsEntry("status", new Word("NEW"))
        .containsEntry("openFor", new Span(Instants.DAY));
  }

  private static Map<String, Finding.Value> raised(
      Condition when, CustomerActivity activity, int day, Optional<NextReview> next) {
    Rung rung = new Rung("r", when, 0, HIGH, Optional.empty(), OptionalInt.empty(), false);
    return byName(
        Findings.of(
            scene(activity, day),
            Optional.of(definition(new Case.Ladder(List.of(rung)))),
            alert("r", Ending.NONE),
            AlertChange.RAISED,
            true,
            Optional.empty(),
            next,
            12_000));
  }

  @Test
  void anAlertWhoseCauseIsNotThereSaysTheStatusOnly() {
    Rung rung =
        new Rung(
            "r", status(Status.AT_RISK), 0, HIGH, Optional.empty(), OptionalInt.empty(), false);
    assertThat(
            byName(
                Findings.of(
                    scene(bought(0), 1),
                    Optional.of(definition(new Case.Ladder(List.of(rung)))),
                    alert("r", Ending.NONE),
                    AlertChange.REOPENED,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    0)))
        .containsOnly(Map.entry("status", new Word("NEW")));
  }

  private static Map<String, Finding.Value> overdue(AlertState.Version version) {
    return byName(
        Findings.of(
            scene(bought(0), 3),
            Optional.empty(),
            alert("r", Ending.NONE, version),
            AlertChange.OVERDUE,
            true,
            Optional.empty(),
            Optional.empty(),
            0));
  }

  private static Map<String, Finding.Value> visited(Contact.Channel channel) {
    return byName(
        Findings.of(
            scene(bought(0), 3),
            Optional.empty(),
            alert("r", Ending.CLEARED_BY_EVENT),
            AlertChange.CLEARED,
            true,
            Optional.of(new Contact("e", "c", day(3), Contact.Action.VISITED, channel)),
            Optional.empty(),
            0));
  }

  private static Map<String, Finding.Value> byName(List<Finding> findings) {
    return findings.stream().collect(Collectors.toMap(Finding::name, Finding::value));
  }

  private static Condition status(Status status) {
    return new Condition.InStatus(Set.of(status), Set.of());
  }

  private static Optional<NextReview> next() {
    return Optional.of(new NextReview(day(128), new Assessment(Status.DORMANT, Reason.SILENCE)));
  }

  private static Scene scene(CustomerActivity activity, int day) {
    Customer customer = new Customer("c", day(day), activity, CustomerVerdict.none(1));
    Situation situation = Situation.of(customer, POLICY, day(day));
    return new Scene(
        customer, POLICY, situation, StatusTable.assess(customer, POLICY, situation), "");
  }

  private static CustomerActivity bought(int... days) {
    int first = (int) Math.floorDiv(START, Instants.DAY);
    MoneyPanes panes = MoneyPanes.EMPTY;
    DaySet set = DaySet.EMPTY;
    for (int day : days) {
      set = set.with(first + day);
    }
    long last = day(days[days.length - 1]);
    return new CustomerActivity(
        RecentEvents.NONE,
        new Milestones(day(days[0]), last, last, last, last, last, Milestones.FamilyInstants.NONE),
        new Commerce(days.length, 1_000L * days.length, 0, set, panes),
        FamilyPanes.EMPTY,
        ActivityScore.NONE.plus(10, last, 30 * Instants.DAY),
        Subscriptions.NONE);
  }

  private static CustomerActivity subscribed(SubscriptionChange... changes) {
    CustomerActivity none = bought(0);
    Subscriptions subscriptions = Subscriptions.NONE;
    for (SubscriptionChange change : changes) {
      subscriptions =
          subscriptions
              .after(change, POLICY.subscriptions(), POLICY.currency(), change.occurredAt())
              .subscriptions();
    }
    return new CustomerActivity(
        none.recentEvents(),
        none.milestones(),
        none.commerce(),
        none.families(),
        none.score(),
        subscriptions);
  }

  private static SubscriptionChange change(
      String id, SubscriptionChange.Action action, int day, int paidThrough) {
    return new SubscriptionChange(
        id + action,
        "c",
        day(day),
        action,
        id,
        SubscriptionKind.SERVICE,
        "gold",
        Billing.of(1_000, "USD"),
        OptionalLong.of(day(paidThrough)),
        "");
  }

  private static Case definition(Case.Source source) {
    return new Case(
        "case", 0, 60 * Instants.DAY, "crm", "", OptionalInt.empty(), CaseAction.NONE, 0, source);
  }

  private static AlertState alert(String rung, Ending ending) {
    return alert(rung, ending, new AlertState.Version(1, 1));
  }

  private static AlertState alert(String rung, Ending ending, AlertState.Version version) {
    return new AlertState(
        1,
        version,
        ending == Ending.NONE ? AlertState.State.OPEN : AlertState.State.RESOLVED,
        ending,
        Outcome.NONE,
        new AlertState.Place(rung, rung.isEmpty() ? 0 : 2, Severity.HIGH),
        new AlertState.Owner("crm", false),
        new AlertState.Origin(START, Instants.NEVER, "", false, false),
        new AlertState.Moments(day(2), false, day(60), Instants.NEVER, Instants.NEVER),
        1);
  }

  private static long day(int day) {
    return START + day * Instants.DAY;
  }
}
