package dev.lifesign.lab.backtest;

/** What a recommendation is chosen by: a number that is the better the higher it is. */
public sealed interface Objective {

  /**
   * How good it is to predict that some customers are lost. Linear in their outcomes, so that parts
   * of the customers can be tuned apart.
   *
   * @param flagged the customers predicted lost
   * @param all all customers
   */
  double of(Outcomes flagged, Outcomes all);

  /** Whether the customers say anything about the objective. */
  default boolean isDefined(Outcomes all) {
    return all.lost() > 0 && all.back() > 0;
  }

  /** The best that a guess reaches that is the same for every customer. */
  default double ofGuess(Outcomes all) {
    return Math.max(of(Outcomes.NONE, all), of(all, all));
  }

  /** The name as a command states it. */
  String name();

  /**
   * The mean of two shares: of the customers who did not come back, those predicted lost; of those
   * who came back, those not predicted lost. A guess that is the same for everybody reaches 0.5.
   */
  record Balanced() implements Objective {

    @Override
    public double of(Outcomes flagged, Outcomes all) {
      return (1 + flagged.lost() / (double) all.lost() - flagged.back() / (double) all.back()) / 2;
    }

    @Override
    public String name() {
      return "balanced";
    }
  }

  /** The share of the customers about whom the prediction was right. */
  record Accuracy() implements Objective {

    @Override
    public double of(Outcomes flagged, Outcomes all) {
      return (flagged.lost() + all.back() - flagged.back()) / (double) all.size();
    }

    @Override
    public String name() {
      return "accuracy";
    }
  }

  /**
   * The expected money, in minor units, of contacting every customer who is predicted lost.
   *
   * @param contactCost what contacting a customer costs, minor units
   * @param margin the part of a customer's money that is profit, 0 to 1
   * @param saveRate the part of the lost customers whom contacting brings back, 0 to 1
   */
  record Profit(double contactCost, double margin, double saveRate) implements Objective {

    @Override
    public double of(Outcomes flagged, Outcomes all) {
      return saveRate * margin * flagged.lostMoney() - contactCost * flagged.size();
    }

    @Override
    public String name() {
      return "profit";
    }
  }
}
