package dev.lifesign.app.demo;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits events, ordered by time, into runs in which each customer's events are on one topic.
 * Within a run, partitions can be read in any order without changing the order of a customer's
 * events.
 */
final class Batches {

  private Batches() {}

  /** The runs, in order; a single empty run if there are no events. */
  static List<List<Event>> of(List<Event> events) {
    List<List<Event>> runs = new ArrayList<>();
    Map<String, Family> topics = new HashMap<>();
    int begin = 0;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      Family before = topics.putIfAbsent(event.customerId(), event.family());
      if (before != null && before != event.family()) {
        runs.add(events.subList(begin, i));
        begin = i;
        topics.clear();
        topics.put(event.customerId(), event.family());
      }
    }
    runs.add(events.subList(begin, events.size()));
    return runs;
  }
}
