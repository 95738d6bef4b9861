package dev.lifesign.domain.history;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import java.util.List;
import java.util.Random;

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

  private RandomPolicies() {}

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
        alerts:
          - { id: at-risk, trigger: { status: AT_RISK }, cooldown: P%dD, timeToLive: P30D }
          - { id: dormant, trigger: { status: DORMANT }, timeToLive: P60D }
          - { id: churned, trigger: { status: CHURNED }, timeToLive: P20D }
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
            0.3 + random.nextDouble(),
            0.5 + 3 * random.nextDouble(),
            random.nextInt(2) * 40);
  }
}
