package dev.lifesign.app.fit;

import dev.lifesign.core.model.PurchaseFit;
import dev.lifesign.core.model.PurchaseModel;
import dev.lifesign.core.model.SpendFit;
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
    say(
        "%,d customers to %s, %,d of them with a repeat; the unit is %s days",
        fit.sample().customers(),
        LocalDate.ofEpochDay(fit.cut()),
        fit.sample().repeatBuyers(),
        number(fit.unit()));
    fit.regularity()
        .ifPresent(
            shape ->
                say("Gaps between purchases have an Erlang shape of %.2f (1 is random)", shape));
  }

  private void purchases(PurchaseFit fit) {
    PurchaseModel model = fit.model();
    List<Double> errors = fit.errors();
    say("");
    say(
        "%s, log-likelihood %.3f%s",
        model.family(), fit.logLikelihood(), fit.found() ? "" : ", which has no maximum");
    parameter("r", model.r(), errors.get(0));
    parameter("alpha", model.alpha(), errors.get(1));
    parameter("a", model.a(), errors.get(2));
    parameter("b", model.b(), errors.get(3));
  }

  private void spend(SpendFit fit) {
    List<Double> errors = fit.errors();
    say("");
    say(
        "Gamma-Gamma of %,d customers, log-likelihood %.3f%s; purchases and spend correlate by %.2f",
        fit.customers(),
        fit.logLikelihood(),
        fit.found() ? "" : ", which has no maximum",
        fit.correlation());
    parameter("p", fit.model().p(), errors.get(0));
    parameter("q", fit.model().q(), errors.get(1));
    parameter("v", fit.model().v(), errors.get(2));
  }

  private void parameter(String name, double value, double error) {
    say("  %-6s %12s   standard error %s", name, number(value), number(error));
  }

  private void repeats(Fit fit) {
    say("");
    say("Customers by repeat purchases, actual and expected of %s", fit.best().model().family());
    List<double[]> rows = fit.repeats(MOST_REPEATS);
    for (int i = 0; i < rows.size(); i++) {
      say(
          "  %-6s %,12.0f %,14.1f",
          i == MOST_REPEATS ? i + " or +" : String.valueOf(i), rows.get(i)[0], rows.get(i)[1]);
    }
  }

  private void tracking(Fit fit, Tracking tracking) {
    say("");
    say("Repeat purchases since the beginning, actual and expected, by the end of a week");
    int weeks = tracking.weeks().size();
    int step = Math.max(1, (weeks + MOST_WEEKS - 1) / MOST_WEEKS);
    for (int i = 0; i < weeks; i++) {
      Tracking.Week week = tracking.weeks().get(i);
      if ((i + 1) % step == 0 || i == weeks - 1) {
        say(
            "  %4d  %s %,12d %,14.1f  %+6.1f %%%s",
            week.number(),
            LocalDate.ofEpochDay(week.end()),
            week.actual(),
            week.expected(),
            week.actual() == 0 ? 0 : 100 * (week.expected() / week.actual() - 1),
            week.end() > fit.cut() ? "  after the fit" : "");
      }
    }
  }

  private void findings(List<Finding> findings) {
    say("");
    for (Finding finding : findings) {
      say("%s: %s", finding.blocking() ? "The models mean nothing here" : "Note", finding.text());
    }
    say(
        Findings.isSound(findings)
            ? "Recommended risk method: model. See what it would have told: lifesign backtest"
            : "Recommended risk method: personal. See what it would have told: lifesign backtest");
  }

  private void say(String format, Object... arguments) {
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
