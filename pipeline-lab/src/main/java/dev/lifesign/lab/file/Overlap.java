package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Purchase;
import java.util.stream.LongStream;

/** Finds the orders that an earlier file has under another event id, as overlapping exports do. */
final class Overlap {

  private final Hashes orders = new Hashes();
  private final Hashes events = new Hashes();
  private LongStream.Builder ordersOfFile = LongStream.builder();
  private LongStream.Builder eventsOfFile = LongStream.builder();

  /** Whether a line is a purchase whose customer has the order in an earlier file. */
  boolean isAgain(Line line) {
    if (line.event().isEmpty()
        || !(line.event().get() instanceof Purchase purchase)
        || purchase.action() != Purchase.Action.PURCHASE
        || purchase.orderId().isEmpty()) {
      return false;
    }
    String key = purchase.customerId() + "\n" + purchase.orderId();
    long order = Hashes.of(key);
    long event = Hashes.of(key + "\n" + purchase.eventId());
    ordersOfFile.add(order);
    eventsOfFile.add(event);
    // With the same event id it is a duplicate, which is dropped.
    return orders.contains(order) && !events.contains(event);
  }

  /** The lines that follow are of another file. */
  void nextFile() {
    ordersOfFile.build().forEach(orders::add);
    eventsOfFile.build().forEach(events::add);
    ordersOfFile = LongStream.builder();
    eventsOfFile = LongStream.builder();
  }
}
