package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.BillingCycle;
import dev.lifesign.domain.customer.BillingPeriod;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.CustomerActivity;
import dev.lifesign.domain.customer.CustomerVerdict;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.Price;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.customer.Subscriptions;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** The first version that has prices of subscriptions. */
  private static final int PRICES_FROM = 7;

  /** The first version that has cases; earlier ones have alerts of rules. */
  private static final int CASES_FROM = 7;

  /** Below the version of any policy. */
  private static final int NO_POLICY = 0;

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
    int policyVersion = policyVersion();
    RecentEvents recentEvents = hashes();
    Milestones milestones = milestones();
    Commerce commerce = commerce();
    FamilyPanes families = familyPanes();
    double sum = in.readDouble();
    long scoreAt = in.readLong();
    ActivityScore score = scoreAt == 0 ? ActivityScore.NONE : new ActivityScore(sum, scoreAt);
    CustomerActivity activity =
        new CustomerActivity(recentEvents, milestones, commerce, families, score, subscriptions());
    StatusState standing = standing();
    CaseBook before =
        version < CASES_FROM ? FormerAlerts.read(in, standing.sequence()) : CaseBook.EMPTY;
    SegmentState segment = version < SEGMENTS_FROM ? SegmentState.NONE : segment();
    PastChanges changes = version < CHANGES_FROM ? PastChanges.NONE : changes();
    CaseBook cases = version < CASES_FROM ? before : cases(clock);
    CustomerVerdict verdict = new CustomerVerdict(policyVersion, due, standing, cases, segment);
    return new StoredCustomer(new Customer(id, clock, activity, verdict), armed, changes);
  }

  /**
   * The policy that judged the customer. One that was judged before there were cases takes up the
   * policy in force once more, so that what holds already raises no alert.
   */
  private int policyVersion() throws IOException {
    int judged = in.readInt();
    return version < CASES_FROM ? NO_POLICY : judged;
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
    long paidThrough = orNever();
    long period = orNever();
    long runningSince = orNever();
    long pausedAt = orNever();
    long pausedUntil = orNever();
    long lastAppliedAt = in.readLong();
    OptionalLong quantity = version < QUANTITIES_FROM ? OptionalLong.empty() : quantity();
    boolean priced = version >= PRICES_FROM;
    Price price = priced ? price(quantity) : Price.NONE;
    BillingCycle cycle = priced ? cycle() : BillingCycle.UNKNOWN;
    long term = priced ? orNever() : period;
    boolean unresumed = priced ? in.readBoolean() : state == Subscription.State.PAUSED;
    return new Subscription(
        id,
        kind,
        plan,
        state,
        new Subscription.Entitlement(
            entitled, entitled ? until : Instants.NEVER, endedAt, runningSince),
        new Subscription.Paid(paidThrough, period, term, cycle),
        quantity,
        new Subscription.Pause(pausedAt, pausedUntil, unresumed),
        lastAppliedAt,
        price);
  }

  private Price price(OptionalLong quantity) throws IOException {
    long amount = in.readLong();
    String rate = names.read(in);
    return new Price(
        amount,
        rate.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(rate)),
        quantity().orElse(quantity.orElse(1)),
        in.readBoolean());
  }

  private BillingCycle cycle() throws IOException {
    return new BillingCycle(BillingPeriod.of(names.read(in)), in.readBoolean());
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

  private CaseBook cases(long clock) throws IOException {
    List<CaseState> cases = CaseStateCodec.decode(in.readBytes(null), clock);
    Answers answers = CaseStateCodec.decodeAnswers(in.readBytes(null));
    return cases.isEmpty() && answers.list().isEmpty()
        ? CaseBook.EMPTY
        : new CaseBook(cases, answers);
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
