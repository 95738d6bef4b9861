package dev.lifesign.core.policy;

import dev.lifesign.core.model.PurchaseModel;
import dev.lifesign.core.model.SpendModel;
import dev.lifesign.core.time.Instants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The policy file as records (semantics, The policy file). All durations are milliseconds.
 *
 * @param version 1 or more
 * @param lateness how long an event may be on its way, 0 or more
 * @param currency the base currency and its rates
 * @param activity activity score and types
 * @param lifecycle when a status becomes another
 * @param subscriptions grace and pauses
 * @param rfm recency, frequency, monetary
 * @param model the purchase and spend models; empty if the policy has none
 * @param alerts the rules that raise alerts
 */
public record Policy(
    int version,
    long lateness,
    Currencies currency,
    Activity activity,
    Lifecycle lifecycle,
    SubscriptionTerms subscriptions,
    Rfm rfm,
    Optional<Model> model,
    List<AlertRule> alerts) {

  /** Keeps its own copy of the rules. */
  public Policy {
    alerts = List.copyOf(alerts);
  }

  /** The same policy, by which nobody gets scores and segments. */
  public Policy unscored() {
    Rfm none = new Rfm(rfm.window(), Optional.empty(), OptionalLong.empty(), rfm.segments());
    return new Policy(
        version, lateness, currency, activity, lifecycle, subscriptions, none, model, alerts);
  }

  /** For how many days panes of money are kept: the longest window. */
  public int moneyPaneDays() {
    return Math.max(rfm.windowDays(), lifecycle.loyal().withinDays());
  }

  /** The rule of that id, or null if there is none. */
  public AlertRule alertRule(String id) {
    for (AlertRule rule : alerts) {
      if (rule.id().equals(id)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * Activity score and types.
   *
   * @param weights what each action adds
   * @param halfLife after what time a contribution has halved, more than 0
   * @param scale the sum at which the shown score is 100·(1 − 1/e), more than 0
   * @param activeWithin how recent an activity type's event must be, more than 0
   */
  public record Activity(Weights weights, long halfLife, double scale, long activeWithin) {}

  /**
   * When a status becomes another.
   *
   * @param newFor how long a customer is NEW
   * @param loyal what makes a customer LOYAL
   * @param risk when silence becomes a risk
   * @param usageRiskAfter after what time without use an entitled customer is at risk; empty if
   *     never
   * @param dormantAfter silence after which a customer is DORMANT
   * @param atRiskFor how long a customer is AT_RISK at least before it is DORMANT
   * @param churnAfter silence after which a customer is CHURNED
   * @param dormantFor how long a customer is DORMANT at least before it is CHURNED
   * @param reactivatedFor how long a returned customer is REACTIVATED
   * @param returnBy what brings an inactive customer back
   * @param onSubscriptionEnd what a customer becomes whose last subscription has ended
   */
  public record Lifecycle(
      long newFor,
      Loyal loyal,
      Risk risk,
      OptionalLong usageRiskAfter,
      long dormantAfter,
      long atRiskFor,
      long churnAfter,
      long dormantFor,
      long reactivatedFor,
      ReturnBy returnBy,
      OnSubscriptionEnd onSubscriptionEnd) {}

  /**
   * What makes a customer LOYAL.
   *
   * @param orders that many orders in the window, 1 or more
   * @param within the window, whole days
   * @param tenure time since the first commercial event
   * @param subscribedFor or so long entitled; empty if that does not count
   */
  public record Loyal(int orders, long within, long tenure, OptionalLong subscribedFor) {

    /** The window in days. */
    public int withinDays() {
      return Math.toIntExact(within / Instants.DAY);
    }
  }

  /**
   * When silence becomes a risk.
   *
   * @param method how it is found
   * @param fixed after that silence, for everybody
   * @param personal after a multiple of the customer's own mean gap
   * @param model when a customer is as likely gone as this says
   */
  public record Risk(RiskMethod method, long fixed, Personal personal, ModelRisk model) {}

  /**
   * The risk method of the purchase model.
   *
   * @param alive the probability of being alive at which silence is a risk, between 0 and 1
   * @param min not before that time after the last purchase day, nor that silence
   * @param max not after that time after the last purchase day
   */
  public record ModelRisk(double alive, long min, long max) {}

  /**
   * The models that predict.
   *
   * @param purchases how customers buy and leave
   * @param unit its unit of time, more than 0
   * @param spend what their purchases are worth, in major units of the base currency
   * @param discountRate of a year, 0 or more
   * @param horizon of the predicted lifetime value
   */
  public record Model(
      PurchaseModel purchases, long unit, SpendModel spend, double discountRate, long horizon) {}

  /**
   * The personal risk method.
   *
   * @param factor that many mean gaps, more than 0
   * @param min not before that silence
   * @param max not after that silence
   */
  public record Personal(BigDecimal factor, long min, long max) {}

  /**
   * Grace and pauses.
   *
   * @param grace how long a subscription goes on after what was paid
   * @param maxPause how long a pause lasts at most
   */
  public record SubscriptionTerms(long grace, long maxPause) {}

  /**
   * Recency, frequency, monetary.
   *
   * @param window the window, whole days
   * @param cuts fixed cut points; empty for those of the population
   * @param cutsEvery how often the population's cut points are taken; empty if they are fixed. With
   *     neither, nobody is scored.
   * @param segments the table of segments, first match wins
   */
  public record Rfm(
      long window, Optional<Cuts> cuts, OptionalLong cutsEvery, List<SegmentRule> segments) {

    /** Keeps its own copy of the table. */
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
   * A row of the table of segments.
   *
   * @param name the segment
   * @param recency the R scores it takes
   * @param frequency the F scores it takes
   * @param monetary the M scores it takes
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

    /** Every score. */
    public static final ScoreRange ANY = new ScoreRange(1, 5);

    /** Whether the score is in the range. */
    public boolean contains(int score) {
      return from <= score && score <= to;
    }
  }
}
