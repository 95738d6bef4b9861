package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.time.Instants;
import java.util.Arrays;

/**
 * When a customer first or last did what matters; NEVER if it has not happened. Immutable.
 *
 * @param firstCommercial first commercial event
 * @param lastPurchase last PURCHASE
 * @param lastTransaction last transaction
 * @param lastQualifying last qualifying activity
 * @param lastCounting last qualifying activity that ends silence
 * @param lastUse last qualifying activity outside the subscription family
 * @param lastByFamily last event of each family
 */
public record Milestones(
    long firstCommercial,
    long lastPurchase,
    long lastTransaction,
    long lastQualifying,
    long lastCounting,
    long lastUse,
    FamilyInstants lastByFamily) {

  /** Nothing has happened yet. */
  public static final Milestones NONE =
      new Milestones(
          Instants.NEVER,
          Instants.NEVER,
          Instants.NEVER,
          Instants.NEVER,
          Instants.NEVER,
          Instants.NEVER,
          FamilyInstants.NONE);

  /** An instant per family; NEVER if there is none. Immutable. */
  public static final class FamilyInstants {

    /** No event of any family yet. */
    public static final FamilyInstants NONE = new FamilyInstants(never());

    private final long[] instants;

    private FamilyInstants(long[] instants) {
      this.instants = instants;
    }

    /** Restores instants, in the order of the families; missing ones at the end are NEVER. */
    public static FamilyInstants of(long[] stored) {
      long[] instants = never();
      System.arraycopy(stored, 0, instants, 0, stored.length);
      return new FamilyInstants(instants);
    }

    /** The family's instant. */
    public long of(Family family) {
      return instants[family.ordinal()];
    }

    /** With the family's instant, if it is later than the one known. */
    public FamilyInstants with(Family family, long instant) {
      if (instant <= of(family)) {
        return this;
      }
      long[] next = instants.clone();
      next[family.ordinal()] = instant;
      return new FamilyInstants(next);
    }

    private static long[] never() {
      long[] instants = new long[Family.values().length];
      Arrays.fill(instants, Instants.NEVER);
      return instants;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FamilyInstants last && Arrays.equals(instants, last.instants);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(instants);
    }

    @Override
    public String toString() {
      return Arrays.toString(instants);
    }
  }
}
