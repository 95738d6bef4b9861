package dev.lifesign.app.campaign;

/** A fault of a pipeline, its broker, its registry or its inputs. */
enum Fault {
  /** SIGTERM of an instance, which is restarted. */
  STOP_PIPELINE,
  /** SIGKILL of an instance, which is restarted. */
  KILL_PIPELINE,
  /** SIGKILL of the broker, which is restarted up to three seconds later. */
  KILL_BROKER,
  /** SIGSTOP of an instance for 20 s. */
  STALL,
  /** SIGKILL of one of two instances, which rejoins only after its session has ended. */
  KILL_ONE_OF_TWO,
  /**
   * From some point of the history on, the records of one topic are in a transaction that stays
   * open until the pipeline has reached it, and is then committed.
   */
  OPEN_TRANSACTION,
  /**
   * In the middle of the history, purchases that would change facts are in a transaction that was
   * aborted, and in one that stays open until the pipeline has reached it, and is then aborted.
   */
  ABORTED_TRANSACTION,
  /** Some records have a schema that cannot be parsed; each becomes a dead letter. */
  UNPARSABLE_SCHEMA,
  /**
   * The registry refuses connections for longer than the transaction timeout, while records have
   * schemas that have not been requested yet.
   */
  REGISTRY_OUTAGE,
  /**
   * The committed offsets of one input topic are deleted while the pipeline is stopped; it refuses
   * to start, and is started after they are restored.
   */
  OFFSETS_DELETED;

  /** Whether it takes so long that a round uses it only in its turn, not at random. */
  boolean isSlow() {
    return this == STALL || this == KILL_ONE_OF_TWO || this == REGISTRY_OUTAGE;
  }

  /** Whether it needs work in progress, so that it must not come before the first event is read. */
  boolean needsWork() {
    return this == REGISTRY_OUTAGE || this == OFFSETS_DELETED;
  }

  /** Whether it is part of the inputs, so that a round can have it only once. */
  boolean isOnce() {
    return this == OPEN_TRANSACTION || this == ABORTED_TRANSACTION || this == UNPARSABLE_SCHEMA;
  }
}
