package dev.lifesign.domain.policy;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.ReturnAges;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The policy file as records (semantics, The policy file). All durations are milliseconds.
 *
 * @param version 1 or more
 * @param lateness how long an event may take to arrive, 0 or more
 * @param locale the language of explanations, and the calendar
 * @param currency the base currency and its rates
 * @param activity activity score and types
 * @param lifecycle when the status changes
 * @param subscriptions grace period and longest pause
 * @param rfm recency, frequency, monetary
 * @param model the purchase and spend models; empty if the policy has none
 * @param cases what alerts are about
 */
public record Policy(
    int version,
    long lateness,
    PolicyLocale locale,
    Currencies currency,
    Activity activity,
    Lifecycle lifecycle,
    SubscriptionTerms subscriptions,
    Rfm rfm,
    Optional<Model> model,
    List<Case> cases) {

  /** Keeps its own copy of the cases. */
  public Policy {
    cases = List.copyOf(cases);
  }

  /** The same policy without scores and segments. */
  public Policy unscored() {
    Rfm none = new Rfm(rfm.window(), Optional.empty(), OptionalLong.empty(), rfm.segments());
    return new Policy(
        version,
        lateness,
        locale,
        currency,
        activity,
        lifecycle,
        subscriptions,
        none,
        model,
        cases);
  }

  /** The calendar of days, weeks and months. */
  public PolicyCalendar calendar() {
    return locale.calendar();
  }

  /** The days of its calendar. */
  public LocalDays days() {
    return locale.calendar().days();
  }

  /** For how many days money panes are kept: the longest window. */
  public int moneyPaneDays() {
    return Math.max(rfm.windowDays(), lifecycle.health().loyal().withinDays());
  }

  /** The case with this id, if there is one. */
  public Optional<Case> caseOf(String id) {
    for (Case one : cases) {
      if (one.id().equals(id)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /**
   * Activity score and types.
   *
   * @param weights what each action adds to the score
   * @param halfLife how long it takes a contribution to halve, more than 0
   * @param scale the sum at which the displayed score is 100·(1 − 1/e), more than 0
   * @param activeWithin how recent an event must be for its activity type, more than 0
   */
  public record Activity(Weights weights, long halfLife, double scale, long activeWithin) {}

  /**
   * When the status changes.
   *
   * @param health the statuses of healthy customers
   * @param silence the statuses that silence leads to
   * @param usageRiskAfter how long an entitled customer may go without use before it is at risk;
   *     empty for no limit
   * @param returnBy what brings an inactive customer back
   * @param onSubscriptionEnd the status of a customer whose last subscription has ended
   */
  public record Lifecycle(
      Health health,
      Silence silence,
      OptionalLong usageRiskAfter,
      ReturnBy returnBy,
      OnSubscriptionEnd onSubscriptionEnd) {}

  /**
   * The statuses of healthy customers.
   *
   * @param newFor how long a customer is NEW
   * @param loyal what makes a customer LOYAL
   * @param reactivatedFor how long a returned customer is REACTIVATED
   */
  public record Health(long newFor, Loyal loyal, long reactivatedFor) {}

  /**
   * The statuses that silence leads to.
   *
   * @param risk when silence puts a customer at risk
   * @param dormantAfter silence after which a customer is DORMANT
   * @param atRiskFor the least time a customer is AT_RISK before it is DORMANT
   * @param churnAfter silence after which a customer is CHURNED
   * @param dormantFor the least time a customer is DORMANT before it is CHURNED
   */
  public record Silence(
      Risk risk, long dormantAfter, long atRiskFor, long churnAfter, long dormantFor) {}

  /**
   * What makes a customer LOYAL.
   *
   * @param orders the least number of orders in the window, 1 or more
   * @param within the window of orders, whole days
   * @param tenure the least time since the first commercial event
   * @param subscribedFor how long a customer must have been entitled to qualify without the orders;
   *     empty if that does not count
   */
  public record Loyal(int orders, long within, long tenure, OptionalLong subscribedFor) {

    /** The window in days. */
    public int withinDays() {
      return Math.toIntExact(within / Instants.DAY);
    }
  }

  /**
   * When silence puts a customer at risk.
   *
   * @param method which of the methods applies
   * @param fixed after the same silence for every customer
   * @param personal after a multiple of the customer's own mean gap
   * @param model when the probability of being alive has fallen to a value
   * @param returning when the probability of a purchase within a time has fallen to a value
   */
  public record Risk(
      RiskMethod method, long fixed, Personal personal, ModelRisk model, ReturnRisk returning) {}

  /**
   * The risk method of the purchase model.
   *
   * @param alive the probability of being alive at which a customer is at risk, between 0 and 1
   * @param min at risk no earlier than this after the last purchase day, and after this much
   *     silence
   * @param max at risk no later than this after the last purchase day, unless min is later
   */
  public record ModelRisk(double alive, long min, long max) {}

  /**
   * The risk method that asks whether a customer will buy soon.
   *
   * @param within how soon, more than 0
   * @param below the probability of a purchase within that time at which a customer is at risk,
   *     between 0 and 1
   * @param min at risk no earlier than this after the last purchase day, and after this much
   *     silence
   * @param max at risk no later than this after the last purchase day, unless min is later
   * @param ages the ages at which the probability has fallen, as far as they are known
   */
  public record ReturnRisk(long within, double below, long min, long max, ReturnAges ages) {

    /** A clock that is changed by up to a day or two lengthens max by as much. */
    private static final long CLOCK_CHANGES = 2 * Instants.DAY;

    /** The method, with no ages known yet. */
    public ReturnRisk(long within, double below, long min, long max) {
      this(
          within,
          below,
          min,
          max,
          new ReturnAges(within, below, Instants.plus(max, CLOCK_CHANGES)));
    }
  }

  /**
   * The predictive models.
   *
   * @param purchases the model of how customers buy and leave
   * @param unit the purchase model's unit of time, more than 0
   * @param spend the model of what purchases are worth, in major units of the base currency
   * @param discountRate per year, 0 or more
   * @param horizon of the predicted lifetime value
   */
  public record Model(
      PurchaseModel purchases, long unit, SpendModel spend, double discountRate, long horizon) {}

  /**
   * The personal risk method.
   *
   * @param factor the multiple of the mean gap, more than 0
   * @param min the shortest silence that puts a customer at risk
   * @param max the longest silence before a customer is at risk
   */
  public record Personal(BigDecimal factor, long min, long max) {}

  /**
   * The grace period and the longest pause of subscriptions.
   *
   * @param grace how long a subscription continues after its paid period
   * @param maxPause the longest pause
   */
  public record SubscriptionTerms(long grace, long maxPause) {}

  /**
   * Recency, frequency, monetary.
   *
   * @param window the window, whole days
   * @param cuts fixed cut points; empty to use the population's, or none
   * @param cutsEvery how often the population's cut points are taken; empty if they are fixed. With
   *     neither, no customer is scored.
   * @param segments the segment table, first match wins
   */
  public record Rfm(
      long window, Optional<Cuts> cuts, OptionalLong cutsEvery, List<SegmentRule> segments) {

    /** Keeps its own copy of the segments. */
    public Rfm {
      segments = List.copyOf(segments);
    }

    /** The window in days. */
    public int windowDays() {
      return Math.toIntExact(window / Instants.DAY);
    }
  }

  /**
   * Fixed cut points, four each, ascending.
   *
   * @param recency milliseconds since the last transaction
   * @param orders orders in the window
   * @param money net money in the window, minor units of the base currency
   */
  public record Cuts(List<Long> recency, List<Long> orders, List<Long> money) {

    /** Keeps its own copies. */
    public Cuts {
      recency = List.copyOf(recency);
      orders = List.copyOf(orders);
      money = List.copyOf(money);
    }
  }

  /**
   * A row of the segment table.
   *
   * @param name the segment
   * @param recency the R scores it matches
   * @param frequency the F scores it matches
   * @param monetary the M scores it matches
   */
  public record SegmentRule(
      String name, ScoreRange recency, ScoreRange frequency, ScoreRange monetary) {}

  /**
   * A range of scores, both ends included.
   *
   * @param from 1 to 5
   * @param to 1 to 5, not below from
   */
  public record ScoreRange(int from, int to) {

    /** All scores. */
    public static final ScoreRange ANY = new ScoreRange(1, 5);

    /** Whether the score is in the range. */
    public boolean contains(int score) {
      return from <= score && score <= to;
    }
  }
}
