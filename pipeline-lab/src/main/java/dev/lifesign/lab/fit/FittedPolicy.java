package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.SpendFit;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A policy with fitted models. Models that mean nothing are not put into it unless that is asked
 * for; a model that the policy has stays.
 *
 * @param text its text
 * @param notes what was written, and what was left out and why, a sentence each
 */
public record FittedPolicy(String text, List<String> notes) {

  /** The model for a history without any spending: it expects none. */
  private static final SpendModel NO_SPEND = new SpendModel(1, 2, 1e-6);

  private static final String FITTED = "# Fitted to purchases up to ";

  /** Keeps its own copy. */
  public FittedPolicy {
    notes = List.copyOf(notes);
  }

  /**
   * What a policy is to contain.
   *
   * @param method the risk method; empty for {@code model}, or {@code personal} where the models
   *     mean nothing
   * @param keepModel whether models are wanted that mean nothing
   */
  public record Wish(Optional<RiskMethod> method, boolean keepModel) {

    /** What is recommended. */
    public static final Wish RECOMMENDED = new Wish(Optional.empty(), false);
  }

  /**
   * Puts models into a policy.
   *
   * @param base the text of a valid policy
   * @param unit the models' unit of time
   * @throws UserError if the risk method that is asked for needs a model and there is none
   */
  public static FittedPolicy of(
      String base, Fit fit, List<Finding> findings, Duration unit, Wish wish) {
    boolean sound = Findings.isSound(findings);
    boolean written = sound || wish.keepModel();
    boolean had = PolicyReader.read(base).policy().flatMap(policy -> policy.model()).isPresent();
    RiskMethod method = wish.method().orElse(sound ? RiskMethod.MODEL : RiskMethod.PERSONAL);
    if (method.needsModel() && !written && !had) {
      throw new UserError(
          "--method %s needs a model, but the fitted ones mean nothing here, as said above; choose --method personal, or add --keep-model to write them all the same"
              .formatted(name(method)));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "Risk method: "
            + name(method)
            + (wish.method().isPresent() ? ", as asked" : sound ? "" : ", which needs no model"));
    PolicyText text = PolicyText.of(base).method(method);
    if (written) {
      put(text, fit, unit, notes);
      if (!sound) {
        notes.add("The models mean nothing here; they are written because of --keep-model");
      }
    } else {
      notes.add(
          "Left out: the fitted models, since they mean nothing here; --keep-model writes them all the same");
      if (had) {
        notes.add("The policy keeps the models that it had");
      }
    }
    return new FittedPolicy(written ? dated(text, fit) : comments(base) + text.text(), notes);
  }

  /**
   * The text of a policy as recommended.
   *
   * @param base the text of a valid policy
   * @param unit the models' unit of time
   */
  public static String text(String base, Fit fit, List<Finding> findings, Duration unit) {
    return of(base, fit, findings, unit, Wish.RECOMMENDED).text();
  }

  /**
   * The text of a policy with the models, if they mean anything, for what they predict; its risk
   * method stays as it is.
   *
   * @param base the text of a valid policy
   * @param unit the models' unit of time
   */
  public static String models(String base, Fit fit, Duration unit) {
    if (!Findings.isSound(Findings.of(fit, Optional.empty()))) {
      return base;
    }
    PolicyText text = PolicyText.of(base);
    put(text, fit, unit, new ArrayList<>());
    return dated(text, fit);
  }

  /** What the models of a policy were fitted to, if it says so. */
  private static String comments(String base) {
    return base.lines()
        .filter(line -> line.startsWith(FITTED))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** With a comment by which a backtest sees whether the models had seen a holdout. */
  private static String dated(PolicyText text, Fit fit) {
    return FITTED + LocalDate.ofEpochDay(fit.cutoff()) + ".\n" + text.text();
  }

  private static void put(PolicyText text, Fit fit, Duration unit, List<String> notes) {
    Optional<SpendModel> spend = fit.spend().filter(SpendFit::found).map(SpendFit::model);
    text.model(fit.best().model(), unit, spend.orElse(NO_SPEND));
    notes.add(
        "Written: the purchase model %s%s"
            .formatted(
                fit.best().model().family(), spend.isPresent() ? " and the spend model" : ""));
    if (spend.isEmpty()) {
      notes.add(
          "Left out: a spend model, since %s; lifetime values are 0"
              .formatted(
                  fit.spend().isPresent()
                      ? "its likelihood has no maximum"
                      : "no repeat customer has spent anything"));
    }
  }

  private static String name(RiskMethod method) {
    return method.name().toLowerCase(Locale.ROOT);
  }
}
