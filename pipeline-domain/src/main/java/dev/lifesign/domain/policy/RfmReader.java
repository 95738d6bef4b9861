package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.policy.Policy.ScoreRange;
import dev.lifesign.domain.policy.Policy.SegmentRule;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code rfm} of a policy. */
final class RfmReader {

  private static final int CUTS = 4;
  private static final String POPULATION = "population";
  private static final String NONE = "none";
  private static final long SHORTEST_INTERVAL = 60_000;
  private static final Pattern RANGE = Pattern.compile("([1-5])(?:\\s*-\\s*([1-5]))?");

  Policy.Rfm read(Section section) {
    long window = section.wholeDays("window", "P365D");
    boolean population = section.isPlain("cuts") && !section.text("cuts", POPULATION).equals(NONE);
    Optional<Policy.Cuts> cuts = cuts(section);
    long every = section.duration("cutsEvery", "PT1H");
    if (every < SHORTEST_INTERVAL) {
      section.fault(
          "cutsEvery", "expected PT1M or more, but it is " + section.text("cutsEvery", "PT1H"));
    }
    List<SegmentRule> segments = segments(section);
    section.close();
    return new Policy.Rfm(
        window,
        cuts,
        population ? OptionalLong.of(Math.max(every, SHORTEST_INTERVAL)) : OptionalLong.empty(),
        segments);
  }

  private Optional<Policy.Cuts> cuts(Section section) {
    if (section.isPlain("cuts")) {
      if (!List.of(POPULATION, NONE).contains(section.text("cuts", POPULATION))) {
        section.fault(
            "cuts",
            "expected population, none, or recencyDays, orders and money, but it is "
                + section.text("cuts", POPULATION));
      }
      return Optional.empty();
    }
    Section cuts = section.section("cuts");
    List<BigDecimal> days = four(cuts, "recencyDays");
    List<BigDecimal> orders = four(cuts, "orders");
    List<BigDecimal> money = four(cuts, "money");
    cuts.close();
    return Optional.of(
        new Policy.Cuts(
            days.stream()
                .map(d -> d.multiply(BigDecimal.valueOf(Instants.DAY)).longValue())
                .toList(),
            orders.stream().map(BigDecimal::longValue).toList(),
            money.stream().map(BigDecimal::longValue).toList()));
  }

  private static List<BigDecimal> four(Section cuts, String key) {
    List<BigDecimal> numbers = cuts.numberList(key);
    boolean ascending = numbers.size() == CUTS;
    for (int i = 1; ascending && i < CUTS; i++) {
      ascending = numbers.get(i - 1).compareTo(numbers.get(i)) < 0;
    }
    if (!ascending) {
      cuts.fault(key, "expected four ascending numbers, but they are " + numbers);
    }
    return numbers;
  }

  private static List<SegmentRule> segments(Section section) {
    if (section.isPlain("segments")) {
      String text = section.text("segments", "default");
      if (!text.equals("default")) {
        section.fault("segments", "expected default, or a list of segments, but it is " + text);
      }
      return DefaultSegments.TABLE;
    }
    List<SegmentRule> rules = new ArrayList<>();
    for (Section row : section.sections("segments")) {
      rules.add(
          new SegmentRule(
              row.requiredText("name"), range(row, "r"), range(row, "f"), range(row, "m")));
      row.close();
    }
    return rules;
  }

  private static ScoreRange range(Section row, String key) {
    String text = row.text(key, "1-5");
    Matcher matcher = RANGE.matcher(text);
    if (matcher.matches()) {
      int from = Integer.parseInt(matcher.group(1));
      int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
      if (from <= to) {
        return new ScoreRange(from, to);
      }
    }
    row.fault(key, "expected a score of 1 to 5, or a range such as 4-5, but it is " + text);
    return ScoreRange.ANY;
  }
}
