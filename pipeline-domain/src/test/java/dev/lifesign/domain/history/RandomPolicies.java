package dev.lifesign.domain.history;

import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyLocale;
import dev.lifesign.domain.policy.PolicyReader;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Random policies, read by the policy reader, with durations from the same small set. */
public final class RandomPolicies {

  /** Half of them UTC; the others have skipped and doubled midnights, at whole and half hours. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "UTC",
          "UTC",
          "UTC",
          "UTC",
          "Asia/Tehran",
          "Africa/Cairo",
          "America/Santiago",
          "Australia/Lord_Howe",
          "America/St_Johns");

  private static final List<Set<DayOfWeek>> WEEKENDS =
      List.of(
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
          Set.of(DayOfWeek.FRIDAY),
          Set.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
          Set.of(),
          EnumSet.complementOf(EnumSet.of(DayOfWeek.TUESDAY)));

  private static final int KNOWN = 1_000;
  private static final Map<Integer, Policy> READ = new ConcurrentHashMap<>();

  private RandomPolicies() {}

  /**
   * One policy with cases, or several that follow each other and change them.
   *
   * @param instants at or near which the later ones take effect; not empty
   */
  public static Policies withCases(long seed, List<Long> instants) {
    Random random = new Random(seed ^ 0xca5e5);
    Policy base = known(seed);
    PolicyCalendar calendar =
        new PolicyCalendar(
            base.calendar().zone(),
            DayOfWeek.MONDAY,
            WEEKENDS.get(random.nextInt(WEEKENDS.size())),
            PolicyCalendar.Months.values()[random.nextInt(2)]);
    RandomCases cases = new RandomCases(random, base.rfm().segments());
    List<Case> now = cases.several();
    Policy policy = version(1, base, calendar, base.lifecycle(), now);
    Policies policies = Policies.of(policy);
    if (random.nextBoolean()) {
      return policies;
    }
    List<Long> from =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(any -> instants.get(random.nextInt(instants.size())) + random.nextInt(3) - 1)
            .sorted()
            .toList();
    for (int i = 0; i < from.size(); i++) {
      now = cases.changed(now);
      Policy.Lifecycle lifecycle =
          random.nextInt(3) > 0
              ? policy.lifecycle()
              : likeBefore(known(random.nextInt(KNOWN)).lifecycle(), base.lifecycle());
      policy = version(i + 2, base, calendar, lifecycle, now);
      policies = policies.with(new PolicyInForce(from.get(i), policy));
    }
    return policies;
  }

  private static Policy version(
      int version,
      Policy base,
      PolicyCalendar calendar,
      Policy.Lifecycle lifecycle,
      List<Case> cases) {
    return new Policy(
        version,
        base.lateness(),
        new PolicyLocale(base.locale().language(), calendar),
        base.currency(),
        base.activity(),
        lifecycle,
        base.subscriptions(),
        base.rfm(),
        base.model(),
        cases);
  }

  /** Other rules, but for the window of orders, since days before it have been dropped. */
  private static Policy.Lifecycle likeBefore(Policy.Lifecycle other, Policy.Lifecycle before) {
    return new Policy.Lifecycle(
        before.health(),
        other.silence(),
        other.usageRiskAfter(),
        other.returnBy(),
        other.onSubscriptionEnd());
  }

  /** The zone of a seed's policy with cases. */
  static ZoneId zoneWithCases(long seed) {
    return known(seed).calendar().zone();
  }

  /** One of a limited number of policies, since it takes long to read one. */
  private static Policy known(long seed) {
    return READ.computeIfAbsent(Math.floorMod(seed, KNOWN), RandomPolicies::of);
  }

  /** The policy for a seed. */
  public static Policy of(long seed) {
    return PolicyReader.read(yaml(seed, 1)).policy().orElseThrow();
  }

  /** The policy file for a seed. */
  public static String yaml(long seed, int version) {
    return yaml(seed, version, zone(seed));
  }

