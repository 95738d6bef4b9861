package dev.lifesign.app.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.core.lifecycle.History;

/** The last status changes of a customer, as JSON; see docs/api.md. */
final class TimelineDocument {

  private TimelineDocument() {}

  static String of(String customerId, History history, Provenance provenance) {
    ObjectNode node = Json.object();
    node.put("customerId", customerId);
    ArrayNode changes = node.putArray("statusChanges");
    for (History.Change change : history.changes()) {
      ObjectNode entry = changes.addObject();
      entry.put("sequence", change.sequence());
      entry.put("from", change.from().map(Enum::name).orElse(null));
      entry.put("to", change.to().status().name());
      entry.put("reason", change.to().reason().label());
      entry.put("late", change.late());
      Json.instant(entry, "effectiveAt", change.effectiveAt());
      Json.instant(entry, "detectedAt", change.detectedAt());
      entry.put("policyVersion", change.policyVersion());
    }
    Json.provenance(node, provenance);
    return node.toString();
  }
}
