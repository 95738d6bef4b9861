package dev.lifesign.core.contract;

/**
 * The names of stores and of the topology's nodes. Each is part of the contract with the stored
 * state: renaming one is a migration.
 */
public final class Names {

  /** The store of customers, their deadlines, their last status changes, and the last tick. */
  public static final String CUSTOMERS = "customers";

  /** The store of policies, cut points and other state from the control topic. */
  public static final String CONTROL_STATE = "control";

  /** The store of the counts of a partition's population. */
  public static final String POPULATION = "population";

  /** The store that signals an imminent commit. */
  public static final String COMMIT_NOTICE = "commit-notice";

  /** The store of the latest counts of each partition. */
  public static final String COUNTED = "counted";

  /** Counts of a partition's population. */
  public static final String POPULATION_SINK = "population-counts";

  /** Cut points, to every partition of the control topic. */
  public static final String CUTS_SINK = "cuts";

  /** Status changes. */
  public static final String STATUS_CHANGES_SINK = "status-changes";

  /** Alerts. */
  public static final String CHURN_ALERTS_SINK = "churn-alerts";

  /** Segment changes. */
  public static final String SEGMENT_CHANGES_SINK = "segment-changes";

  /** Profiles. */
  public static final String CUSTOMER_PROFILES_SINK = "customer-profiles";

  /** Records that were not accepted. */
  public static final String DEAD_LETTERS_SINK = "dead-letters";

  /** Ticks, to the task's own partition of the control topic. */
  public static final String TICKS_SINK = "ticks";

  /** Answers to commands. */
  public static final String COMMAND_RESULTS_SINK = "command-results";

  /** The topic of commands. */
  public static final String COMMANDS_SOURCE = "commands";

  /** The topics of events. */
  public static final String EVENTS_SOURCE = "events";

  /** The control topic. */
  public static final String CONTROL_SOURCE = "control-records";

  /** The processor that scores the customers of a partition. */
  public static final String SCORING = "scoring";

  /** The topic of population counts. */
  public static final String POPULATION_SOURCE = "population-of-partitions";

  /** The processor that takes cut points from the counts of all partitions. */
  public static final String CUTTING = "taking-cuts";

  private Names() {}
}
