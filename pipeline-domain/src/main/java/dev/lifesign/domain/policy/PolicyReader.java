package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Documents;
import dev.lifesign.domain.document.Fault;
import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a policy file (semantics, The policy file). A missing key gets the default listed in {@code
 * docs/reference/policy.md}; all faults are reported at once, by path.
 */
public final class PolicyReader {

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final List<Fault> faults = new ArrayList<>();
  private final boolean published;

  private PolicyReader(boolean published) {
    this.published = published;
  }

  /**
   * Reads a policy.
   *
   * @param text YAML or JSON
   */
  public static PolicyReading read(String text) {
    return read(text, false);
  }

  /**
   * Reads a policy as it was published: also with a key that files must not have any more.
   *
   * @param text YAML or JSON
   */
  static PolicyReading readPublished(String text) {
    return read(text, true);
  }

  private static PolicyReading read(String text, boolean published) {
    PolicyReader reader = new PolicyReader(published);
    Policy policy = reader.policy(Documents.read(text, reader.faults));
    return new PolicyReading(
        reader.faults.isEmpty() ? Optional.of(policy) : Optional.empty(), reader.faults);
  }

  private Policy policy(Section root) {
    boolean readable = faults.isEmpty();
    long asked = root.integer("version", 1, 1);
    if (asked > Integer.MAX_VALUE) {
      root.fault(
          "version", "expected at most %d, but it is %d".formatted(Integer.MAX_VALUE, asked));
    }
    int version = Math.toIntExact(Math.min(Integer.MAX_VALUE, asked));
    if (readable && !root.has("version")) {
      root.fault("version", "expected a whole number of 1 or more, but it is missing; set it");
    }
    long lateness = root.duration("lateness", "PT5S");
    PolicyLocale locale =
        new PolicyLocale(
            root.choice(
                "language",
                PolicyLocale.Language.EN,
                List.of(PolicyLocale.Language.values()),
                PolicyReader::lower),
            CalendarReader.read(root.section("calendar")));
    Currencies currency = currency(root.section("currency"));
    Policy.Activity activity = activity(root.section("activity"));
    Policy.Lifecycle lifecycle = lifecycle(root.section("lifecycle"));
    Policy.SubscriptionTerms subscriptions = subscriptions(root.section("subscriptions"));
    Policy.Rfm rfm = new RfmReader().read(root.section("rfm"));
    Optional<Policy.Model> model = model(root, lifecycle.silence().risk());
    List<Case> cases = cases(root, rfm, model.isPresent());
    root.close();
    return new Policy(
        version, lateness, locale, currency, activity, lifecycle, subscriptions, rfm, model, cases);
  }

  private List<Case> cases(Section root, Policy.Rfm rfm, boolean model) {
    List<String> segments = rfm.segments().stream().map(Policy.SegmentRule::name).toList();
    List<Case> cases =
        new ArrayList<>(
            new CaseReader(new ConditionReader(segments, model), new ExpressionReader(model))
                .read(root));
    if (published && root.keys().contains(FormerAlerts.KEY)) {
      cases.addAll(FormerAlerts.read(root));
    } else {
      FormerAlerts.refuse(root);
    }
    return cases;
  }

  private static Currencies currency(Section section) {
    String base = section.text("base", "USD");
    if (!CURRENCY.matcher(base).matches()) {
      section.fault("base", "expected an ISO 4217 code such as EUR, but it is " + base);
    }
    Map<String, BigDecimal> rates = section.numbers("rates", Double.MIN_VALUE);
    for (String code : rates.keySet()) {
      if (!CURRENCY.matcher(code).matches()) {
        section.fault("rates." + code, "expected an ISO 4217 code such as EUR as the key");
      }
    }
    if (rates.containsKey(base)) {
      section.fault("rates." + base, "is the base currency; its rate is 1, leave it out");
    }
    section.close();
    return new Currencies(base, rates);
  }

  private static Policy.Activity activity(Section section) {
    Map<String, Double> weights = new LinkedHashMap<>();
    if (section.has("weights")) {
      section
          .numbers("weights", 0)
          .forEach((name, weight) -> weights.put(name, weight.doubleValue()));
    } else {
      weights.putAll(DEFAULT_WEIGHTS);
    }
    Set<String> known = actionNames();
    for (String name : weights.keySet()) {
      if (!known.contains(name)) {
        section.fault(
            "weights." + name,
            "is not an action; expected family.ACTION, such as purchase.PURCHASE or contact.CLICKED");
      }
    }
    Policy.Activity activity =
        new Policy.Activity(
            new Weights(weights),
            section.positiveDuration("halfLife", "P30D"),
            section.positive("scale", BigDecimal.valueOf(20)).doubleValue(),
            section.positiveDuration("activeWithin", "P30D"));
    section.close();
    return activity;
  }

  private static final Map<String, Double> DEFAULT_WEIGHTS =
      Map.of(
          "purchase.PURCHASE", 10.0,
          "subscription.STARTED", 10.0,
          "subscription.RENEWED", 5.0,
          "support.OPENED", 2.0,
          "social.SHARED", 3.0,
          "contact.CLICKED", 1.0);

  private static Set<String> actionNames() {
    Set<String> names = new HashSet<>();
    for (Family family : Family.values()) {
      for (Enum<?> action : family.actions()) {
        names.add(family.label() + "." + action.name());
      }
    }
    return names;
  }

