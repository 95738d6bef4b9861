package dev.lifesign.app.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Feedback;
import dev.lifesign.core.event.Loyalty;
import dev.lifesign.core.event.OrderLine;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.Social;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.event.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a backtest keeps of an event is the event, whatever it is. */
class EventBytesTest {

  private static final long AT = 1_700_000_000_123L;

  @Test
  void everyEventIsReadAsItWasWritten() {
    Bytes bytes = new Bytes(1);
    List<Integer> places = new ArrayList<>();
    for (Event event : events()) {
      places.add(bytes.size());
      EventBytes.write(event, bytes);
    }
    EventReader reader = new EventReader(bytes.array());
    for (int i = 0; i < places.size(); i++) {
      assertThat(reader.position()).isEqualTo(places.get(i));
      assertThat(reader.read("ünï©ode 客户", places.get(i))).isEqualTo(events().get(i));
    }
    assertThat(reader.position()).isEqualTo(bytes.size());
  }

  /** Every constant of every field, every optional with and without, numbers at their ends. */
  private static List<Event> events() {
    String c = "ünï©ode 客户";
    List<Event> events = new ArrayList<>();
    for (Purchase.Action action : Purchase.Action.values()) {
      events.add(new Purchase("", c, -1, action, "", Long.MAX_VALUE, "EUR", List.of(), ""));
      events.add(
          new Purchase(
              "é1",
              c,
              AT,
              action,
              "o",
              -5,
              "",
              List.of(new OrderLine("s", "t", Integer.MIN_VALUE, 9), new OrderLine("", "", 0, -9)),
              "web"));
    }
    for (SubscriptionChange.Action action : SubscriptionChange.Action.values()) {
      for (SubscriptionKind kind : SubscriptionKind.values()) {
        events.add(
            new SubscriptionChange(
                "e2", c, AT, action, "s", kind, "p", 1, "USD", OptionalLong.of(Long.MIN_VALUE)));
        events.add(
            new SubscriptionChange(
                "e3", c, AT, action, "s", kind, "", 0, "", OptionalLong.empty()));
      }
    }
    for (Support.Action action : Support.Action.values()) {
      for (Support.Category category : Support.Category.values()) {
        events.add(new Support("e4", c, AT, action, "t", category, "phone"));
      }
    }
    for (Social.Action action : Social.Action.values()) {
      events.add(new Social("e5", c, AT, action, "n", OptionalDouble.of(-0.25), OptionalInt.of(5)));
      events.add(new Social("e6", c, AT, action, "", OptionalDouble.empty(), OptionalInt.empty()));
    }
    for (Contact.Action action : Contact.Action.values()) {
      for (Contact.Channel channel : Contact.Channel.values()) {
        events.add(new Contact("e7", c, AT, action, channel));
      }
    }
    for (Feedback.Action action : Feedback.Action.values()) {
      events.add(new Feedback("e8", c, AT, action, 9, 10, "no\ncomment"));
    }
    for (Loyalty.Action action : Loyalty.Action.values()) {
      events.add(new Loyalty("e9", c, AT, action, 1L << 40, "gold"));
    }
    return events;
  }
}
