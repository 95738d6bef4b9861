package dev.lifesign.lab.eventbytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An event of any kind can be written as bytes and read back. */
class EventBytesWriterTest {

  private static final long AT = 1_700_000_000_123L;

  @Test
  void everyEventIsReadBackAsItWasWritten() {
    Bytes bytes = new Bytes(1);
    List<Integer> offsets = new ArrayList<>();
    for (Event event : events()) {
      offsets.add(bytes.size());
      EventBytesWriter.write(event, bytes);
    }
    EventBytesReader reader = new EventBytesReader(bytes.array());
    for (int i = 0; i < offsets.size(); i++) {
      assertThat(reader.position()).isEqualTo(offsets.get(i));
      assertThat(reader.read("ünï©ode 客户", offsets.get(i))).isEqualTo(events().get(i));
    }
    assertThat(reader.position()).isEqualTo(bytes.size());
  }

  /** Every constant of every field, every optional present and absent, and extreme numbers. */
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
                "e2",
                c,
                AT,
                action,
                "s",
                kind,
                "p",
                new Billing(
                    1, "USD", "P1M", OptionalLong.of(3), OptionalLong.of(Long.MAX_VALUE), true),
                OptionalLong.of(Long.MIN_VALUE),
                "moved"));
        events.add(
            new SubscriptionChange(
                "e3", c, AT, action, "s", kind, "", Billing.of(0, ""), OptionalLong.empty(), ""));
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
