package dev.lifesign.app.cli;

import dev.lifesign.schema.ChurnAlert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The fields of an alert's fact, in the order in which they are shown. */
final class AlertColumns {

  private static final Map<String, Function<ChurnAlert, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("alertId", ChurnAlert::getAlertId);
    COLUMNS.put("customerId", ChurnAlert::getCustomerId);
    COLUMNS.put("case", ChurnAlert::getCase$);
    COLUMNS.put("number", ChurnAlert::getNumber);
    COLUMNS.put("version", ChurnAlert::getVersion);
    COLUMNS.put("change", ChurnAlert::getChange);
    COLUMNS.put("clearedBy", ChurnAlert::getClearedBy);
    COLUMNS.put("rung", ChurnAlert::getRung);
    COLUMNS.put("severity", ChurnAlert::getSeverity);
    COLUMNS.put("state", ChurnAlert::getState);
    COLUMNS.put("owner", ChurnAlert::getOwner);
    COLUMNS.put("dueAt", ChurnAlert::getDueAt);
    COLUMNS.put("expiresAt", ChurnAlert::getExpiresAt);
    COLUMNS.put("snoozedUntil", ChurnAlert::getSnoozedUntil);
    COLUMNS.put("raisedAt", ChurnAlert::getRaisedAt);
    COLUMNS.put("resolvedAt", ChurnAlert::getResolvedAt);
    COLUMNS.put("resolution", ChurnAlert::getResolution);
    COLUMNS.put("status", ChurnAlert::getStatus);
    COLUMNS.put("reason", ChurnAlert::getReason);
    COLUMNS.put("valueAtStake", ChurnAlert::getValueAtStake);
    COLUMNS.put("count", ChurnAlert::getCount);
    COLUMNS.put("previous", ChurnAlert::getPrevious);
    COLUMNS.put("muted", ChurnAlert::getMuted);
    COLUMNS.put("notify", ChurnAlert::getNotify);
    COLUMNS.put("late", ChurnAlert::getLate);
    COLUMNS.put("play", ChurnAlert::getPlay);
    COLUMNS.put("channel", ChurnAlert::getChannel);
    COLUMNS.put("offer", ChurnAlert::getOffer);
    COLUMNS.put("actionNote", ChurnAlert::getActionNote);
    COLUMNS.put("by", ChurnAlert::getBy);
    COLUMNS.put("outcome", ChurnAlert::getOutcome);
    COLUMNS.put("note", ChurnAlert::getNote);
    COLUMNS.put("effectiveAt", ChurnAlert::getEffectiveAt);
    COLUMNS.put("detectedAt", ChurnAlert::getDetectedAt);
    COLUMNS.put("policyVersion", ChurnAlert::getPolicyVersion);
    COLUMNS.put("explanation", ChurnAlert::getExplanation);
  }

  private AlertColumns() {}

  /** The names. */
  static Set<String> names() {
    return COLUMNS.keySet();
  }

  /** The values by name: text, numbers, booleans and instants; null for what is absent. */
  static Map<String, Object> of(ChurnAlert fact) {
    Map<String, Object> values = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> values.put(name, column.apply(fact)));
    return values;
  }
}
