package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Purchase;
import java.util.Optional;
import java.util.stream.LongStream;

/** Finds the orders that an earlier file has under another event id, as overlapping exports do. */
final class Overlap {

  private final Hashes orders = new Hashes();
  private final Hashes events = new Hashes();
  private LongStream.Builder ordersOfFile = LongStream.builder();
  private LongStream.Builder eventsOfFile = LongStream.builder();
  private int filesAhead;

  /** Files to be read one after the other. */
  Overlap(int files) {
    this.filesAhead = files - 1;
  }

  /**
   * A purchase with an order number.
   *
   * @param line its line
   * @param hash the hash of customer and order number
   * @param event the hash of customer, order number and event id
   */
  record Order(long line, long hash, long event) {

    /** The order of a line; empty if the line is not such a purchase. */
    static Optional<Order> of(Line line) {
      if (line.event().isEmpty()
          || !(line.event().get() instanceof Purchase purchase)
          || purchase.action() != Purchase.Action.PURCHASE
          || purchase.orderId().isEmpty()) {
        return Optional.empty();
      }
      String key = purchase.customerId() + "\n" + purchase.orderId();
      return Optional.of(
          new Order(line.number(), Hashes.of(key), Hashes.of(key + "\n" + purchase.eventId())));
    }
  }

  /** Whether an earlier file has the order too. */
  boolean isAgain(Order order) {
    if (filesAhead > 0) {
      ordersOfFile.add(order.hash());
      eventsOfFile.add(order.event());
    }
    // With the same event id it is a duplicate, which is dropped.
    return orders.contains(order.hash()) && !events.contains(order.event());
  }

  /** The orders that follow are of another file. */
  void nextFile() {
    filesAhead--;
    ordersOfFile.build().forEach(orders::add);
    eventsOfFile.build().forEach(events::add);
    ordersOfFile = LongStream.builder();
    eventsOfFile = LongStream.builder();
  }
}
