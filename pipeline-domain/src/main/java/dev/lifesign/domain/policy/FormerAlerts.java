package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.status.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The key {@code alerts} of earlier builds: one rule per status that a customer enters. A file must
 * not have it any more. A policy that an earlier build published may be in force, and goes on as
 * cases with one rung each, so that an upgrade does not stop the pipeline.
 */
final class FormerAlerts {

  static final String KEY = "alerts";

  private FormerAlerts() {}

  /** Reports the key in a file, if it is there. */
  static void refuse(Section root) {
    if (root.keys().contains(KEY)) {
      // Asked for only where it is there, so that it is not offered where another key is unknown.
      root.has(KEY);
      root.fault(
          KEY,
          "has been replaced by cases; write each rule as a case, such as"
              + " { id: at-risk, owner: crm, ladder: [{ id: at-risk, when: { status: { in: [AT_RISK] } } }] }"
              + " (docs/reference/policy.md#cases)");
    }
  }

  /** The rules of a published policy as cases. */
  static List<Case> read(Section root) {
    List<Case> cases = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section rule : root.sections(KEY)) {
      cases.add(one(rule, IdReader.unique(rule, ids)));
      rule.close();
    }
    return cases;
  }

  private static Case one(Section rule, String id) {
    Section trigger = rule.section("trigger");
    Status status =
        trigger.choice(
            "status",
            Status.AT_RISK,
            List.of(Status.AT_RISK, Status.DORMANT, Status.CHURNED),
            Enum::name);
    trigger.close();
    Severity severity =
        rule.choice("severity", Severity.MEDIUM, List.of(Severity.values()), Enum::name);
    Rung rung =
        new Rung(
            status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            new Condition.InStatus(Set.of(status), Set.of()),
            0,
            new SeverityRule.Fixed(severity),
            Optional.empty(),
            OptionalInt.empty(),
            false);
    return new Case(
        id,
        rule.duration("cooldown", "PT0S"),
        rule.positiveDuration("timeToLive", "P90D"),
        rule.text("owner", ""),
        "",
        OptionalInt.empty(),
        new CaseAction("", "", "", rule.text("action", "")),
        0,
        new Case.Ladder(List.of(rung)));
  }
}
