package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the condition {@code status}. */
final class StatusConditionReader {

  private static final String IN = "in";
  private static final String REASONS = "reasons";

  private StatusConditionReader() {}

  static Condition read(Section section) {
    if (!section.has(IN)) {
      section.fault(IN, "is missing; set it, for example to [AT_RISK]");
    }
    Set<Status> in = names(section, IN, Status.class, List.of(Status.values()));
    Set<Reason> reasons = Set.of();
    if (section.has(REASONS)) {
      List<Reason> known = new ArrayList<>(List.of(Reason.values()));
      known.remove(Reason.NONE);
      reasons = names(section, REASONS, Reason.class, known);
      if (!in.isEmpty() && !reasons.isEmpty()) {
        requireThatTheyMeet(section, in, reasons);
      }
    }
    return new Condition.InStatus(in, reasons);
  }

  private static <E extends Enum<E>> Set<E> names(
      Section section, String key, Class<E> type, List<E> known) {
    Set<E> found = EnumSet.noneOf(type);
    List<String> names = section.textList(key);
    for (String name : names) {
      known.stream().filter(each -> each.name().equals(name)).forEach(found::add);
      if (known.stream().noneMatch(each -> each.name().equals(name))) {
        section.fault(key, "expected any of %s, but one is %s".formatted(listed(known), name));
      }
    }
    if (names.isEmpty() && section.isList(key)) {
      section.fault(key, "expected any of %s, but the list is empty".formatted(listed(known)));
    }
    return found;
  }

  /** A status or a reason that never meets one of the others would do nothing. */
  private static void requireThatTheyMeet(Section section, Set<Status> in, Set<Reason> reasons) {
    for (Reason reason : reasons) {
      if (in.stream().noneMatch(status -> reasonsOf(status).contains(reason))) {
        section.fault(
            REASONS,
            "the reason %s does not occur with %s, only with %s"
                .formatted(
                    reason,
                    listed(in),
                    listed(
                        Arrays.stream(Status.values())
                            .filter(status -> reasonsOf(status).contains(reason))
                            .toList())));
      }
    }
    for (Status status : in) {
      if (reasons.stream().noneMatch(reasonsOf(status)::contains)) {
        section.fault(
            REASONS,
            reasonsOf(status).isEmpty()
                ? "the status %s has no reason; put it on a rung without reasons".formatted(status)
                : "the status %s has none of these, only %s"
                    .formatted(status, listed(reasonsOf(status))));
      }
    }
  }

  /** The reasons that a status can have (semantics, Status). */
  private static Set<Reason> reasonsOf(Status status) {
    return switch (status) {
      case AT_RISK -> EnumSet.complementOf(EnumSet.of(Reason.NONE));
      case DORMANT -> EnumSet.of(Reason.SILENCE);
      case CHURNED -> EnumSet.of(Reason.SILENCE, Reason.SUBSCRIPTION_ENDED);
      case PROSPECT, NEW, ACTIVE, LOYAL, REACTIVATED -> EnumSet.noneOf(Reason.class);
    };
  }

  private static String listed(Iterable<? extends Enum<?>> names) {
    List<String> texts = new ArrayList<>();
    names.forEach(name -> texts.add(name.name()));
    return texts.stream().collect(Collectors.joining(", "));
  }
}