  /** The zone of a seed's policy. */
  public static String zone(long seed) {
    return ZONES.get(new Random(seed ^ 0xca1e).nextInt(ZONES.size()));
  }

  /** The policy file for a seed, with a zone of its own. */
  public static String yaml(long seed, int version, String zone) {
    Random random = new Random(seed ^ 0x5eed);
    String[] lateness = {"PT0S", "PT5S", "PT5S", "PT1H", "P1D"};
    int fixed = 5 + random.nextInt(50);
    int dormant = fixed + random.nextInt(50);
    int churn = dormant + random.nextInt(100);
    return """
        version: %d
        lateness: %s
        calendar: { zone: %s }
        currency: { base: USD, rates: { EUR: 1.08 } }
        activity:
          weights: { purchase.PURCHASE: 10, purchase.REFUND: %d, subscription.STARTED: 10,
            subscription.RENEWED: 5, subscription.PAYMENT_FAILED: %d, support.OPENED: 2,
            social.SHARED: 3, contact.CLICKED: 1, contact.LOGGED_IN: 1, loyalty.EARNED: 1 }
          halfLife: P30D
          scale: 20
          activeWithin: P%dD
        lifecycle:
          newFor: P%dD
          loyal: { orders: %d, within: P%dD, tenure: P%dD, subscribedFor: %s }
          risk:
            method: %s
            fixed: P%dD
            personal: { factor: %s, min: P%dD, max: P%dD }
            model: { pAlive: 0.%d, min: P%dD, max: P%dD }
            return: { within: P%dD, below: 0.%d, min: P%dD, max: P%dD }
          usageRiskAfter: %s
          dormantAfter: P%dD
          atRiskFor: P%dD
          churnAfter: P%dD
          dormantFor: P%dD
          reactivatedFor: P%dD
          returnBy: %s
          onSubscriptionEnd: %s
        subscriptions: { grace: P%dD, maxPause: P%dD }
        rfm:
          window: P%dD
          cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [2000, 5000, 15000, 50000] }
        model: { family: %s, unit: %s, r: %s, alpha: %s, a: %s, b: %s, spend: { p: 6.25, q: 3.74, v: 15.44 } }
        """
        .formatted(
            version,
            lateness[random.nextInt(lateness.length)],
            zone,
            random.nextInt(2),
            random.nextInt(2),
            1 + random.nextInt(40),
            random.nextInt(40),
            1 + random.nextInt(4),
            10 + random.nextInt(300),
            random.nextInt(90),
            random.nextBoolean() ? "null" : "P" + random.nextInt(100) + "D",
            List.of("fixed", "personal", "model", "return").get(random.nextInt(4)),
            fixed,
            random.nextBoolean() ? "2.5" : "1.37",
            1 + random.nextInt(10),
            20 + random.nextInt(100),
            1 + random.nextInt(9),
            random.nextInt(10),
            10 + random.nextInt(100),
            1 + random.nextInt(120),
            1 + random.nextInt(9),
            random.nextInt(10),
            10 + random.nextInt(100),
            random.nextBoolean() ? "null" : "P" + (1 + random.nextInt(40)) + "D",
            dormant,
            random.nextInt(20),
            churn,
            random.nextInt(40),
            random.nextInt(40),
            random.nextBoolean() ? "commercial" : "activity",
            random.nextBoolean() ? "AT_RISK" : "CHURNED",
            random.nextInt(10),
            random.nextInt(60),
            30 + random.nextInt(335),
            random.nextBoolean() ? "BG_NBD" : "MBG_NBD",
            random.nextBoolean() ? "P7D" : "P1D",
            0.1 + random.nextDouble(),
            1 + 10 * random.nextDouble(),
            oftenOne(0.3 + random.nextDouble()),
            0.5 + 3 * random.nextDouble());
  }

  /** Exactly 1 now and then, where the models' expectation is a limit. */
  private static double oftenOne(double a) {
    return Math.abs(a - 1) < 0.02 ? 1 : a;
  }
}
