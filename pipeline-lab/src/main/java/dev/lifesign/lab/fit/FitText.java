package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseFit;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.Regularity;
import dev.lifesign.domain.model.SpendFit;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** A fit as text. */
public final class FitText {

  private static final int MOST_REPEATS = 7;
  private static final int MOST_WEEKS = 30;

  private final StringBuilder text = new StringBuilder();

  private FitText() {}

  /** The text of a fit. */
  public static String of(Fit fit, Tracking tracking, List<Finding> findings) {
    FitText all = new FitText();
    all.sample(fit);
    fit.fits().forEach(all::purchases);
    fit.spend().ifPresent(all::spend);
    all.repeats(fit);
    all.tracking(fit, tracking);
    all.findings(findings);
    return all.text.toString();
  }

  private void sample(Fit fit) {
    line(
        "%s up to %s, %,d of them with a repeat purchase; the time unit is %s",
        Count.of(fit.sample().customers(), "customer"),
        LocalDate.ofEpochDay(fit.cutoff()),
        fit.sample().repeatBuyers(),
        Count.of(fit.unit(), "day"));
    fit.regularity()
        .ifPresent(
            regularity ->
                line(
                    "Gaps between purchases have an Erlang shape of %s; 1 is random, and more is regular",
                    shape(regularity)));
  }

  /** A shape, and how sure it is. */
  static String shape(Regularity regularity) {
    return String.format(
        Locale.ROOT,
        "%.2f, with a 95 %% interval of %.2f %s",
        regularity.shape(),
        regularity.low(),
        Double.isInfinite(regularity.high())
            ? "or more"
            : String.format(Locale.ROOT, "to %.2f", regularity.high()));
  }

  private void purchases(PurchaseFit fit) {
    PurchaseModel model = fit.model();
    List<Double> errors = fit.errors();
    line("");
    line(
        "%s, log-likelihood %.3f%s",
        model.family(), fit.logLikelihood(), fit.found() ? "" : ", which has no maximum");
    line("  %s", explained(model.family()));
    parameter("r", model.r(), errors.get(0));
    parameter("alpha", model.alpha(), errors.get(1));
    parameter("a", model.a(), errors.get(2));
    parameter("b", model.b(), errors.get(3));
  }

  private static String explained(PurchaseModel.Family family) {
    return switch (family) {
      case BG_NBD ->
          "BG/NBD: customers buy at random, each at a rate of their own, and may leave for good after each purchase but the first.";
      case MBG_NBD ->
          "MBG/NBD: customers buy at random, each at a rate of their own, and may leave for good after each purchase, the first included.";
    };
  }

  private void spend(SpendFit fit) {
    List<Double> errors = fit.errors();
    line("");
    line(
        "Gamma-Gamma for %s, log-likelihood %.3f%s; correlation of purchases and spend %.2f",
        Count.of(fit.customers(), "customer"),
        fit.logLikelihood(),
        fit.found() ? "" : ", which has no maximum",
        fit.correlation());
    line(
        "  Gamma-Gamma: what customers spend per purchase varies around a mean of their own, whatever the number of their purchases.");
    parameter("p", fit.model().p(), errors.get(0));
    parameter("q", fit.model().q(), errors.get(1));
    parameter("v", fit.model().v(), errors.get(2));
  }

  private void parameter(String name, double value, double error) {
    line("  %-6s %12s   standard error %s", name, number(value), number(error));
  }

  private void repeats(Fit fit) {
    line("");
    line(
        "Customers by number of repeat purchases, actual and expected by %s",
        fit.best().model().family());
    List<double[]> rows = fit.repeats(MOST_REPEATS);
    for (int i = 0; i < rows.size(); i++) {
      line(
          "  %-6s %,12.0f %,14.1f",
          i == MOST_REPEATS ? i + "+" : String.valueOf(i), rows.get(i)[0], rows.get(i)[1]);
    }
  }

  private void tracking(Fit fit, Tracking tracking) {
    line("");
    line("Cumulative repeat purchases per week, actual and expected");
    int weeks = tracking.weeks().size();
    int step = Math.max(1, (weeks + MOST_WEEKS - 1) / MOST_WEEKS);
    for (int i = 0; i < weeks; i++) {
      Tracking.Week week = tracking.weeks().get(i);
      if ((i + 1) % step == 0 || i == weeks - 1) {
        line(
            "  %4d  %s %,12d %,14.1f  %+6.1f %%%s",
            week.number(),
            LocalDate.ofEpochDay(week.end()),
            week.actual(),
            week.expected(),
            week.actual() == 0 ? 0 : 100 * (week.expected() / week.actual() - 1),
            week.end() > fit.cutoff() ? "  after the fit" : "");
      }
    }
  }

  private void findings(List<Finding> findings) {
    line("");
    for (Finding finding : findings) {
      line("%s: %s", finding.blocking() ? "The models mean nothing here" : "Note", finding.text());
    }
    line(
        Findings.isSound(findings)
            ? "Recommended risk method: model. To test it on the history: lifesign backtest"
            : "Recommended risk method: personal. To test it on the history: lifesign backtest");
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    return value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
