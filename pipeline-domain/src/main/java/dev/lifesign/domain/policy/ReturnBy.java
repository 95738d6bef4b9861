package dev.lifesign.domain.policy;

/** What brings an inactive customer back. */
public enum ReturnBy {
  /** Commercial events only. */
  COMMERCIAL,
  /** Any qualifying activity. */
  ACTIVITY
}
