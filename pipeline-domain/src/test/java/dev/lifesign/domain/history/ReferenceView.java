package dev.lifesign.domain.history;

import dev.lifesign.domain.cel.View;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Reference.Accepted;
import dev.lifesign.domain.history.Reference.Sub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CEL sees, from the whole history. */
record ReferenceView(Reference history, Optional<Event> event, String subject) implements View {

  private static final long DAY = 86_400_000L;

  @Override
  public Map<String, Object> customer() {
    long at = history.judgedAt();
    ReferenceScores scores = new ReferenceScores(history);
    Map<String, Object> fields = new HashMap<>();
    fields.put("status", history.status());
    fields.put("reason", history.reason());
    fields.put("since", Instant.ofEpochMilli(history.statusSince()));
    fields.put("segment", scores.segment());
    scores
        .rfm()
        .ifPresent(
            score -> {
              fields.put("r", score[0]);
              fields.put("f", score[1]);
              fields.put("m", score[2]);
            });
    fields.put("orders", history.ordersAndMoney(1_000_000, at)[0]);
    fields.put("netMoney", history.ordersAndMoney(1_000_000, at)[1]);
    int window = history.policy().rfm().windowDays();
    fields.put("ordersInWindow", history.ordersAndMoney(window, at)[0]);
    fields.put("netMoneyInWindow", history.ordersAndMoney(window, at)[1]);
    fields.put("activityScore", history.score(at));
    String types = history.types(at);
    fields.put("types", types.isEmpty() ? List.of() : Arrays.asList(types.split("\\+")));
    Long first = null;
    for (Accepted h : history.accepted()) {
      long occurredAt = h.event().occurredAt();
      if (h.commercial() && (first == null || occurredAt < first)) {
        first = occurredAt;
      }
    }
    if (first != null) {
      fields.put("tenureDays", Math.floorDiv(at - first, DAY));
    }
    if (scores.alive() != null) {
      fields.put("pAlive", scores.alive());
    }
    fields.put("valueAtStake", scores.valueAtStake());
    fields.put("mrr", ReferenceMrr.of(history.subs(), at));
    fields.put("subscriptions", subscriptions(at));
    return fields;
  }

  private List<Map<String, Object>> subscriptions(long at) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Sub sub : history.subs()) {
      Map<String, Object> fields = new HashMap<>();
      fields.put("id", sub.id);
      fields.put("kind", sub.kind.name());
      fields.put("plan", sub.plan);
      fields.put("state", sub.state);
      fields.put("entitled", sub.entitledAt(at));
      fields.put("amount", sub.amount);
      if (sub.paidThrough != null) {
        fields.put("paidThrough", Instant.ofEpochMilli(sub.paidThrough));
      }
      all.add(fields);
    }
    return all;
  }
}
