package dev.lifesign.domain.cel;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of one evaluation. */
final class Variables implements CelVariableResolver {

  private final View view;
  private Optional<Object> customer = Optional.empty();
  private Optional<Object> event = Optional.empty();

  Variables(View view) {
    this.view = view;
  }

  @Override
  public Optional<Object> find(String name) {
    return switch (name) {
      case "customer" -> customer();
      case "event" -> event();
      case "alert" -> Optional.of(alert());
      default -> Optional.empty();
    };
  }

  private Optional<Object> customer() {
    if (customer.isEmpty()) {
      customer = Optional.of(StructOf.map(Structs.CUSTOMER, view.customer()));
    }
    return customer;
  }

  private Optional<Object> event() {
    if (event.isEmpty()) {
      event =
          Optional.of(
              view.event()
                  .map(seen -> new StructOf(Structs.EVENT, field -> EventField.read(field, seen)))
                  .orElseGet(() -> new StructOf(Structs.EVENT, field -> Optional.empty())));
    }
    return event;
  }

  private StructOf alert() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("subject", view.subject());
    return StructOf.map(Structs.ALERT, fields);
  }
}
