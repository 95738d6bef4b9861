package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.SpendFit;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.RiskMethod;
import java.time.Duration;
import java.util.List;

/** Puts fitted models into a policy. */
public final class FittedPolicy {

  /** The model for a history without any spending: it expects none. */
  private static final SpendModel NO_SPEND = new SpendModel(1, 2, 1e-6);

  private FittedPolicy() {}

  /**
   * The text of a policy with the models. Its risk method is {@code model}, or {@code personal}
   * where a finding makes the models meaningless.
   *
   * @param base the text of a valid policy
   * @param unit the models' unit of time
   */
  public static String text(String base, Fit fit, List<Finding> findings, Duration unit) {
    boolean sound = Findings.isSound(findings);
    PolicyText text = PolicyText.of(base).method(sound ? RiskMethod.MODEL : RiskMethod.PERSONAL);
    return models(text, fit, unit);
  }

  /**
   * The text of a policy with the models, for what they predict; its risk method stays as it is.
   *
   * @param base the text of a valid policy
   * @param unit the models' unit of time
   */
  public static String models(String base, Fit fit, Duration unit) {
    return models(PolicyText.of(base), fit, unit);
  }

  private static String models(PolicyText text, Fit fit, Duration unit) {
    if (fit.best().found()) {
      text.model(
          fit.best().model(),
          unit,
          fit.spend().filter(SpendFit::found).map(SpendFit::model).orElse(NO_SPEND));
    }
    return text.text();
  }
}
