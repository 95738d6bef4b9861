package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the calendar of a policy file. */
final class CalendarReader {

  private CalendarReader() {}

  static PolicyCalendar read(Section section) {
    PolicyCalendar defaults = PolicyCalendar.UTC;
    PolicyCalendar calendar =
        new PolicyCalendar(
            zone(section),
            section.choice(
                "weekStart", defaults.weekStart(), List.of(DayOfWeek.values()), Enum::name),
            weekend(section, defaults.weekend()),
            section.choice(
                "months",
                defaults.months(),
                List.of(PolicyCalendar.Months.values()),
                months -> months.name().toLowerCase(Locale.ROOT)));
    section.close();
    return calendar;
  }

  private static ZoneId zone(Section section) {
    String name = section.text("zone", "UTC");
    Optional<ZoneId> zone = PolicyCalendar.zone(name);
    if (zone.isEmpty()) {
      section.fault(
          "zone", "expected an IANA time zone such as Asia/Tehran or UTC, but it is " + name);
    }
    return zone.orElse(ZoneOffset.UTC);
  }

  private static Set<DayOfWeek> weekend(Section section, Set<DayOfWeek> defaultDays) {
    if (!section.has("weekend")) {
      return defaultDays;
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String name : section.textList("weekend")) {
      try {
        days.add(DayOfWeek.valueOf(name));
      } catch (IllegalArgumentException e) {
        section.fault("weekend", "expected days such as SATURDAY, but one is " + name);
      }
    }
    if (days.size() == DayOfWeek.values().length) {
      section.fault("weekend", "is the whole week, which leaves no working day; remove a day");
    }
    return days;
  }
}
