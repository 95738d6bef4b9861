package dev.lifesign.app.campaign;

/** What is done to a pipeline, its broker, its registry and its inputs. */
enum Fault {
  /** SIGTERM of an instance; started again. */
  STOP_PIPELINE,
  /** SIGKILL of an instance; started again. */
  KILL_PIPELINE,
  /** SIGKILL of the broker; started again up to three seconds later. */
  KILL_BROKER,
  /** SIGSTOP of an instance for 20 s. */
  STALL,
  /** SIGKILL of one of two instances, which joins again only after its session has ended. */
  KILL_ONE_OF_TWO,
  /**
   * From some point of the history on, the records of one topic are in a transaction that stays
   * open until the pipeline has come there, and is committed then.
   */
  OPEN_TRANSACTION,
  /**
   * In the middle of the history, purchases that would change facts are in a transaction that was
   * aborted, and in one that stays open until the pipeline has come there, and is aborted then.
   */
  ABORTED_TRANSACTION,
  /** Some records name a schema that cannot be parsed; each becomes a dead letter. */
  UNPARSABLE_SCHEMA,
  /**
   * The registry refuses connections for longer than a transaction may last, while records name
   * schemas that have not been asked for yet.
   */
  REGISTRY_OUTAGE,
  /**
   * The committed offsets of one input topic are deleted while the pipeline is stopped: it refuses
   * to start, and is started once they are back.
   */
  OFFSETS_DELETED;

  /** Whether it takes so long that a round has it only when its turn has come. */
  boolean isSlow() {
    return this == STALL || this == KILL_ONE_OF_TWO || this == REGISTRY_OUTAGE;
  }

  /** Whether it strikes only while there is work, not before the first event is read. */
  boolean needsWork() {
    return this == REGISTRY_OUTAGE || this == OFFSETS_DELETED;
  }

  /** Whether it lies in the inputs, and a round can have it only once. */
  boolean isOnce() {
    return this == OPEN_TRANSACTION || this == ABORTED_TRANSACTION || this == UNPARSABLE_SCHEMA;
  }
}
