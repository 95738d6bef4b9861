package dev.lifesign.domain.event;

/** What the customer subscribes to. */
public enum SubscriptionKind {
  /** Goods. */
  PRODUCT,
  /** A service. */
  SERVICE
}
