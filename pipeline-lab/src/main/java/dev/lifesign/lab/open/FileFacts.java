package dev.lifesign.lab.open;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.lab.file.Arrivals;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.Refusals;
import dev.lifesign.lab.replay.LastArrival;
import dev.lifesign.lab.replay.Refused;
import dev.lifesign.lab.replay.Replay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says before a policy is chosen for it.
 *
 * @param events the number of events that are accepted
 * @param end the last arrival, milliseconds since 1970; 0 without an event
 * @param currency the currency of most events with money; empty if none has one
 * @param lacksCurrency whether there is money without a currency
 * @param first the first lines of the file with an event that is accepted
 * @param refusals the lines that are refused
 */
public record FileFacts(
    long events,
    long end,
    Optional<String> currency,
    boolean lacksCurrency,
    List<Line> first,
    Refusals refusals) {

  /** The code of ISO 4217 that stands for no currency. */
  public static final String NO_CURRENCY = "XXX";

  private static final int FIRST = 5;

  /** Keeps its own copy of the lines. */
  public FileFacts {
    first = List.copyOf(first);
  }

  /**
   * Reads a file.
   *
   * @param file the file, in which money without a currency is in {@link #NO_CURRENCY}
   * @param now a later arrival is the last one only if there is no other
   * @throws dev.lifesign.lab.UserError if the file cannot be read
   */
  public static FileFacts of(EventFile file, long now) {
    Reading reading = new Reading(now);
    // In order of arrival, which spaces what a customer did at one instant, such as an order and
    // its refund: the end is the arrival of the last of them.
    Arrivals.read(file, total -> {}, reading::accept, reading.refusals::add);
    return reading.facts();
  }

  /** Collects the facts line by line. */
  private static final class Reading {
    private final LastArrival last;
    private final Map<String, Integer> currencies = new HashMap<>();
    private final List<Line> first = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private long events;

    Reading(long now) {
      this.last = new LastArrival(now);
    }

    void accept(Line line) {
      Optional<Rejection> rejection = Replay.rejection(line);
      if (rejection.isPresent()) {
        Rejection why = rejection.get();
        refusals.add(Refused.kind(why.reason().name()), line.number(), why.message());
        return;
      }
      events++;
      last.accept(line);
      String currency = currency(line.event().orElseThrow());
      if (!currency.isEmpty()) {
        currencies.merge(currency, 1, Integer::sum);
      }
      keepIfFirst(line);
    }

    private static String currency(Event event) {
      if (event instanceof Purchase purchase) {
        return purchase.currency();
      }
      return event instanceof SubscriptionChange change ? change.billing().currency() : "";
    }

    /** Lines come in order of arrival, and many exports have the newest first. */
    private void keepIfFirst(Line line) {
      if (first.size() == FIRST && line.number() > first.get(FIRST - 1).number()) {
        return;
      }
      first.add(line);
      first.sort(Comparator.comparingLong(Line::number));
      if (first.size() > FIRST) {
        first.remove(FIRST);
      }
    }

    FileFacts facts() {
      boolean lacksCurrency = currencies.remove(NO_CURRENCY) != null;
      Optional<String> most =
          currencies.entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()))
              .map(Map.Entry::getKey);
      return new FileFacts(events, last.instant(), most, lacksCurrency, first, refusals);
    }
  }
}
