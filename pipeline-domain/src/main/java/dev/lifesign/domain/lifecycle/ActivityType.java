package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a customer is active; a customer can have several types. In alphabetical order. */
public enum ActivityType {
  /** A contact, social, feedback or loyalty event within {@code activeWithin}. */
  CONTACT,
  /** The status is LOYAL. */
  LOYAL,
  /** Entitled by a subscription to goods. */
  PRODUCT_SUBSCRIBER,
  /** A transaction within {@code activeWithin}. */
  RECENT_BUYER,
  /** Entitled by a subscription to a service. */
  SERVICE_SUBSCRIBER,
  /** A support event within {@code activeWithin}. */
  SUPPORT;

  /** The types of a customer at the instant, given the status last published. */
  public static Set<ActivityType> of(Customer customer, Policy policy, long at) {
    return of(customer, customer.statusState().status(), policy, at);
  }

  /** The types of a customer at the instant, given its status then. */
  public static Set<ActivityType> of(Customer customer, Status status, Policy policy, long at) {
    int bits = bits(customer, status, policy, at);
    EnumSet<ActivityType> types = EnumSet.noneOf(ActivityType.class);
    for (ActivityType type : values()) {
      if ((bits & type.bit()) != 0) {
        types.add(type);
      }
    }
    return types;
  }

  /** The same as a bit set: equal if and only if the types are equal. */
  public static int bits(Customer customer, Policy policy, long at) {
    return bits(customer, customer.statusState().status(), policy, at);
  }

  private static int bits(Customer customer, Status status, Policy policy, long at) {
    int bits = 0;
    long within = policy.activity().activeWithin();
    Milestones milestones = customer.milestones();
    if (at < Instants.plus(lastContact(milestones), within)) {
      bits |= CONTACT.bit();
    }
    if (status == Status.LOYAL) {
      bits |= LOYAL.bit();
    }
    if (at < Instants.plus(milestones.lastTransaction(), within)) {
      bits |= RECENT_BUYER.bit();
    }
    if (at < Instants.plus(milestones.lastByFamily().of(Family.SUPPORT), within)) {
      bits |= SUPPORT.bit();
    }
    List<Subscription> subscriptions = customer.subscriptions().list();
    for (int i = 0; i < subscriptions.size(); i++) {
      if (subscriptions.get(i).entitledAt(at)) {
        bits |=
            subscriptions.get(i).kind() == SubscriptionKind.PRODUCT
                ? PRODUCT_SUBSCRIBER.bit()
                : SERVICE_SUBSCRIBER.bit();
      }
    }
    return bits;
  }

  private int bit() {
    return 1 << ordinal();
  }

  /** The last contact, social, feedback or loyalty event; NEVER if there was none. */
  public static long lastContact(Milestones milestones) {
    Milestones.FamilyInstants last = milestones.lastByFamily();
    return Math.max(
        Math.max(last.of(Family.CONTACT), last.of(Family.SOCIAL)),
        Math.max(last.of(Family.FEEDBACK), last.of(Family.LOYALTY)));
  }
}
