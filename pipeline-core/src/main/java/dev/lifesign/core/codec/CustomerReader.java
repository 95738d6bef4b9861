package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.AlertBook;
import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.CustomerActivity;
import dev.lifesign.domain.customer.CustomerVerdict;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.OpenAlert;
import dev.lifesign.domain.customer.Reason;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.customer.Subscriptions;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.io.Decoder;

/**
 * Reads a customer from the Avro binary of {@code CustomerState}, field by field in schema order.
 */
final class CustomerReader {

  /** The first version that has segments. */
  private static final int SEGMENTS_FROM = 2;

  /** The first version that has scores. */
  private static final int SCORES_FROM = 3;

  /** The first version that has status changes in the customer's own record. */
  private static final int CHANGES_FROM = 5;

  /** The first version that has quantities of subscriptions. */
  private static final int QUANTITIES_FROM = 6;

  private final Decoder in;
  private final int version;
  private final NameCache names;

  CustomerReader(Decoder in, int version, NameCache names) {
    this.in = in;
    this.version = version;
    this.names = names;
  }

  /** The instant of the customer's entry in the deadline index, which is the third field. */
  static long armed(Decoder in) throws IOException {
    in.readLong();
    orForever(in);
    return orForever(in);
  }

  StoredCustomer read(String id) throws IOException {
    long clock = in.readLong();
    long due = orForever();
    long armed = orForever();
    int policyVersion = in.readInt();
    RecentEvents recentEvents = hashes();
    Milestones milestones = milestones();
    Commerce commerce = commerce();
    FamilyPanes families = familyPanes();
    double sum = in.readDouble();
    long scoreAt = in.readLong();
    ActivityScore score = scoreAt == 0 ? ActivityScore.NONE : new ActivityScore(sum, scoreAt);
    CustomerActivity activity =
        new CustomerActivity(recentEvents, milestones, commerce, families, score, subscriptions());
    CustomerVerdict verdict =
        new CustomerVerdict(
            policyVersion,
            due,
            standing(),
            alerts(),
            version < SEGMENTS_FROM ? SegmentState.NONE : segment());
    return new StoredCustomer(
        new Customer(id, clock, activity, verdict),
        armed,
        version < CHANGES_FROM ? PastChanges.NONE : changes());
  }

  private PastChanges changes() throws IOException {
    ByteBuffer bytes = in.readBytes(null);
    if (!bytes.hasRemaining()) {
      return PastChanges.NONE;
    }
    byte[] entries = new byte[bytes.remaining()];
    bytes.get(entries);
    return PastChanges.of(entries);
  }

  private SegmentState segment() throws IOException {
    String current = names.read(in);
    String previous = names.read(in);
    long since = orNever();
    return version < SCORES_FROM
        ? new SegmentState(0, 0, 0, current, previous, since)
        : new SegmentState(in.readInt(), in.readInt(), in.readInt(), current, previous, since);
  }

  private RecentEvents hashes() throws IOException {
    ByteBuffer bytes = in.readBytes(null);
    long[] hashes = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(hashes);
    return RecentEvents.of(hashes);
  }

  private Milestones milestones() throws IOException {
    return new Milestones(
        orNever(), orNever(), orNever(), orNever(), orNever(), orNever(), lastByFamily());
  }

