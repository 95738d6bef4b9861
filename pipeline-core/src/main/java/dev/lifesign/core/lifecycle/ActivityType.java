package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Milestones;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.time.Instants;
import java.util.EnumSet;
import java.util.Set;

/** In what ways a customer is active; a customer can have several. In alphabetical order. */
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

  /** The types that a customer has at the instant, its status being the one last told. */
  public static Set<ActivityType> of(Customer customer, Policy policy, long at) {
    EnumSet<ActivityType> types = EnumSet.noneOf(ActivityType.class);
    long within = policy.activity().activeWithin();
    Milestones milestones = customer.milestones();
    if (at < Instants.plus(lastContact(milestones), within)) {
      types.add(CONTACT);
    }
    if (customer.standing().status() == Status.LOYAL) {
      types.add(LOYAL);
    }
    if (at < Instants.plus(milestones.lastTransaction(), within)) {
      types.add(RECENT_BUYER);
    }
    if (at < Instants.plus(milestones.lastByFamily().of(Family.SUPPORT), within)) {
      types.add(SUPPORT);
    }
    for (Subscription subscription : customer.subscriptions().list()) {
      if (subscription.entitledAt(at)) {
        types.add(
            subscription.kind() == SubscriptionKind.PRODUCT
                ? PRODUCT_SUBSCRIBER
                : SERVICE_SUBSCRIBER);
      }
    }
    return types;
  }

  /** The last contact, social, feedback or loyalty event; NEVER if there was none. */
  public static long lastContact(Milestones milestones) {
    Milestones.FamilyInstants last = milestones.lastByFamily();
    return Math.max(
        Math.max(last.of(Family.CONTACT), last.of(Family.SOCIAL)),
        Math.max(last.of(Family.FEEDBACK), last.of(Family.LOYALTY)));
  }
}
