package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.ActivityScore;
import dev.lifesign.core.customer.AlertBook;
import dev.lifesign.core.customer.Commerce;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.DaySet;
import dev.lifesign.core.customer.FamilyPanes;
import dev.lifesign.core.customer.Milestones;
import dev.lifesign.core.customer.MoneyPanes;
import dev.lifesign.core.customer.OpenAlert;
import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.customer.Standing;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.customer.Subscriptions;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.time.Instants;
import dev.lifesign.schema.state.CustomerState;
import dev.lifesign.schema.state.FamilyPane;
import dev.lifesign.schema.state.Kind;
import dev.lifesign.schema.state.MoneyPane;
import dev.lifesign.schema.state.OpenAlertState;
import dev.lifesign.schema.state.SubscriptionPhase;
import dev.lifesign.schema.state.SubscriptionState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Turns a customer into the bytes of the store {@code customers} and back: one version byte, then
 * the Avro binary of {@link CustomerState}. A later version reads every earlier one with the schema
 * that version was written with. Not thread-safe: one for each task.
 */
public final class CustomerCodec {

  static {
    AvroLimits.set();
  }

  /** The version written. */
  static final byte VERSION = 1;

  private final SpecificDatumWriter<CustomerState> writer =
      new SpecificDatumWriter<>(CustomerState.getClassSchema());
  private final SpecificDatumReader<CustomerState> reader =
      new SpecificDatumReader<>(CustomerState.getClassSchema());
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** The bytes of a customer. */
  public byte[] encode(StoredCustomer stored) {
    try {
      buffer.reset();
      buffer.write(VERSION);
      encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
      writer.write(state(stored), encoder);
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The state of customer " + stored.customer().id() + " cannot be written", e);
    }
  }

