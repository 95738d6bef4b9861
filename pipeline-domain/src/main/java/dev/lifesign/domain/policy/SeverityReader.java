package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code severity} of a rung or of a case with {@code on}. */
final class SeverityReader {

  private static final String SEVERITY = "severity";
  private static final String BY_VALUE = "byValue";
  private static final SeverityRule DEFAULT = new SeverityRule.Fixed(Severity.MEDIUM);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private SeverityReader() {}

  static SeverityRule read(Section section) {
    if (section.isPlain(SEVERITY)) {
      return new SeverityRule.Fixed(
          section.choice(SEVERITY, Severity.MEDIUM, List.of(Severity.values()), Enum::name));
    }
    if (section.isList(SEVERITY)) {
      section.fault(
          SEVERITY, "expected a severity such as HIGH, or { byValue: [2000, 10000, 50000] }");
      return DEFAULT;
    }
    Section rule = section.section(SEVERITY);
    SeverityRule read = byValue(rule);
    rule.close();
    return read;
  }

  private static SeverityRule byValue(Section rule) {
    List<BigDecimal> numbers = rule.numberList(BY_VALUE);
    List<Long> bounds = new ArrayList<>();
    for (BigDecimal number : numbers) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      boolean higher = bounds.isEmpty() || number.longValue() > bounds.get(bounds.size() - 1);
      if (whole && higher && number.signum() >= 0 && number.compareTo(MOST) <= 0) {
        bounds.add(number.longValue());
      }
    }
    int levels = Severity.values().length - 1;
    if (bounds.size() != levels || numbers.size() != levels) {
      rule.fault(
          BY_VALUE,
          "expected three ascending amounts in minor units, from which on it is MEDIUM, HIGH and CRITICAL, but they are "
              + numbers);
      return DEFAULT;
    }
    return new SeverityRule.ByValue(bounds);
  }
}