  private Milestones.FamilyInstants lastByFamily() throws IOException {
    Longs instants = new Longs();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      instants.expect(left);
      for (; left > 0; left--) {
        long instant = in.readLong();
        instants.add(instant == 0 ? Instants.NEVER : instant);
      }
    }
    return Milestones.FamilyInstants.of(instants.toArray());
  }

  private Commerce commerce() throws IOException {
    return new Commerce(in.readLong(), in.readLong(), in.readLong(), purchaseDays(), moneyPanes());
  }

  private DaySet purchaseDays() throws IOException {
    Ints days = new Ints();
    int day = 0;
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      days.expect(left);
      for (; left > 0; left--) {
        day += in.readInt();
        days.add(day);
      }
    }
    return DaySet.of(days.toArray());
  }

  private MoneyPanes moneyPanes() throws IOException {
    Ints days = new Ints();
    Ints orders = new Ints();
    Longs net = new Longs();
    int day = 0;
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      days.expect(left);
      orders.expect(left);
      net.expect(left);
      for (; left > 0; left--) {
        day += in.readInt();
        days.add(day);
        orders.add(in.readInt());
        net.add(in.readLong());
      }
    }
    return MoneyPanes.of(days.toArray(), orders.toArray(), net.toArray());
  }

  private FamilyPanes familyPanes() throws IOException {
    Ints days = new Ints();
    Ints families = new Ints();
    Ints counts = new Ints();
    int day = 0;
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      days.expect(left);
      families.expect(left);
      counts.expect(left);
      for (; left > 0; left--) {
        day += in.readInt();
        days.add(day);
        families.add(in.readInt());
        counts.add(in.readInt());
      }
    }
    return FamilyPanes.of(days.toArray(), families.toArray(), counts.toArray());
  }

  private Subscriptions subscriptions() throws IOException {
    List<Subscription> list = new ArrayList<>();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (; left > 0; left--) {
        list.add(subscription());
      }
    }
    return new Subscriptions(list, orNever());
  }

  private Subscription subscription() throws IOException {
    String id = in.readString();
    SubscriptionKind kind = WireEnums.KIND.constant(in.readEnum());
    String plan = names.read(in);
    Subscription.State state = WireEnums.PHASE.constant(in.readEnum());
    long until = orForever();
    boolean entitled = in.readBoolean();
    long endedAt = orNever();
    Subscription.Paid paid = new Subscription.Paid(orNever(), orNever());
    long runningSince = orNever();
    Subscription.Pause pause = new Subscription.Pause(orNever(), orNever());
    long lastAppliedAt = in.readLong();
    return new Subscription(
        id,
        kind,
        plan,
        state,
        new Subscription.Entitlement(
            entitled, entitled ? until : Instants.NEVER, endedAt, runningSince),
        paid,
        version < QUANTITIES_FROM ? OptionalLong.empty() : quantity(),
        pause,
        lastAppliedAt);
  }

  private OptionalLong quantity() throws IOException {
    return in.readIndex() == 0 ? OptionalLong.empty() : OptionalLong.of(in.readLong());
  }

  private StatusState standing() throws IOException {
    Status status = WireEnums.STATUS.constant(in.readEnum());
    Reason reason = WireEnums.REASON.constant(in.readEnum());
    long since = in.readLong();
    int sequence = in.readInt();
    return new StatusState(
        status, reason, sequence == 0 ? Instants.NEVER : since, sequence, orNever(), orNever());
  }

  private AlertBook alerts() throws IOException {
    List<OpenAlert> open = new ArrayList<>(2);
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (; left > 0; left--) {
        open.add(
            new OpenAlert(
                names.read(in),
                in.readInt(),
                WireEnums.STATUS.constant(in.readEnum()),
                WireEnums.REASON.constant(in.readEnum()),
                in.readLong(),
                in.readLong()));
      }
    }
    Map<String, Long> lastRaised = new HashMap<>(2);
    for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
      for (; left > 0; left--) {
        lastRaised.put(names.read(in), in.readLong());
      }
    }
    return open.isEmpty() && lastRaised.isEmpty()
        ? AlertBook.EMPTY
        : new AlertBook(open, lastRaised);
  }

  private long orNever() throws IOException {
    return in.readIndex() == 0 ? Instants.NEVER : in.readLong();
  }

  private long orForever() throws IOException {
    return orForever(in);
  }

  private static long orForever(Decoder in) throws IOException {
    return in.readIndex() == 0 ? Instants.FOREVER : in.readLong();
  }
}
