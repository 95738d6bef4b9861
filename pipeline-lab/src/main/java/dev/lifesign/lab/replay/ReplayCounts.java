package dev.lifesign.lab.replay;

import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Unconverted;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.Refusals;
import dev.lifesign.lab.file.Tally;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the lines of a replay. */
public final class ReplayCounts {

  private final Refusals refusals = new Refusals();
  private long afterEnd;
  private Optional<Line> firstAfterEnd = Optional.empty();
  private final Map<String, Lost> withoutRate = new TreeMap<>();
  private final AtomicLong applied = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong erased = new AtomicLong();

  /** Events with money in a currency without a rate. */
  private record Lost(long events, BigDecimal minorUnits) {}

  void refused(String kind, long line, String message) {
    refusals.add(kind, line, message);
  }

  void afterEnd(Line line) {
    afterEnd++;
    if (firstAfterEnd.isEmpty() || line.number() < firstAfterEnd.get().number()) {
      firstAfterEnd = Optional.of(line);
    }
  }

  void handled(Decision decision) {
    switch (decision.kind()) {
      case APPLIED -> applied.incrementAndGet();
      case LATE -> {
        applied.incrementAndGet();
        late.incrementAndGet();
      }
      case DUPLICATE -> duplicates.incrementAndGet();
      case TIME, COMMAND -> {
        // No event.
      }
    }
    decision.unconverted().ifPresent(this::withoutRate);
  }

  void erased() {
    erased.incrementAndGet();
  }

  private synchronized void withoutRate(Unconverted money) {
    withoutRate.merge(
        money.currency(),
        new Lost(1, BigDecimal.valueOf(money.amount())),
        (a, b) -> new Lost(a.events + b.events, a.minorUnits.add(b.minorUnits)));
  }

  /** The lines that were refused. */
  public long refused() {
    return refusals.count();
  }

  /**
   * Whether more than half of the file was refused.
   *
   * @param file the file, after it was read
   */
  public boolean areMostRefused(EventFile file) {
    return refusals.areMostOf(file, events() + refusals.count());
  }

  /** The number of events that were not refused. */
  private long events() {
    return applied.get() + duplicates.get() + erased.get() + afterEnd;
  }

  /**
   * The number of rows read, or of lines in a file whose lines are events.
   *
   * @param file the file, after it was read
   */
  public long read(EventFile file) {
    long rows = file.notes().rows();
    return rows > 0 ? rows : events() + refusals.count();
  }

  /** The number of events applied, the late ones included. */
  public long applied() {
    return applied.get();
  }

  /** The number of late events. */
  public long late() {
    return late.get();
  }

  /** The number of duplicates. */
  public long duplicates() {
    return duplicates.get();
  }

  /**
   * The number of rows left out on purpose, and of lines that arrive after the end.
   *
   * @param file the file, after it was read
   */
  public long leftOut(EventFile file) {
    return afterEnd + file.notes().leftOut().values().stream().mapToLong(Tally::count).sum();
  }

  /**
   * What became of the lines, in sentences.
   *
   * @param file the file, for the places of lines
   * @param until the end of the replay
   */
  public List<String> sentences(EventFile file, long until) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Read: %,d. Applied: %,d (late: %,d). Duplicates: %,d. Left out: %,d. Refused: %,d."
            .formatted(
                read(file),
                applied.get(),
                late.get(),
                duplicates.get(),
                leftOut(file),
                refusals.count()));
    sentences.addAll(details(file, until));
    return sentences;
  }

  /**
   * What was not used, and what is in doubt, in sentences; none if everything was used.
   *
   * @param file the file, for the places of lines
   * @param until the end of the replay
   */
  public List<String> details(EventFile file, long until) {
    List<String> sentences = new ArrayList<>();
    firstAfterEnd.ifPresent(line -> sentences.add(afterEnd(line, file, until)));
    if (erased.get() > 0) {
      sentences.add(
          "Dropped, since their customers had been erased in the 30 days before: %,d"
              .formatted(erased.get()));
    }
    withoutRate.forEach(
        (currency, lost) ->
            sentences.add(
                "Without a rate: %s %s in %s, which count%s while %s money does not; add %s to currency.rates of the policy"
                    .formatted(
                        currency,
                        lost.minorUnits.movePointLeft(Currencies.digits(currency)).toPlainString(),
                        lost.events == 1 ? "1 event" : "%,d events".formatted(lost.events),
                        lost.events == 1 ? "s" : "",
                        lost.events == 1 ? "its" : "their",
                        currency)));
    sentences.addAll(refusals.sentences(file));
    sentences.addAll(file.notes().sentences(file));
    return sentences;
  }

  private String afterEnd(Line first, EventFile file, long until) {
    String end = Instants.format(until);
    String place =
        "line %d (%s)"
            .formatted(
                file.numberOf(first.number()), Instants.format(first.arrivedAt()).substring(0, 10));
    return afterEnd == 1
        ? "1 line arrives after %s and is left out: %s".formatted(end, place)
        : "%,d lines arrive after %s and are left out, the first is %s"
            .formatted(afterEnd, end, place);
  }
}