  private static Policy.Lifecycle lifecycle(Section section) {
    Policy.Lifecycle lifecycle =
        new Policy.Lifecycle(
            new Policy.Health(
                section.duration("newFor", "P30D"),
                loyal(section.section("loyal")),
                section.duration("reactivatedFor", "P30D")),
            new Policy.Silence(
                risk(section.section("risk")),
                section.duration("dormantAfter", "P90D"),
                section.duration("atRiskFor", "P14D"),
                section.duration("churnAfter", "P180D"),
                section.duration("dormantFor", "P30D")),
            section.optionalDuration("usageRiskAfter"),
            section.choice(
                "returnBy", ReturnBy.COMMERCIAL, List.of(ReturnBy.values()), PolicyReader::lower),
            section.choice(
                "onSubscriptionEnd",
                OnSubscriptionEnd.AT_RISK,
                List.of(OnSubscriptionEnd.values()),
                Enum::name));
    ordered(
        section,
        "dormantAfter",
        lifecycle.silence().dormantAfter(),
        "risk.fixed",
        lifecycle.silence().risk().fixed(),
        "a customer must be at risk before it is dormant");
    ordered(
        section,
        "churnAfter",
        lifecycle.silence().churnAfter(),
        "dormantAfter",
        lifecycle.silence().dormantAfter(),
        "a customer must be dormant before it is churned");
    section.close();
    return lifecycle;
  }

  private static Policy.Loyal loyal(Section section) {
    Policy.Loyal loyal =
        new Policy.Loyal(
            Math.toIntExact(Math.min(Integer.MAX_VALUE, section.integer("orders", 4, 1))),
            section.wholeDays("within", "P365D"),
            section.duration("tenure", "P90D"),
            section.optionalDuration("subscribedFor"));
    section.close();
    return loyal;
  }

  private static Policy.Risk risk(Section section) {
    RiskMethod method =
        section.choice(
            "method", RiskMethod.FIXED, List.of(RiskMethod.values()), PolicyReader::lower);
    long fixed = section.duration("fixed", "P45D");
    Section personal = section.section("personal");
    Policy.Personal own =
        new Policy.Personal(
            personal.positive("factor", new BigDecimal("2.5")),
            personal.duration("min", "P7D"),
            personal.duration("max", "P180D"));
    ordered(personal, "max", own.max(), "min", own.min(), "the range would be empty");
    personal.close();
    Section model = section.section("model");
    Policy.ModelRisk byModel =
        new Policy.ModelRisk(
            probability(model, "pAlive"),
            model.duration("min", "P7D"),
            model.duration("max", "P180D"));
    ordered(model, "max", byModel.max(), "min", byModel.min(), "the range would be empty");
    model.close();
    Section returning = section.section("return");
    Policy.ReturnRisk byReturn =
        new Policy.ReturnRisk(
            returning.positiveDuration("within", "P90D"),
            probability(returning, "below"),
            returning.duration("min", "P7D"),
            returning.duration("max", "P180D"));
    ordered(returning, "max", byReturn.max(), "min", byReturn.min(), "the range would be empty");
    returning.close();
    section.close();
    return new Policy.Risk(method, fixed, own, byModel, byReturn);
  }

  /** A probability between 0 and 1, both excluded; one half by default. */
  private static double probability(Section section, String key) {
    BigDecimal probability = section.positive(key, new BigDecimal("0.5"));
    if (probability.compareTo(BigDecimal.ONE) >= 0) {
      section.fault(key, "expected a probability between 0 and 1, but it is " + probability);
    }
    return probability.doubleValue();
  }

  private static Policy.SubscriptionTerms subscriptions(Section section) {
    Policy.SubscriptionTerms terms =
        new Policy.SubscriptionTerms(
            section.duration("grace", "P7D"), section.duration("maxPause", "P90D"));
    section.close();
    return terms;
  }

  private static Optional<Policy.Model> model(Section root, Policy.Risk risk) {
    boolean present = root.has("model");
    Section section = root.section("model");
    PurchaseModel.Family family =
        section.choice(
            "family",
            PurchaseModel.Family.BG_NBD,
            List.of(PurchaseModel.Family.values()),
            Enum::name);
    PurchaseModel purchases =
        new PurchaseModel(
            family,
            parameter(section, present, "r"),
            parameter(section, present, "alpha"),
            parameter(section, present, "a"),
            parameter(section, present, "b"));
    Section spend = section.section("spend");
    SpendModel worth =
        new SpendModel(
            parameter(spend, present, "p"),
            parameter(spend, present, "q"),
            parameter(spend, present, "v"));
    spend.close();
    Policy.Model model =
        new Policy.Model(
            purchases,
            section.positiveDuration("unit", "P7D"),
            worth,
            section.notNegative("discountRate", new BigDecimal("0.10")).doubleValue(),
            section.positiveDuration("horizon", "P365D"));
    section.close();
    if (!present && risk.method().needsModel()) {
      root.fault(
          "model",
          "is required by lifecycle.risk.method: %s, but it is missing; let lifesign fit write it, or choose fixed or personal"
              .formatted(lower(risk.method())));
    }
    return present ? Optional.of(model) : Optional.empty();
  }

  private static double parameter(Section section, boolean present, String name) {
    if (present && !section.has(name)) {
      section.fault(
          name, "expected a number above 0, but it is missing; let lifesign fit write it");
    }
    return section.positive(name, BigDecimal.ONE).doubleValue();
  }

  private static void ordered(
      Section section,
      String longer,
      long longMillis,
      String shorter,
      long shortMillis,
      String why) {
    if (longMillis < shortMillis) {
      section.fault(
          longer,
          iso(longMillis)
              + " is shorter than "
              + section.pathOf(shorter)
              + " ("
              + iso(shortMillis)
              + "); "
              + why);
    }
  }

  private static String iso(long millis) {
    return millis % Instants.DAY == 0
        ? "P" + millis / Instants.DAY + "D"
        : Duration.ofMillis(millis).toString();
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
