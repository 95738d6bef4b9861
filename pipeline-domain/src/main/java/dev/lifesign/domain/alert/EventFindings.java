package dev.lifesign.domain.alert;

import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;

/** What an event says to people who read about an alert. */
final class EventFindings {

  private EventFindings() {}

  static void add(FindingList found, Event event) {
    found
        .word("event", event.name())
        .moment("occurredAt", event.occurredAt())
        .word("subject", Subject.of(event));
    if (event instanceof SubscriptionChange change) {
      found.word("plan", change.plan()).word("cancelReason", change.cancelReason());
    } else if (event instanceof Support support) {
      found.word("category", support.category().name());
    } else if (event instanceof Social social) {
      found.word("network", social.network());
      social.rating().ifPresent(rating -> found.count("rating", rating));
    } else if (event instanceof Contact contact) {
      if (contact.channel() != Contact.Channel.UNKNOWN) {
        found.word("channel", contact.channel().name());
      }
    } else if (event instanceof Feedback feedback) {
      found.count("score", feedback.score()).count("scaleMax", feedback.scaleMax());
    } else if (event instanceof Loyalty loyalty) {
      found.count("points", loyalty.points()).word("tier", loyalty.tier());
    }
  }
}
