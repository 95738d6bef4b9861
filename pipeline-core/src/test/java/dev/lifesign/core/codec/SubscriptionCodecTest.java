package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.BillingCycle;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Price;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.Mrr;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.state.CustomerState;
import dev.lifesign.schema.state.SubscriptionState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

/** What the store keeps of what subscriptions cost. */
class SubscriptionCodecTest {

  private static final String[] CURRENCIES = {"USD", "EUR", "XAU"};
  private static final String[] PERIODS = {"", "", "P1M", "P7D", "P14D", "P2Y", "often"};

  private final CustomerCodec codec = new CustomerCodec();
  private final Timeline timeline =
      new Timeline(
          Policies.of(
              PolicyReader.read(
                      """
                      version: 1
                      currency: { base: USD, rates: { EUR: 1.0850 } }
                      """)
                  .policy()
                  .orElseThrow()));

  @Property(tries = 300)
  void whatASubscriptionCostsIsTheSameAfterTheStore(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Optional<Customer> customer = Optional.empty();
    long now = Histories.START;
    for (int i = 0; i < 12; i++) {
      now += random.nextInt(40) * Instants.DAY;
      customer = Optional.of(timeline.apply(customer, event(i, now, random), now).customer());
      byte[] bytes = codec.encode(new StoredCustomer(customer.get(), Instants.FOREVER));
      Customer read = codec.decode("c", bytes).customer();
      assertThat(read.subscriptions()).isEqualTo(customer.get().subscriptions());
      assertThat(Mrr.of(read, now)).isEqualTo(Mrr.of(customer.get(), now));
      assertThat(byAvro(bytes))
          .extracting(SubscriptionState::getAmount)
          .isEqualTo(
              read.subscriptions().list().stream().map(one -> one.price().amount()).toList());
    }
  }

  @Test
  void anEarlierRecordHasNoPricesAndItsPeriodForATerm() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(6));
    List<Subscription> subscriptions = stored.customer().subscriptions().list();
    assertThat(subscriptions).hasSizeGreaterThan(1);
    assertThat(subscriptions).extracting(Subscription::price).containsOnly(Price.NONE);
    assertThat(subscriptions)
        .extracting(one -> one.paid().cycle())
        .containsOnly(BillingCycle.UNKNOWN);
    assertThat(subscriptions)
        .allMatch(one -> one.paid().term() == one.paid().period())
        .anyMatch(one -> one.paid().term() != Instants.NEVER)
        .allMatch(one -> one.pause().unresumed() == (one.state() == Subscription.State.PAUSED));
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  private static SubscriptionChange event(int number, long at, Random random) {
    return new SubscriptionChange(
        "e" + number,
        "c",
        at,
        Action.values()[random.nextInt(Action.values().length)],
        "s" + random.nextInt(2),
        SubscriptionKind.SERVICE,
        "",
        new Billing(
            random.nextInt(3) * 999L,
            CURRENCIES[random.nextInt(CURRENCIES.length)],
            PERIODS[random.nextInt(PERIODS.length)],
            random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(4)) : OptionalLong.empty(),
            OptionalLong.empty(),
            random.nextInt(6) == 0),
        random.nextBoolean()
            ? OptionalLong.of(at + (random.nextInt(400) - 20) * Instants.DAY)
            : OptionalLong.empty(),
        "");
  }

  private static List<SubscriptionState> byAvro(byte[] bytes) throws IOException {
    return new SpecificDatumReader<>(CustomerState.class)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null))
        .getSubscriptions();
  }

  private byte[] golden(int version) throws IOException {
    try (InputStream file =
        getClass().getResourceAsStream("/golden/customer-v" + version + ".hex")) {
      return HexFormat.of()
          .parseHex(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }
}
