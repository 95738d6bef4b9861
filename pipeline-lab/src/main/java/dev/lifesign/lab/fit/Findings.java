package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseFit;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.model.Regularity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a fit for anything that makes it meaningless, or less meaningful than it seems
 * (docs/explanation/scoring.md).
 */
public final class Findings {

  private static final int FEWEST_REPEAT_BUYERS = 100;
  private static final double LEAST_SHARE = 0.02;
  private static final double REGULAR = 2;
  private static final double CORRELATED = 0.3;
  private static final double EVERYBODY_ALIVE = 0.99;
  private static final double OFF_TRACK = 0.25;

  private Findings() {}

  /**
   * The findings for a fit, blocking ones first.
   *
   * @param tracking the tracking of the best model; empty if the history ends at the cutoff
   */
  public static List<Finding> of(Fit fit, Optional<Tracking> tracking) {
    List<Finding> findings = new ArrayList<>();
    long customers = fit.sample().customers();
    long repeat = fit.sample().repeatBuyers();
    if (repeat < FEWEST_REPEAT_BUYERS || repeat < LEAST_SHARE * customers) {
      findings.add(
          new Finding(
              true,
              "Only %,d of %s bought on more than one day: too few to tell customers who have left from those who have not come back yet. Use a longer history."
                  .formatted(repeat, Count.of(customers, "customer"))));
    }
    if (customers > 0) {
      shape(fit, findings);
      fit.regularity().flatMap(Findings::regular).ifPresent(findings::add);
      tracking.ifPresent(weeks -> track(fit, weeks, findings));
    }
    fit.spend()
        .ifPresentOrElse(
            spend -> {
              if (!spend.found()) {
                findings.add(
                    new Finding(
                        false,
                        "The spend model's likelihood has no maximum: spending is not distributed as the model assumes. Expected spend and lifetime value mean little."));
              }
              if (Math.abs(spend.correlation()) > CORRELATED) {
                findings.add(
                    new Finding(
                        false,
                        "Spend per purchase and number of purchases are correlated (%.2f), but the spend model assumes that they are independent: the lifetime values of frequent buyers are %s."
                            .formatted(
                                spend.correlation(),
                                spend.correlation() > 0 ? "too low" : "too high")));
              }
            },
            () ->
                findings.add(
                    new Finding(
                        false,
                        "No repeat customer has spent anything: there is no spend model, and no lifetime value.")));
    findings.sort((one, other) -> Boolean.compare(other.blocking(), one.blocking()));
    return findings;
  }

  /** Whether the purchase model is meaningful. */
  public static boolean isSound(List<Finding> findings) {
    return findings.stream().noneMatch(Finding::blocking);
  }

  /** What the regularity of purchases says: it blocks only where there is no doubt about it. */
  public static Optional<Finding> regular(Regularity regularity) {
    if (regularity.low() > REGULAR) {
      return Optional.of(
          new Finding(
              true,
              "Customers buy regularly, not at random (the gaps have an Erlang shape of %s; random is 1): the models notice a missed purchase too late. A multiple of the customer's own mean gap notices it in time."
                  .formatted(FitText.shape(regularity))));
    }
    if (regularity.high() > REGULAR) {
      return Optional.of(
          new Finding(
              false,
              "Customers may buy regularly rather than at random (the gaps have an Erlang shape of %s; random is 1, and above %.0f the models notice a missed purchase too late). This history is too short to be sure: let lifesign backtest compare the methods."
                  .formatted(FitText.shape(regularity), REGULAR)));
    }
    return Optional.empty();
  }

  private static void shape(Fit fit, List<Finding> findings) {
    PurchaseFit best = fit.best();
    if (!best.found()) {
      findings.add(
          new Finding(
              true,
              "The likelihood of %s keeps growing with a parameter (r %.3g, alpha %.3g, a %.3g, b %.3g): the shape is degenerate, and the probability of being alive is the same for nearly every customer."
                  .formatted(
                      best.model().family(),
                      best.model().r(),
                      best.model().alpha(),
                      best.model().a(),
                      best.model().b())));
      return;
    }
    double silent = 0;
    double alive = 0;
    for (int i = 0; i < fit.sample().distinct().size(); i++) {
      Purchases each = fit.sample().distinct().get(i);
      if (each.repeats() > 0 && each.age() - each.last() > each.age() / 2) {
        silent += fit.sample().count(i);
        alive += fit.sample().count(i) * best.model().alive(each);
      }
    }
    if (silent > 0 && alive / silent > EVERYBODY_ALIVE) {
      findings.add(
          new Finding(
              true,
              "Customers who have been silent for more than half of their lifetime still have a mean probability of being alive of %.1f %%: the model finds that nobody leaves."
                  .formatted(100 * alive / silent)));
    }
    PurchaseModel model = best.model();
    if (!(best.errors().get(2) < model.a())) {
      findings.add(
          new Finding(
              true,
              "The probability of leaving after a purchase is %.2f %%, but the standard error of a is as large as a itself: the history does not show that anybody leaves."
                  .formatted(100 * model.a() / (model.a() + model.b()))));
    }
  }

  private static void track(Fit fit, Tracking tracking, List<Finding> findings) {
    Optional<Tracking.Week> cutoff =
        tracking.weeks().stream().filter(week -> week.end() <= fit.cutoff()).reduce((a, b) -> b);
    if (cutoff.isEmpty() || tracking.weeks().isEmpty()) {
      return;
    }
    Tracking.Week last = tracking.weeks().get(tracking.weeks().size() - 1);
    long actual = last.actual() - cutoff.get().actual();
    double expected = last.expected() - cutoff.get().expected();
    if (actual > 0 && Math.abs(expected / actual - 1) > OFF_TRACK) {
      findings.add(
          new Finding(
              false,
              "After the cutoff the model expects %s, but there %s %,d (%+.0f %%): there is a trend or a season that it does not know. The ranking of customers still holds; the totals do not."
                  .formatted(
                      Count.of(Math.round(expected), "repeat purchase"),
                      actual == 1 ? "was" : "were",
                      actual,
                      100 * (expected / actual - 1))));
    }
  }
}
