package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.backtest.Limits;
import dev.lifesign.lab.backtest.Objective;
import java.time.Duration;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What the recommendation of a backtest is chosen by, and what it must keep to. */
final class ObjectiveOptions {

  /** The objectives by name. */
  enum Name {
    balanced,
    accuracy,
    profit
  }

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = "balanced",
      description = {
        "balanced (default): be right about those who are lost and about those who come back alike;",
        "accuracy: be right about as many customers as possible;",
        "profit: earn the most by contacting everybody who is called lost; needs the next three options"
      })
  private Name name = Name.balanced;

  @Option(
      names = "--contact-cost",
      paramLabel = "MONEY",
      description =
          "what it costs to contact a customer, such as 1.50 in the policy's base currency")
  private Double contactCost;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description = "the share of a customer's money that is profit, such as 0.3")
  private Double margin;

  @Option(
      names = "--save-rate",
      paramLabel = "SHARE",
      description = "the share of the lost customers whom contacting brings back, such as 0.1")
  private Double saveRate;

  @Option(
      names = "--min",
      paramLabel = "DURATION",
      defaultValue = "P7D",
      description =
          "recommend nothing that puts a customer at risk after a shorter silence (default: a week; never less than half of the typical gap between two orders)")
  private Duration min = Duration.ofDays(7);

  @Option(
      names = "--max-alerts-per-week",
      paramLabel = "N",
      description =
          "recommend nothing that would notify people more often per week (default: any number)")
  private Double maxAlertsPerWeek;

  /**
   * The objective.
   *
   * @throws UserError if its options are missing, or given for another one
   */
  Objective chosen(Currencies currency) {
    boolean any = contactCost != null || margin != null || saveRate != null;
    boolean all = contactCost != null && margin != null && saveRate != null;
    if (name == Name.profit && !all) {
      throw new UserError(
          "--objective profit needs to know what contacting costs and brings; add --contact-cost, --margin and --save-rate");
    }
    if (name != Name.profit && any) {
      throw new UserError(
          "--contact-cost, --margin and --save-rate only count for profit; add --objective profit, or leave them out");
    }
    return switch (name) {
      case balanced -> new Objective.Balanced();
      case accuracy -> new Objective.Accuracy();
      case profit -> {
        if (!(contactCost >= 0) || contactCost.isInfinite()) {
          throw new UserError(
              "--contact-cost is %s; set it to what contacting a customer costs, 0 or more"
                  .formatted(contactCost));
        }
        share("--margin", margin);
        share("--save-rate", saveRate);
        yield new Objective.Profit(contactCost * currency.minorUnits(), margin, saveRate);
      }
    };
  }

  private static void share(String option, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new UserError(
          "%s is %s; set it to a share above 0 and up to 1".formatted(option, value));
    }
  }

  /**
   * The limits.
   *
   * @throws UserError if they are out of range
   */
  Limits limits() {
    if (min.isNegative()) {
      throw new UserError("--min is %s; set it to a duration such as P7D".formatted(min));
    }
    if (maxAlertsPerWeek != null && !(maxAlertsPerWeek > 0)) {
      throw new UserError(
          "--max-alerts-per-week is %s; set it to a number above 0".formatted(maxAlertsPerWeek));
    }
    int days = Math.toIntExact(Math.min(36_500, min.plusDays(1).minusMillis(1).toDays()));
    return new Limits(
        Math.max(1, days),
        maxAlertsPerWeek == null ? OptionalDouble.empty() : OptionalDouble.of(maxAlertsPerWeek));
  }
}
