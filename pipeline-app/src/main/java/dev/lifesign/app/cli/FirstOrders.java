package dev.lifesign.app.cli;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.lab.open.FileFacts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Shows how the first lines of a file are understood. */
final class FirstOrders {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private FirstOrders() {}

  /**
   * A text per event.
   *
   * @param facts the facts of the file
   * @param baseCurrency of money without a currency
   * @param zone whose dates and times are shown
   */
  static List<String> of(FileFacts facts, String baseCurrency, ZoneId zone) {
    return facts.first().stream()
        .map(line -> shown(line.event().orElseThrow(), baseCurrency, zone))
        .toList();
  }

  private static String shown(Event event, String baseCurrency, ZoneId zone) {
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
    String time = TIME.format(Instant.ofEpochMilli(event.occurredAt()).atZone(zone));
    return "%s  %-28s %s".formatted(time, event.customerId(), what);
  }
}
