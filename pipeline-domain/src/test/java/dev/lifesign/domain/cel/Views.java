package dev.lifesign.domain.cel;

import dev.lifesign.domain.event.Event;
import java.util.Map;
import java.util.Optional;

/** Views for tests. */
final class Views {

  private Views() {}

  static View of(Map<String, Object> customer) {
    return view(customer, Optional.empty(), "");
  }

  static View of(Event event) {
    return view(Map.of(), Optional.of(event), "");
  }

  static View of(Event event, String subject) {
    return view(Map.of(), Optional.of(event), subject);
  }

  private static View view(Map<String, Object> customer, Optional<Event> event, String subject) {
    return new View() {
      @Override
      public Map<String, Object> customer() {
        return customer;
      }

      @Override
      public Optional<Event> event() {
        return event;
      }

      @Override
      public String subject() {
        return subject;
      }
    };
  }
}
