package dev.lifesign.lab.open;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.lab.replay.StatusChangeRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Puts an {@link Overview} together from the results of a replay. */
public final class Opening {

  /** Customers who are with the company, and neither leaving nor only looking. */
  private static final Set<Status> ACTIVE =
      EnumSet.of(Status.NEW, Status.ACTIVE, Status.LOYAL, Status.REACTIVATED);

  /** From the healthiest to the worst. */
  private static final List<Status> ORDER =
      List.of(
          Status.LOYAL,
          Status.ACTIVE,
          Status.NEW,
          Status.REACTIVATED,
          Status.AT_RISK,
          Status.DORMANT,
          Status.CHURNED,
          Status.PROSPECT);

  private static final int MOST_CALLS = 10;
  private static final int WEEKS = 78;
  private static final long WEEK = 7 * Instants.DAY;

  private final Policy policy;
  private final long until;
  private final Collection<Profile> profiles;

  private Opening(Policy policy, long until, Collection<Profile> profiles) {
    this.policy = policy;
    this.until = until;
    this.profiles = profiles;
  }

  /**
   * The overview.
   *
   * @param source the name of the file
   * @param policy the policy that decided
   * @param until the instant of the profiles
   * @param profiles of all customers
   * @param changes every change of a status
   * @param backtest what a backtest found, if there was one
   */
  public static Overview of(
      String source,
      Policy policy,
      long until,
      Collection<Profile> profiles,
      List<StatusChangeRow> changes,
      Optional<Overview.Tested> backtest) {
    Opening opening = new Opening(policy, until, profiles);
    return new Overview(
        source,
        policy,
        opening.totals(),
        opening.statuses(),
        opening.calls(),
        opening.segments(),
        opening.weeks(changes),
        backtest);
  }

  private Overview.Totals totals() {
    long active = 0;
    long orders = 0;
    long net = 0;
    long first = until;
    for (Profile profile : profiles) {
      Customer customer = profile.customer();
      active += ACTIVE.contains(customer.statusState().status()) ? 1 : 0;
      orders += customer.commerce().orders();
      net += customer.commerce().net();
      if (Instants.isFinite(customer.milestones().firstCommercial())) {
        first = Math.min(first, customer.milestones().firstCommercial());
      }
    }
    return new Overview.Totals(profiles.size(), active, orders, net, first, until);
  }

  private List<Overview.StatusGroup> statuses() {
    Map<Status, Long> customers = new EnumMap<>(Status.class);
    Map<Status, Long> atStake = new EnumMap<>(Status.class);
    for (Profile profile : profiles) {
      Status status = profile.customer().statusState().status();
      customers.merge(status, 1L, Long::sum);
      atStake.merge(status, profile.valueAtStake(), Long::sum);
    }
    return ORDER.stream()
        .filter(customers::containsKey)
        .map(status -> new Overview.StatusGroup(status, customers.get(status), atStake.get(status)))
        .toList();
  }

  private List<Overview.SegmentGroup> segments() {
    Map<String, Long> customers = new TreeMap<>();
    Map<String, Long> net = new TreeMap<>();
    for (Profile profile : profiles) {
      String segment = profile.rfm().map(RfmScore::segment).orElse("");
      if (!segment.isEmpty()) {
        customers.merge(segment, 1L, Long::sum);
        net.merge(segment, profile.netInWindow(), Long::sum);
      }
    }
    return customers.entrySet().stream()
        .map(
            entry ->
                new Overview.SegmentGroup(
                    entry.getKey(), entry.getValue(), net.get(entry.getKey())))
        .sorted(
            Comparator.comparingLong(Overview.SegmentGroup::net)
                .reversed()
                .thenComparing(Overview.SegmentGroup::name))
        .toList();
  }

  /** The most valuable of those at risk; then, if they are few, of those who are dormant. */
  private List<Overview.Call> calls() {
    Timeline timeline = new Timeline(Policies.of(policy));
    Comparator<Profile> worth = Comparator.comparingLong(Profile::valueAtStake).reversed();
    return profiles.stream()
        .filter(profile -> isToCall(profile.customer().statusState().status()))
        .sorted(
            Comparator.<Profile, Boolean>comparing(
                    profile -> profile.customer().statusState().status() == Status.DORMANT)
                .thenComparing(worth)
                .thenComparing(profile -> profile.customer().id()))
        .limit(MOST_CALLS)
        .map(profile -> call(profile, timeline))
        .toList();
  }

  private static boolean isToCall(Status status) {
    return status == Status.AT_RISK || status == Status.DORMANT;
  }

  private Overview.Call call(Profile profile, Timeline timeline) {
    Customer customer = profile.customer();
    DaySet days = customer.commerce().purchaseDays();
    long last =
        Math.max(customer.milestones().lastTransaction(), customer.milestones().firstCommercial());
    return new Overview.Call(
        customer.id(),
        customer.commerce().orders(),
        days.size() < 3
            ? OptionalInt.empty()
            : OptionalInt.of(Math.max(1, Math.round(days.span() / (days.size() - 1f)))),
        Math.max(0, (until - last) / Instants.DAY),
        profile.valueAtStake(),
        profile.prediction().stream().mapToDouble(Prediction::alive).findFirst(),
        timeline
            .explain(customer, until)
            .next()
            .map(next -> new Overview.Next(next.assessment().status(), next.at())));
  }

  /** Counts customers at the end of each of the last weeks, of which the last ends now. */
  private List<Overview.Week> weeks(List<StatusChangeRow> changes) {
    List<StatusChangeRow> inOrder = new ArrayList<>(changes);
    inOrder.sort(
        Comparator.comparingLong(StatusChangeRow::effectiveAt)
            .thenComparing(StatusChangeRow::customerId)
            .thenComparingInt(StatusChangeRow::sequence));
    Map<Status, Long> counts = new EnumMap<>(Status.class);
    Map<String, Status> statuses = new HashMap<>();
    List<Overview.Week> weeks = new ArrayList<>();
    int next = 0;
    for (long end = until - (WEEKS - 1) * WEEK; end <= until; end += WEEK) {
      for (; next < inOrder.size() && inOrder.get(next).effectiveAt() <= end; next++) {
        Status now = Status.valueOf(inOrder.get(next).to());
        Status before = statuses.put(inOrder.get(next).customerId(), now);
        if (before != null) {
          counts.merge(before, -1L, Long::sum);
        }
        counts.merge(now, 1L, Long::sum);
      }
      if (!statuses.isEmpty()) {
        weeks.add(
            new Overview.Week(
                end,
                ACTIVE.stream().mapToLong(status -> counts.getOrDefault(status, 0L)).sum(),
                counts.getOrDefault(Status.AT_RISK, 0L)));
      }
    }
    return weeks;
  }
}
