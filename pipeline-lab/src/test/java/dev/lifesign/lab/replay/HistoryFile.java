package dev.lifesign.lab.replay;

import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.time.Instants;

/** Writes histories as lines of an events file. */
public final class HistoryFile {

  private HistoryFile() {}

  public static String line(Arrival arrival) {
    Event e = arrival.event();
    StringBuilder json = new StringBuilder("{");
    text(json, "family", e.family().label());
    text(json, "action", e.action().name());
    text(json, "eventId", e.eventId());
    text(json, "customerId", e.customerId());
    text(json, "occurredAt", Instants.format(e.occurredAt()));
    text(json, "arrivedAt", Instants.format(arrival.arrivedAt()));
    if (e instanceof Purchase p) {
      text(json, "orderId", p.orderId());
      number(json, "amount", p.amount());
      text(json, "currency", p.currency());
    } else if (e instanceof SubscriptionChange s) {
      text(json, "subscriptionId", s.subscriptionId());
      text(json, "kind", s.kind().name());
      text(json, "plan", s.plan());
      number(json, "amount", s.billing().amount());
      text(json, "currency", s.billing().currency());
      text(json, "period", s.billing().period());
      s.billing().quantity().ifPresent(quantity -> number(json, "quantity", quantity));
      s.billing().charged().ifPresent(charged -> number(json, "charged", charged));
      json.append("\"trial\":").append(s.billing().trial()).append(',');
      s.paidThrough().ifPresent(at -> text(json, "paidThrough", Instants.format(at)));
    } else if (e instanceof Support s) {
      text(json, "ticketId", s.ticketId());
      text(json, "category", s.category().name());
    } else if (e instanceof Social s) {
      text(json, "network", s.network());
      s.rating().ifPresent(rating -> number(json, "rating", rating));
    } else if (e instanceof Contact c) {
      text(json, "channel", c.channel().name());
    } else if (e instanceof Feedback f) {
      number(json, "score", f.score());
      number(json, "scaleMax", f.scaleMax());
    } else if (e instanceof Loyalty l) {
      number(json, "points", l.points());
    }
    json.setLength(json.length() - 1);
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"").append(value).append("\",");
  }

  private static void number(StringBuilder json, String name, long value) {
    json.append('"').append(name).append("\":").append(value).append(',');
  }
}
