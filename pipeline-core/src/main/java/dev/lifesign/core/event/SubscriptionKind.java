package dev.lifesign.core.event;

/** What is subscribed to. */
public enum SubscriptionKind {
  /** Goods. */
  PRODUCT,
  /** A service. */
  SERVICE
}
