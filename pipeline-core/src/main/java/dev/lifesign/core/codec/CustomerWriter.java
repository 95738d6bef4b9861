package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.BillingCycle;
import dev.lifesign.domain.customer.BillingPeriod;
import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.Price;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.apache.avro.io.Encoder;

/**
 * Writes a customer as the Avro binary of {@code CustomerState}, field by field in schema order.
 */
final class CustomerWriter {

  private final Encoder out;
  private final NameCache names;

  CustomerWriter(Encoder out, NameCache names) {
    this.out = out;
    this.names = names;
  }

  void write(StoredCustomer stored) throws IOException {
    Customer customer = stored.customer();
    out.writeLong(customer.clock());
    Unions.instant(out, customer.due());
    Unions.instant(out, stored.armed());
    out.writeInt(customer.policyVersion());
    hashes(customer.recentEvents());
    milestones(customer.milestones());
    commerce(customer.commerce());
    familyPanes(customer.families());
    out.writeDouble(customer.score().sum());
    out.writeLong(orZero(customer.score().asOf()));
    subscriptions(customer);
    standing(customer.statusState());
    names.write(out, customer.segment().current());
    names.write(out, customer.segment().previous());
    Unions.instant(out, customer.segment().since());
    out.writeInt(customer.segment().recency());
    out.writeInt(customer.segment().frequency());
    out.writeInt(customer.segment().monetary());
    bytes(stored.changes().toBytes());
    bytes(CaseStateCodec.encode(customer.cases().cases(), customer.clock()));
    bytes(CaseStateCodec.encode(customer.cases().answers()));
  }

  private void hashes(RecentEvents events) throws IOException {
    bytes(events.toBytes());
  }

  private void milestones(Milestones milestones) throws IOException {
    Unions.instant(out, milestones.firstCommercial());
    Unions.instant(out, milestones.lastPurchase());
    Unions.instant(out, milestones.lastTransaction());
    Unions.instant(out, milestones.lastQualifying());
    Unions.instant(out, milestones.lastCounting());
    Unions.instant(out, milestones.lastUse());
    Family[] families = Family.values();
    int count = families.length;
    while (count > 0 && milestones.lastByFamily().of(families[count - 1]) == Instants.NEVER) {
      count--;
    }
    begin(count);
    for (int i = 0; i < count; i++) {
      out.startItem();
      out.writeLong(orZero(milestones.lastByFamily().of(families[i])));
    }
    out.writeArrayEnd();
  }

  private void commerce(Commerce commerce) throws IOException {
    out.writeLong(commerce.orders());
    out.writeLong(commerce.gross());
    out.writeLong(commerce.refunded());
    DaySet days = commerce.purchaseDays();
    begin(days.size());
    int before = 0;
    for (int i = 0; i < days.size(); i++) {
      out.startItem();
      out.writeInt(days.day(i) - before);
      before = days.day(i);
    }
    out.writeArrayEnd();
    MoneyPanes panes = commerce.panes();
    begin(panes.size());
    before = 0;
    for (int i = 0; i < panes.size(); i++) {
      out.startItem();
      out.writeInt(panes.day(i) - before);
      out.writeInt(panes.orders(i));
      out.writeLong(panes.net(i));
      before = panes.day(i);
    }
    out.writeArrayEnd();
  }

  private void familyPanes(FamilyPanes panes) throws IOException {
    begin(panes.size());
    int before = 0;
    for (int i = 0; i < panes.size(); i++) {
      out.startItem();
      out.writeInt(panes.day(i) - before);
      out.writeInt(panes.family(i));
      out.writeInt(panes.count(i));
      before = panes.day(i);
    }
    out.writeArrayEnd();
  }

  private void subscriptions(Customer customer) throws IOException {
    begin(customer.subscriptions().list().size());
    for (Subscription subscription : customer.subscriptions().list()) {
      out.startItem();
      out.writeString(subscription.id());
      out.writeEnum(WireEnums.KIND.symbol(subscription.kind()));
      names.write(out, subscription.plan());
      out.writeEnum(WireEnums.PHASE.symbol(subscription.state()));
      Unions.instant(out, subscription.entitlement().until());
      out.writeBoolean(subscription.entitlement().held());
      Unions.instant(out, subscription.entitlement().endedAt());
      Unions.instant(out, subscription.paid().through());
      Unions.instant(out, subscription.paid().period());
      Unions.instant(out, subscription.entitlement().runningSince());
      Unions.instant(out, subscription.pause().from());
      Unions.instant(out, subscription.pause().until());
      out.writeLong(subscription.lastAppliedAt());
      quantity(subscription.quantity());
      billing(subscription);
    }
    out.writeArrayEnd();
    Unions.instant(out, customer.subscriptions().entitledSince());
  }

  private void quantity(OptionalLong quantity) throws IOException {
    out.writeIndex(quantity.isPresent() ? 1 : 0);
    if (quantity.isPresent()) {
      out.writeLong(quantity.getAsLong());
    }
  }

  private void billing(Subscription subscription) throws IOException {
    Price price = subscription.price();
    BillingCycle cycle = subscription.paid().cycle();
    out.writeLong(price.amount());
    names.write(out, price.rate().map(BigDecimal::toString).orElse(""));
    quantity(
        price.quantity() == subscription.quantity().orElse(1)
            ? OptionalLong.empty()
            : OptionalLong.of(price.quantity()));
    out.writeBoolean(price.trial());
    names.write(out, cycle.period().map(BillingPeriod::toString).orElse(""));
    out.writeBoolean(cycle.stated());
    Unions.instant(out, subscription.paid().term());
    out.writeBoolean(subscription.pause().unresumed());
  }

  private void standing(StatusState standing) throws IOException {
    out.writeEnum(WireEnums.STATUS.symbol(standing.status()));
    out.writeEnum(WireEnums.REASON.symbol(standing.reason()));
    out.writeLong(orZero(standing.since()));
    out.writeInt(standing.sequence());
    Unions.instant(out, standing.inactiveSince());
    Unions.instant(out, standing.returnedAt());
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeBytes(bytes, 0, bytes.length);
  }

  private void begin(int items) throws IOException {
    out.writeArrayStart();
    out.setItemCount(items);
  }

  private static long orZero(long instant) {
    return instant == Instants.NEVER ? 0 : instant;
  }
}
