package dev.lifesign.app.cli;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.open.FileFacts;
import java.math.BigDecimal;
import java.util.List;

/** Shows how the first lines of a file are understood. */
final class FirstOrders {

  private FirstOrders() {}

  /**
   * A text per event.
   *
   * @param facts the facts of the file
   * @param baseCurrency of money without a currency
   */
  static List<String> of(FileFacts facts, String baseCurrency) {
    return facts.first().stream()
        .map(line -> shown(line.event().orElseThrow(), baseCurrency))
        .toList();
  }

  private static String shown(Event event, String baseCurrency) {
    String what = "";
    if (event instanceof Purchase purchase) {
      boolean named = !purchase.currency().equals(FileFacts.NO_CURRENCY);
      String currency = named ? purchase.currency() : baseCurrency;
      what =
          "%-9s %14s %s  %s"
              .formatted(
                  purchase.action(),
                  BigDecimal.valueOf(purchase.amount(), Currencies.digits(currency))
                      .toPlainString(),
                  currency,
                  purchase.orderId());
    } else if (event instanceof SubscriptionChange change) {
      what = change.action() + " " + change.subscriptionId();
    }
    return "%s  %-28s %s".formatted(Instants.format(event.occurredAt()), event.customerId(), what);
  }
}
