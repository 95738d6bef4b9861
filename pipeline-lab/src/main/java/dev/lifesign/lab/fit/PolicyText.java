package dev.lifesign.lab.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.RiskMethod;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Edits a policy file; its comments are lost, its order is kept. */
public final class PolicyText {

  private static final MathContext DIGITS = new MathContext(6);
  private static final List<String> SILENCE =
      List.of("risk", "dormantAfter", "atRiskFor", "churnAfter", "dormantFor");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private final ObjectNode root;

  private PolicyText(ObjectNode root) {
    this.root = root;
  }

  /** Starts from the text of a valid policy. */
  public static PolicyText of(String text) {
    try {
      return new PolicyText((ObjectNode) YAML.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected the text of a policy", e);
    }
  }

  /** Sets the risk method. */
  public PolicyText method(RiskMethod method) {
    risk().put("method", method.name().toLowerCase(Locale.ROOT));
    return this;
  }

  /** Sets the silence that puts every customer at risk. */
  public PolicyText fixed(int days) {
    risk().put("fixed", "P" + days + "D");
    inactiveAfter(days);
    return this;
  }

  /** Sets the multiple of a customer's mean gap that puts it at risk. */
  public PolicyText factor(double factor) {
    risk().withObjectProperty("personal").put("factor", BigDecimal.valueOf(factor));
    return this;
  }

  /** Sets the probability of being alive at which a customer is at risk. */
  public PolicyText alive(double probability) {
    risk().withObjectProperty("model").put("pAlive", BigDecimal.valueOf(probability));
    return this;
  }

  /**
   * Sets when a customer who will hardly buy soon is at risk.
   *
   * @param within how soon, more than 0
   * @param below the probability of a purchase within that time, between 0 and 1
   */
  public PolicyText returning(Duration within, double below) {
    ObjectNode section = risk().withObjectProperty("return");
    section.put("within", iso(within));
    section.put("below", BigDecimal.valueOf(below));
    return this;
  }

  /**
   * Raises the shortest silence that is a risk under the methods {@code personal}, {@code model}
   * and {@code return}, where it is shorter, and what must not be shorter than it.
   *
   * @param days 0 or more
   */
  public PolicyText riskMin(int days) {
    for (String method : List.of("personal", "model", "return")) {
      ObjectNode section = risk().withObjectProperty(method);
      atLeast(section, "min", "P7D", days);
      atLeast(section, "max", "P180D", days);
    }
    inactiveAfter(days);
    return this;
  }

  /** Raises the longest silence that is no risk under these methods, where it is shorter. */
  public PolicyText riskMax(int days) {
    for (String method : List.of("personal", "model", "return")) {
      atLeast(risk().withObjectProperty(method), "max", "P180D", days);
    }
    return this;
  }

  /** Sets the models. */
  public PolicyText model(PurchaseModel model, Duration unit, SpendModel spend) {
    ObjectNode section = root.withObjectProperty("model");
    section.put("family", model.family().name());
    section.put("unit", iso(unit));
    section.put("r", rounded(model.r()));
    section.put("alpha", rounded(model.alpha()));
    section.put("a", rounded(model.a()));
    section.put("b", rounded(model.b()));
    ObjectNode worth = section.withObjectProperty("spend");
    worth.put("p", rounded(spend.p()));
    worth.put("q", rounded(spend.q()));
    worth.put("v", rounded(spend.v()));
    return this;
  }

  /** Takes over the rules of silence of another policy: when it is a risk, dormancy and churn. */
  public PolicyText silence(PolicyText other) {
    ObjectNode lifecycle = root.withObjectProperty("lifecycle");
    JsonNode theirs = other.root.path("lifecycle");
    for (String key : SILENCE) {
      if (theirs.has(key)) {
        lifecycle.set(key, theirs.get(key).deepCopy());
      } else {
        lifecycle.remove(key);
      }
    }
    return this;
  }

  /** Sets the base currency; a rate that it had is left out, since it is 1 now. */
  public PolicyText currency(String base) {
    ObjectNode currency = root.withObjectProperty("currency");
    currency.put("base", base);
    currency.withObjectProperty("rates").remove(base);
    return this;
  }

  /** Sets the language of explanations and the time zone of days. */
  public PolicyText locale(Language language, String zone) {
    root.put("language", language.name().toLowerCase(Locale.ROOT));
    root.withObjectProperty("calendar").put("zone", zone);
    return this;
  }

  /** Sets the calendar of Iran: its months, and weeks that begin on Saturday and end on Friday. */
  public PolicyText persianCalendar() {
    ObjectNode calendar = root.withObjectProperty("calendar");
    calendar.put("weekStart", "SATURDAY");
    calendar.putArray("weekend").add("FRIDAY");
    calendar.put("months", "persian");
    return this;
  }

  /** The text of the edited policy. */
  public String text() {
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A YAML tree could not be written", e);
    }
  }

  private ObjectNode risk() {
    return root.withObjectProperty("lifecycle").withObjectProperty("risk");
  }

  /** Raises the silences after which a customer is inactive where they are shorter. */
  private void inactiveAfter(int days) {
    ObjectNode lifecycle = root.withObjectProperty("lifecycle");
    atLeast(lifecycle, "dormantAfter", "P90D", days);
    atLeast(lifecycle, "churnAfter", "P180D", days);
  }

  private static String iso(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? "P" + duration.toDays() + "D"
        : duration.toString();
  }

  private static void atLeast(ObjectNode node, String key, String defaultValue, int days) {
    String now = node.hasNonNull(key) ? node.get(key).asText() : defaultValue;
    if (Duration.parse(now).compareTo(Duration.ofDays(days)) < 0) {
      node.put(key, "P" + days + "D");
    }
  }

  private static BigDecimal rounded(double number) {
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
