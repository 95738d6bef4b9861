package dev.lifesign.app.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.core.time.Instants;
import java.time.Instant;

/** What the documents have in common. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An instant in ISO 8601; null where there is none. */
  static void instant(ObjectNode node, String name, long instant) {
    if (Instants.isFinite(instant)) {
      node.put(name, Instant.ofEpochMilli(instant).toString());
    } else {
      node.putNull(name);
    }
  }

  static void provenance(ObjectNode node, Provenance provenance) {
    ObjectNode from = node.putObject("answeredBy");
    from.put("instance", provenance.instance());
    from.put("partition", provenance.partition());
    from.put("role", provenance.role().name());
    instant(from, "lastTick", provenance.lastTick());
    from.put("lagRecords", provenance.lagRecords());
  }
}
