package dev.lifesign.domain.policy;

import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import java.util.OptionalDouble;
import java.util.Set;

/** A condition of a rung: it holds over time (semantics, Alerts). Durations are milliseconds. */
public sealed interface Condition {

  /**
   * Holds while the status is one of these.
   *
   * @param in the statuses, at least one
   * @param reasons its reasons; empty for any
   */
  record InStatus(Set<Status> in, Set<Reason> reasons) implements Condition {

    /** Keeps its own copies. */
    public InStatus {
      in = Set.copyOf(in);
      reasons = Set.copyOf(reasons);
    }
  }

  /**
   * Holds while the segment is one of these.
   *
   * @param in the segments, at least one
   */
  record InSegment(Set<String> in) implements Condition {

    /** Keeps its own copy. */
    public InSegment {
      in = Set.copyOf(in);
    }
  }

  /**
   * Holds once the probability of being alive has fallen to a value.
   *
   * @param below between 0 and 1
   */
  record AliveBelow(double below) implements Condition {}

  /**
   * Holds once the activity score has fallen, until it has risen again.
   *
   * @param below the score, 0 to 100
   * @param until the score at which it ends; empty for {@code below}
   */
  record ActivityBelow(double below, OptionalDouble until) implements Condition {}

  /**
   * Holds once nothing of a kind has happened for a time.
   *
   * @param of the kind
   * @param lasting how long
   */
  record Silent(Kind of, long lasting) implements Condition {

    /** What is missing. */
    public enum Kind {
      PURCHASE,
      TRANSACTION,
      ACTIVITY,
      USE
    }
  }

  /**
   * Holds while a subscription is about to be renewed.
   *
   * @param ahead how long before
   */
  record RenewalAhead(long ahead) implements Condition {}

  /**
   * Holds before and on each anniversary of the first commercial event.
   *
   * @param days how many days before, 0 to 364
   */
  record AnniversaryAhead(int days) implements Condition {}
}
