package dev.lifesign.app.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.core.alert.AlertId;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.OpenAlert;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.lifecycle.Evidence;
import dev.lifesign.core.lifecycle.NextReview;
import dev.lifesign.core.policy.AlertRule;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.streams.CustomerLookup;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Profile;
import dev.lifesign.core.timeline.Review;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Everything known of a customer, as JSON; see docs/api.md. */
final class CustomerDocument {

  private static final int PROBABILITY_DIGITS = 6;

  private CustomerDocument() {}

  static String of(CustomerLookup.Found found, Provenance provenance) {
    Profile profile = found.profile();
    Customer customer = profile.customer();
    ObjectNode node = Json.object();
    node.put("customerId", customer.id());
    Json.instant(node, "asOf", profile.at());
    node.put("status", customer.standing().status().name());
    node.put("reason", customer.standing().reason().label());
    Json.instant(node, "since", customer.standing().since());
    node.put("sequence", customer.standing().sequence());
    evidence(node.putObject("evidence"), found.review().evidence());
    next(node, found.review());
    profile(node.putObject("profile"), profile);
    ArrayNode types = node.putArray("types");
    profile.types().forEach(type -> types.add(type.name()));
    subscriptions(node.putArray("subscriptions"), customer, profile.at());
    alerts(node.putArray("openAlerts"), customer, profile.policy());
    Json.provenance(node, provenance);
    return node.toString();
  }

  private static void evidence(ObjectNode node, Evidence evidence) {
    boolean silent = evidence.silence().since() != Instants.NEVER;
    Json.instant(node, "silentSince", evidence.silence().since());
    node.put(
        "threshold", silent ? Duration.ofMillis(evidence.silence().threshold()).toString() : null);
    Json.instant(node, "riskAt", evidence.silence().riskAt());
    Json.instant(node, "dormantAt", evidence.silence().dormantAt());
    Json.instant(node, "churnAt", evidence.silence().churnAt());
    node.put("orders", evidence.orders());
    Json.instant(node, "entitledSince", evidence.entitledSince());
    Json.instant(node, "subscriptionEnd", evidence.subscriptionEnd());
    node.put(
        "pAlive", evidence.alive().isPresent() ? rounded(evidence.alive().getAsDouble()) : null);
  }

  private static void next(ObjectNode node, Review review) {
    if (review.next().isEmpty()) {
      node.putNull("next");
      return;
    }
    NextReview next = review.next().get();
    ObjectNode there = node.putObject("next");
    Json.instant(there, "at", next.at());
    there.put("status", next.assessment().status().name());
    there.put("reason", next.assessment().reason().label());
  }

  private static void profile(ObjectNode node, Profile profile) {
    Customer customer = profile.customer();
    Json.instant(node, "firstCommercial", customer.milestones().firstCommercial());
    Json.instant(node, "lastActivity", customer.milestones().lastQualifying());
    Json.instant(node, "lastTransaction", customer.milestones().lastTransaction());
    node.put("orders", customer.commerce().orders());
    node.put("netMoney", customer.commerce().net());
    node.put("ordersInWindow", profile.ordersInWindow());
    node.put("netMoneyInWindow", profile.netInWindow());
    node.put("currency", profile.policy().currency().base());
    node.put(
        "activityScore",
        BigDecimal.valueOf(profile.activityScore()).setScale(2, RoundingMode.HALF_EVEN));
    profile
        .rfm()
        .ifPresentOrElse(
            score -> {
              ObjectNode rfm = node.putObject("rfm");
              rfm.put("recency", score.recency());
              rfm.put("frequency", score.frequency());
              rfm.put("monetary", score.monetary());
              rfm.put("segment", score.segment());
              rfm.put("previousSegment", customer.segment().previous());
              Json.instant(rfm, "segmentSince", customer.segment().since());
            },
            () -> node.putNull("rfm"));
    profile
        .prediction()
        .ifPresentOrElse(
            prediction -> prediction(node.putObject("prediction"), prediction),
            () -> node.putNull("prediction"));
    node.put("policyVersion", profile.policy().version());
  }

  private static void prediction(ObjectNode node, Prediction prediction) {
    node.put("pAlive", rounded(prediction.alive()));
    node.put("purchaseWithin30Days", rounded(prediction.within30Days()));
    node.put("purchaseWithin90Days", rounded(prediction.within90Days()));
    node.put("expectedPurchases", rounded(prediction.purchases()));
    node.put("expectedSpend", Math.round(prediction.spend()));
    node.put("predictedValue", Math.round(prediction.value()));
    Json.instant(node, "nextPurchaseAt", prediction.nextPurchaseAt());
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).setScale(PROBABILITY_DIGITS, RoundingMode.HALF_EVEN);
  }

  private static void subscriptions(ArrayNode list, Customer customer, long at) {
    for (Subscription subscription : customer.subscriptions().list()) {
      ObjectNode node = list.addObject();
      node.put("subscriptionId", subscription.id());
      node.put("kind", subscription.kind().name());
      node.put("plan", subscription.plan());
      node.put("state", subscription.state().name());
      node.put("entitled", subscription.entitledAt(at));
      Json.instant(
          node,
          "entitledUntil",
          subscription.entitledAt(at) ? subscription.entitledUntil() : Instants.FOREVER);
      Json.instant(node, "endedAt", subscription.endAt(at));
      Json.instant(node, "paidThrough", subscription.paidThrough());
      Json.instant(node, "runningSince", subscription.runningSince());
      Json.instant(node, "pausedAt", subscription.pausedAt());
      Json.instant(node, "lastEventAt", subscription.lastAppliedAt());
    }
  }

  private static void alerts(ArrayNode list, Customer customer, Policy policy) {
    for (OpenAlert alert : customer.alerts().open()) {
      ObjectNode node = list.addObject();
      node.put("alertId", AlertId.of(customer.id(), alert.rule(), alert.occurrence()));
      node.put("rule", alert.rule());
      AlertRule rule = policy.alertRule(alert.rule());
      node.put("severity", rule == null ? "" : rule.severity().name());
      node.put("owner", rule == null ? "" : rule.owner());
      node.put("action", rule == null ? "" : rule.action());
      node.put("status", alert.status().name());
      node.put("reason", alert.reason().label());
      Json.instant(node, "raisedAt", alert.raisedAt());
      Json.instant(node, "expiresAt", alert.expiresAt());
    }
  }
}
