package dev.lifesign.app.fit;

import dev.lifesign.core.model.PurchaseDays;
import java.util.List;

/** The purchase days of every customer of a history. */
public final class History {

  private final List<HistoryPart> parts;

  /**
   * A history.
   *
   * @param parts each with customers of its own
   */
  public History(List<HistoryPart> parts) {
    this.parts = List.copyOf(parts);
  }

  /** The customers; some may have refunds and no purchase. */
  public List<PurchaseDays> customers() {
    return parts.stream().flatMap(part -> part.customers().stream()).toList();
  }

  /** The first day with a purchase; there must be one. */
  public int first() {
    return parts.stream().mapToInt(HistoryPart::first).min().orElseThrow();
  }

  /** The last day with a purchase; there must be one. */
  public int last() {
    return parts.stream().mapToInt(HistoryPart::last).max().orElseThrow();
  }

  /** How many purchases. */
  public long purchases() {
    return parts.stream().mapToLong(HistoryPart::purchases).sum();
  }
}
