package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.PolicyText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The policies that a backtest may recommend: those given, the first of them with other rules of
 * silence, and with each risk method as it is tuned.
 */
final class Candidates {

  private static final int DAYS_OF_WEEK = 7;

  private final List<String> names;
  private final List<PolicyFile> policies;
  private final BacktestPlan plan;
  private final Cuts cuts;
  private final int earliest;

  /**
   * The candidates.
   *
   * @param names of the given policies
   * @param earliest nobody may be at risk after a silence of fewer days
   */
  Candidates(
      List<String> names, List<PolicyFile> policies, BacktestPlan plan, Cuts cuts, int earliest) {
    this.names = names;
    this.policies = policies;
    this.plan = plan;
    this.cuts = cuts;
    this.earliest = earliest;
  }

  /** The first given policy with other rules of silence. */
  private record Variant(Candidate.Origin origin, String name, PolicyFile file) {}

  /** The first given policy within the limits, and with the rules of silence of each preset. */
  private List<Variant> variants() {
    PolicyFile base = policies.get(0);
    List<Variant> variants = new ArrayList<>();
    if (RiskSetting.earliest(base.policy()) < earliest) {
      variants.add(
          new Variant(
              Candidate.Origin.RAISED, names.get(0), raised(PolicyText.of(base.text()), earliest)));
    }
    for (String name : Presets.NAMES) {
      PolicyFile preset =
          raised(PolicyText.of(base.text()).silence(PolicyText.of(Presets.text(name))), earliest);
      Policy.Silence silence = preset.policy().lifecycle().silence();
      if (!silence.equals(base.policy().lifecycle().silence())
          && variants.stream()
              .noneMatch(each -> each.file().policy().lifecycle().silence().equals(silence))) {
        variants.add(new Variant(Candidate.Origin.PRESET, name, preset));
      }
    }
    return variants;
  }

  private static PolicyFile raised(PolicyText text, int earliest) {
    String bounded = text.riskMin(earliest).text();
    int fixed = RiskSetting.of(PolicyFile.of(bounded, "the policy").policy()).fixedDays();
    return PolicyFile.of(
        PolicyText.of(bounded).fixed(Math.max(fixed, earliest)).text(), "the policy");
  }

  /**
   * The choice among all candidates; empty if there is nothing to choose by.
   *
   * @param replayed what the given policies did
   */
  Optional<Choice> choice(List<PolicyCounts> replayed, Models models) {
    List<Observations> base =
        Arrays.stream(cuts.tuning()).mapToObj(replayed.get(0)::observations).toList();
    if (base.stream().noneMatch(each -> plan.objective().isDefined(each.outcomes()))) {
      return Optional.empty();
    }
    // What happened after the last cutoff is not known yet.
    int lastWeek = cuts.weekOf(cuts.instant(cuts.size() - 1));
    int firstWeek = cuts.weekOf(cuts.instant(cuts.tuning()[0])) - DAYS_OF_WEEK;
    Tuning tuning =
        new Tuning(
            policies.get(0),
            base,
            plan.objective(),
            plan.limits(),
            earliest,
            replayed.get(0).notificationRate(firstWeek, lastWeek),
            plan.holdoutDays());
    List<Candidate> candidates = new ArrayList<>(given(replayed, firstWeek, lastWeek));
    for (Variant each : variants()) {
      candidates.add(
          tuning
              .untuned(each.origin(), each.name(), each.file(), seen(each.file(), policies.get(0)))
              .at(candidates.size()));
    }
    tuning.methods(models).forEach(each -> candidates.add(each.at(candidates.size())));
    return Optional.of(
        Choice.of(
            candidates,
            base.stream().map(each -> GroupSums.of(each, any -> true)).toList(),
            plan.objective(),
            plan.limits(),
            earliest));
  }

  private List<Candidate> given(List<PolicyCounts> replayed, int firstWeek, int lastWeek) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      PolicyCounts counts = replayed.get(i);
      candidates.add(
          new Candidate(
              i,
              Candidate.Origin.GIVEN,
              names.get(i),
              policies.get(i),
              Arrays.stream(cuts.tuning())
                  .mapToObj(counts::observations)
                  .map(each -> GroupSums.of(each, each::flagged))
                  .toList(),
              counts.notificationsPerWeek(firstWeek, lastWeek),
              seen(policies.get(i), policies.get(i))));
    }
    return candidates;
  }

  /** Whether the model by which a policy decides had seen a holdout that is tuned on. */
  private FittedUntil.Seen seen(PolicyFile decides, PolicyFile given) {
    return decides.policy().lifecycle().silence().risk().method().needsModel()
        ? FittedUntil.of(given).seen(cuts.list().get(cuts.tuning()[0]).day())
        : FittedUntil.Seen.NO;
  }
}
