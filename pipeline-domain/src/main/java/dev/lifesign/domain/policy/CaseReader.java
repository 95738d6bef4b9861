package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the section {@code cases} of a policy (semantics, Alerts). */
final class CaseReader {

  private static final String CASES = "cases";
  private static final List<String> ACTION = List.of("play", "channel", "offer", "note");

  /** More would be judged with every event, and read by nobody. */
  private static final int MOST = 100;

  private final LadderReader ladders;
  private final TriggerReader triggers;

  CaseReader(ConditionReader conditions, ExpressionReader expressions) {
    ladders = new LadderReader(conditions, expressions);
    triggers = new TriggerReader(expressions);
  }

  /** The cases of a policy that have no fault. */
  List<Case> read(Section root) {
    List<Section> sections = root.sections(CASES);
    if (sections.size() > MOST) {
      root.fault(
          CASES,
          "expected %d cases or fewer, but there are %d; join some of them, as rungs or by their expressions"
              .formatted(MOST, sections.size()));
    }
    List<Case> cases = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section section : sections) {
      String id = IdReader.plain(section, ids);
      one(section, id).ifPresent(cases::add);
      section.close();
    }
    return cases;
  }

  private Optional<Case> one(Section section, String id) {
    DueReader dues = new DueReader(section);
    OptionalInt due = dues.ofCase();
    Optional<? extends Case.Source> source = source(section, dues);
    long cooldown = section.duration("cooldown", section.has("on") ? "PT0S" : "P30D");
    String owner = section.text("owner", "");
    String escalateTo = section.text("escalateTo", "");
    if (!escalateTo.isEmpty() && source.isPresent() && !isEverDue(source.get(), due)) {
      section.fault(
          "escalateTo", "does nothing, because no due is set; set due, or leave escalateTo out");
    }
    CaseAction action = action(section);
    double holdout = share(section);
    return source.map(
        found ->
            new Case(
                id, cooldown, dues.timeToLive(), owner, escalateTo, due, action, holdout, found));
  }

  private static boolean isEverDue(Case.Source source, OptionalInt due) {
    return source instanceof Case.Ladder ladder
        ? ladder.rungs().stream().anyMatch(rung -> rung.due().isPresent())
        : due.isPresent();
  }

  private Optional<? extends Case.Source> source(Section section, DueReader dues) {
    boolean ladder = section.has("ladder");
    boolean events = section.has("on");
    if (ladder && events) {
      section.fault("on", "cannot stand beside ladder; make two cases of them");
    } else if (!ladder && !events) {
      section.fault(
          "ladder",
          "is missing; set ladder, for conditions that hold over time, or on, for events that raise an alert");
    }
    if (events) {
      return triggers.read(section);
    }
    if (section.has("endsWhen")) {
      section.fault(
          "endsWhen",
          "is for cases with on; with a ladder, an alert ends when none of its rungs holds; leave it out");
    }
    if (section.has("severity")) {
      section.fault("severity", "is for cases with on; with a ladder, set it on each rung");
    }
    return ladder ? ladders.read(section, dues) : Optional.empty();
  }

  private static CaseAction action(Section section) {
    if (section.has("action") && section.isPlain("action")) {
      section.fault(
          "action",
          "expected any of %s, such as { note: Call }, but it is %s"
              .formatted(String.join(", ", ACTION), section.text("action", "")));
      return CaseAction.NONE;
    }
    Section action = section.section("action");
    CaseAction read =
        new CaseAction(
            action.text("play", ""),
            action.text("channel", ""),
            action.text("offer", ""),
            action.text("note", ""));
    action.close();
    return read;
  }

  private static double share(Section section) {
    BigDecimal share = section.notNegative("holdout", BigDecimal.ZERO);
    if (share.compareTo(BigDecimal.ONE) > 0) {
      section.fault(
          "holdout", "expected a share from 0 to 1, such as 0.1 for a tenth, but it is " + share);
    }
    return share.doubleValue();
  }
}
