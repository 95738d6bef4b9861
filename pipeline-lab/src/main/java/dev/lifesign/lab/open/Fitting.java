package dev.lifesign.lab.open;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Finding;
import dev.lifesign.lab.fit.Findings;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.FittedPolicy;
import dev.lifesign.lab.fit.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fits the models of a policy to a history. */
final class Fitting {

  private static final Duration UNIT = Duration.ofDays(7);

  /** With fewer, the model's predictions are guesswork. */
  private static final int FEWEST_REPEAT_BUYERS = 20;

  private Fitting() {}

  /** The policy with models and, if they are sound, the risk method that they allow. */
  static PolicyFile of(History history, PolicyFile base) {
    if (history.purchases() == 0) {
      return base;
    }
    Fit fit =
        Fit.of(
            history.customers(),
            List.of(PurchaseModel.Family.values()),
            history.last(),
            (double) UNIT.toDays(),
            base.policy().currency().minorUnits());
    if (fit.fits().isEmpty() || fit.sample().repeatBuyers() < FEWEST_REPEAT_BUYERS) {
      return base;
    }
    List<Finding> findings = Findings.of(fit, Optional.empty());
    // A policy that asks for another method keeps it, and gets the models for what they predict.
    String text =
        base.policy().lifecycle().silence().risk().method() == RiskMethod.PERSONAL
            ? FittedPolicy.text(base.text(), fit, findings, UNIT)
            : FittedPolicy.models(base.text(), fit, UNIT);
    return PolicyFile.of(text, "the fitted policy");
  }
}
