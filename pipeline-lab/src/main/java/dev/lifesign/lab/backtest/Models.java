package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.SpendFit;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.fit.Finding;
import dev.lifesign.lab.fit.Findings;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.History;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The purchase models of a backtest, each fitted to what was known at a cutoff.
 *
 * @param last both families, at the last cutoff
 * @param tuning the better of them, at each cutoff that is tuned on
 */
record Models(Fit last, List<Fit> tuning) {

  /** The models' unit of time. */
  static final Duration UNIT = Duration.ofDays(7);

  private static final SpendModel NO_SPEND = new SpendModel(1, 2, 1e-6);

  /** Keeps its own copy. */
  Models {
    tuning = List.copyOf(tuning);
  }

  /** Fits the models. */
  static Models of(History history, Policy policy, Cuts cuts) {
    Fit last =
        fit(history, policy, cuts.lastDay(cuts.size() - 1), List.of(PurchaseModel.Family.values()));
    // Where the models say nothing at the end, nothing is tuned with them.
    List<Fit> tuning =
        whyNone(last).isPresent()
            ? List.of()
            : Arrays.stream(cuts.tuning())
                .parallel()
                .mapToObj(
                    cut ->
                        fit(
                            history,
                            policy,
                            cuts.lastDay(cut),
                            List.of(last.best().model().family())))
                .toList();
    return new Models(last, tuning);
  }

  private static Fit fit(
      History history, Policy policy, int day, List<PurchaseModel.Family> families) {
    return Fit.of(
        history.customers(), families, day, (double) UNIT.toDays(), policy.currency().minorUnits());
  }

  /** Why the methods with a model are not among the candidates; empty if they are. */
  Optional<String> whyNone() {
    if (whyNone(last).isPresent()) {
      return whyNone(last);
    }
    return tuning.stream().allMatch(fit -> !fit.fits().isEmpty() && fit.best().found())
        ? Optional.empty()
        : Optional.of(
            "At an earlier cutoff, the likelihood of %s has no maximum."
                .formatted(last.best().model().family()));
  }

  private static Optional<String> whyNone(Fit fit) {
    return fit.fits().isEmpty()
        ? Optional.of("Nobody bought before the last cutoff.")
        : Findings.of(fit, Optional.empty()).stream()
            .filter(Finding::blocking)
            // How regularly customers buy is no reason: the cutoffs show which method does best.
            .filter(
                finding ->
                    !fit.regularity().flatMap(Findings::regular).equals(Optional.of(finding)))
            .map(Finding::text)
            .findFirst();
  }

  /** The spend model of the last cutoff, or one that predicts nothing. */
  SpendModel spend() {
    return last.spend().filter(SpendFit::found).map(SpendFit::model).orElse(NO_SPEND);
  }
}