  /**
   * The customer of the bytes.
   *
   * @throws IllegalStateException if they are no state of a customer: the store is corrupt, or was
   *     written by a later version
   */
  public StoredCustomer decode(String id, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalStateException(
          "Expected the state of customer %s in version %d, but it has version %d; run the version of Lifesign that wrote it"
              .formatted(id, VERSION, bytes.length == 0 ? -1 : bytes[0]));
    }
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
      return stored(id, reader.read(null, decoder));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The state of customer " + id + " is corrupt", e);
    }
  }

  private static CustomerState state(StoredCustomer stored) {
    Customer customer = stored.customer();
    Milestones milestones = customer.milestones();
    Commerce commerce = customer.commerce();
    Standing standing = customer.standing();
    return new CustomerState(
        instant(customer.clock()),
        nullable(customer.due()),
        nullable(stored.armed()),
        customer.policyVersion(),
        hashes(customer.recentEvents().toArray()),
        nullable(milestones.firstCommercial()),
        nullable(milestones.lastPurchase()),
        nullable(milestones.lastTransaction()),
        nullable(milestones.lastQualifying()),
        nullable(milestones.lastCounting()),
        nullable(milestones.lastUse()),
        lastByFamily(milestones.lastByFamily()),
        commerce.orders(),
        commerce.gross(),
        commerce.refunded(),
        differences(commerce.purchaseDays().toArray()),
        moneyPanes(commerce.panes()),
        familyPanes(customer.families()),
        customer.score().sum(),
        instant(customer.score().asOf() == Instants.NEVER ? 0 : customer.score().asOf()),
        subscriptions(customer.subscriptions().list()),
        nullable(customer.subscriptions().entitledSince()),
        dev.lifesign.schema.state.Status.valueOf(standing.status().name()),
        dev.lifesign.schema.state.Reason.valueOf(standing.reason().name()),
        instant(standing.since() == Instants.NEVER ? 0 : standing.since()),
        standing.sequence(),
        nullable(standing.inactiveSince()),
        nullable(standing.returnedAt()),
        alerts(customer.alerts().open()),
        new HashMap<>(customer.alerts().lastRaised()));
  }

  private static StoredCustomer stored(String id, CustomerState state) {
    Milestones milestones =
        new Milestones(
            orNever(state.getFirstCommercial()),
            orNever(state.getLastPurchase()),
            orNever(state.getLastTransaction()),
            orNever(state.getLastQualifying()),
            orNever(state.getLastCounting()),
            orNever(state.getLastUse()),
            lastByFamily(state.getLastByFamily()));
    Commerce commerce =
        new Commerce(
            state.getOrders(),
            state.getGross(),
            state.getRefunded(),
            DaySet.of(sums(state.getPurchaseDays())),
            moneyPanes(state.getMoneyPanes()));
    Standing standing =
        new Standing(
            Status.valueOf(state.getStatus().name()),
            Reason.valueOf(state.getReason().name()),
            state.getSequence() == 0 ? Instants.NEVER : state.getSince().toEpochMilli(),
            state.getSequence(),
            orNever(state.getInactiveSince()),
            orNever(state.getReturnedAt()));
    long scoreAt = state.getScoreAt().toEpochMilli();
    Customer customer =
        new Customer(
            id,
            state.getClock().toEpochMilli(),
            orForever(state.getDue()),
            state.getPolicyVersion(),
            RecentEvents.of(hashes(state.getRecentEvents())),
            milestones,
            commerce,
            familyPanes(state.getFamilyPanes()),
            scoreAt == 0 ? ActivityScore.NONE : new ActivityScore(state.getScore(), scoreAt),
            new Subscriptions(
                subscriptionList(state.getSubscriptions()), orNever(state.getEntitledSince())),
            standing,
            new AlertBook(alertList(state.getAlerts()), state.getLastRaised()));
    return new StoredCustomer(customer, orForever(state.getArmed()));
  }

  private static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static Instant nullable(long millis) {
    return Instants.isFinite(millis) ? Instant.ofEpochMilli(millis) : null;
  }

  private static long orNever(Instant instant) {
    return instant == null ? Instants.NEVER : instant.toEpochMilli();
  }

  private static long orForever(Instant instant) {
    return instant == null ? Instants.FOREVER : instant.toEpochMilli();
  }

  private static ByteBuffer hashes(long[] hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    for (long hash : hashes) {
      bytes.putLong(hash);
    }
    return bytes.flip();
  }

  private static long[] hashes(ByteBuffer bytes) {
    long[] hashes = new long[bytes.remaining() / Long.BYTES];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = bytes.getLong(bytes.position() + i * Long.BYTES);
    }
    return hashes;
  }

  private static List<Long> lastByFamily(Milestones.FamilyInstants last) {
    List<Long> instants = new ArrayList<>();
    int trailing = 0;
    for (Family family : Family.values()) {
      long instant = last.of(family);
      if (instant == Instants.NEVER) {
        trailing++;
        continue;
      }
      for (; trailing > 0; trailing--) {
        instants.add(0L);
      }
      instants.add(instant);
    }
    return instants;
  }

  private static Milestones.FamilyInstants lastByFamily(List<Long> stored) {
    long[] instants = new long[stored.size()];
    for (int i = 0; i < instants.length; i++) {
      instants[i] = stored.get(i) == 0 ? Instants.NEVER : stored.get(i);
    }
    return Milestones.FamilyInstants.of(instants);
  }

  private static List<Integer> differences(int[] ascending) {
    List<Integer> differences = new ArrayList<>(ascending.length);
    int before = 0;
    for (int value : ascending) {
      differences.add(value - before);
      before = value;
    }
    return differences;
  }

  private static int[] sums(List<Integer> differences) {
    int[] values = new int[differences.size()];
    int sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += differences.get(i);
      values[i] = sum;
    }
    return values;
  }

  private static List<MoneyPane> moneyPanes(MoneyPanes panes) {
    List<MoneyPane> stored = new ArrayList<>(panes.size());
    int before = 0;
    for (int i = 0; i < panes.size(); i++) {
      stored.add(new MoneyPane(panes.day(i) - before, panes.orders(i), panes.net(i)));
      before = panes.day(i);
    }
    return stored;
  }

  private static MoneyPanes moneyPanes(List<MoneyPane> stored) {
    int[] days = new int[stored.size()];
    int[] orders = new int[stored.size()];
    long[] net = new long[stored.size()];
    int day = 0;
    for (int i = 0; i < days.length; i++) {
      day += stored.get(i).getDay();
      days[i] = day;
      orders[i] = stored.get(i).getOrders();
      net[i] = stored.get(i).getNet();
    }
    return MoneyPanes.of(days, orders, net);
  }

  private static List<FamilyPane> familyPanes(FamilyPanes panes) {
    List<FamilyPane> stored = new ArrayList<>(panes.size());
    int before = 0;
    for (int i = 0; i < panes.size(); i++) {
      stored.add(new FamilyPane(panes.day(i) - before, panes.family(i), panes.count(i)));
      before = panes.day(i);
    }
    return stored;
  }

  private static FamilyPanes familyPanes(List<FamilyPane> stored) {
    int[] days = new int[stored.size()];
    int[] families = new int[stored.size()];
    int[] counts = new int[stored.size()];
    int day = 0;
    for (int i = 0; i < days.length; i++) {
      day += stored.get(i).getDay();
      days[i] = day;
      families[i] = stored.get(i).getFamily();
      counts[i] = stored.get(i).getCount();
    }
    return FamilyPanes.of(days, families, counts);
  }

  private static List<SubscriptionState> subscriptions(List<Subscription> subscriptions) {
    List<SubscriptionState> stored = new ArrayList<>(subscriptions.size());
    for (Subscription subscription : subscriptions) {
      stored.add(
          new SubscriptionState(
              subscription.id(),
              Kind.valueOf(subscription.kind().name()),
              subscription.plan(),
              SubscriptionPhase.valueOf(subscription.state().name()),
              nullable(subscription.entitledUntil()),
              subscription.entitled(),
              nullable(subscription.endedAt()),
              nullable(subscription.paidThrough()),
              subscription.period() == Instants.NEVER ? null : subscription.period(),
              nullable(subscription.runningSince()),
              nullable(subscription.pausedAt()),
              nullable(subscription.pausedUntil()),
              instant(subscription.lastAppliedAt())));
    }
    return stored;
  }

  private static List<Subscription> subscriptionList(List<SubscriptionState> stored) {
    List<Subscription> subscriptions = new ArrayList<>(stored.size());
    for (SubscriptionState state : stored) {
      subscriptions.add(
          new Subscription(
              state.getId(),
              SubscriptionKind.valueOf(state.getKind().name()),
              state.getPlan(),
              Subscription.State.valueOf(state.getState().name()),
              state.getEntitled(),
              state.getEntitled() ? orForever(state.getEntitledUntil()) : Instants.NEVER,
              orNever(state.getEndedAt()),
              orNever(state.getPaidThrough()),
              state.getPeriod() == null ? Instants.NEVER : state.getPeriod(),
              orNever(state.getRunningSince()),
              orNever(state.getPausedAt()),
              orNever(state.getPausedUntil()),
              state.getLastAppliedAt().toEpochMilli()));
    }
    return subscriptions;
  }

  private static List<OpenAlertState> alerts(List<OpenAlert> alerts) {
    List<OpenAlertState> stored = new ArrayList<>(alerts.size());
    for (OpenAlert alert : alerts) {
      stored.add(
          new OpenAlertState(
              alert.rule(),
              alert.occurrence(),
              dev.lifesign.schema.state.Status.valueOf(alert.status().name()),
              dev.lifesign.schema.state.Reason.valueOf(alert.reason().name()),
              instant(alert.raisedAt()),
              instant(alert.expiresAt())));
    }
    return stored;
  }

  private static List<OpenAlert> alertList(List<OpenAlertState> stored) {
    List<OpenAlert> alerts = new ArrayList<>(stored.size());
    for (OpenAlertState state : stored) {
      alerts.add(
          new OpenAlert(
              state.getRule(),
              state.getOccurrence(),
              Status.valueOf(state.getStatus().name()),
              Reason.valueOf(state.getReason().name()),
              state.getRaisedAt().toEpochMilli(),
              state.getExpiresAt().toEpochMilli()));
    }
    return alerts;
  }
}
